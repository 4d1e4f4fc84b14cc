"""Addresses of the pages of trust that HR administrators open."""

from django.urls import path

from portal.trust import views

app_name = "trust"
urlpatterns = [
    path("audit/", views.audit_list, name="audit_list"),
    path("register/", views.register, name="register"),
    path("retention/", views.retention, name="retention"),
    path("switches/", views.switch_list, name="switch_list"),
    path("switches/pack/", views.information_pack, name="information_pack"),
    path("switches/<slug:name>/on/", views.switch_on, name="switch_on"),
    path("switches/<slug:name>/off/", views.switch_off, name="switch_off"),
]
