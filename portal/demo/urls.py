"""Addresses of the demo, absent in production."""

from django.urls import path

from portal.demo import views

urlpatterns = [
    path("", views.demo, name="demo"),
    path("day/", views.demo_day, name="demo_day"),
    path("today/", views.demo_today, name="demo_today"),
    path("step-in/<slug:key>/", views.demo_step_in, name="demo_step_in"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/<int:pk>/", views.mail_detail, name="mail_detail"),
    path("mailbox/<int:pk>/attachment/", views.mail_attachment, name="mail_attachment"),
]
