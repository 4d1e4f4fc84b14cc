"""Addresses of panels."""

from django.urls import path

from portal.panels import views

app_name = "panels"
urlpatterns = [
    path("", views.panel_list, name="panel_list"),
    path("volunteer/", views.volunteer, name="panel_volunteer"),
    path("<int:pk>/", views.panel_detail, name="panel_detail"),
    path("<int:pk>/seal/", views.panel_seal, name="panel_seal"),
    path("<int:pk>/step-aside/", views.panel_step_aside, name="panel_step_aside"),
    path("<int:pk>/meeting/", views.panel_meeting, name="panel_meeting"),
    path("<int:pk>/overrule/", views.panel_overrule, name="panel_overrule"),
    path("<int:pk>/decide/", views.panel_decide, name="panel_decide"),
]
