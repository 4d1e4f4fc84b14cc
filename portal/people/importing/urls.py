"""Addresses of bringing people in, under /people/import/."""

from django.urls import path

from portal.people.importing import views

urlpatterns = [
    path("", views.import_list, name="import_list"),
    path("people.<str:kind>", views.people_export, name="people_export"),
    path("<int:pk>/", views.import_detail, name="import_detail"),
    path("<int:pk>/columns/", views.import_columns, name="import_columns"),
    path("<int:pk>/confirm/", views.import_move, {"verb": "confirm"}, name="import_confirm"),
    path("<int:pk>/choose/", views.import_move, {"verb": "choose"}, name="import_choose"),
    path("<int:pk>/cancel/", views.import_move, {"verb": "cancel"}, name="import_cancel"),
]
