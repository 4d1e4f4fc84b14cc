"""Addresses of the search box, and of the pages by which the People team makes it better."""

from django.urls import path

from portal.search import tending, views

urlpatterns = [
    path("", views.results, name="search"),
    path("suggest/", views.suggest, name="search_suggest"),
    path("misses/", tending.misses, name="search_misses"),
    path("misses/<int:pk>/", tending.miss_settle, name="search_miss_settle"),
    path("misses/<int:pk>/forget/", tending.miss_forget, name="search_miss_forget"),
    path("usual-names/", tending.usual_names, name="search_usual_names"),
    path("usual-names/<int:pk>/remove/", tending.usual_name_delete, name="search_usual_name_delete"),
]
