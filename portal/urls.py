"""Every address of the portal, by app."""

from importlib.util import find_spec

from django.apps import apps
from django.urls import include, path

from portal import operations, views

urlpatterns = [
    path("more/", views.more, name="more"),
    path("language/", views.set_language, name="set_language"),
    path("notices/", views.notices, name="notices"),
    path("notices/<int:pk>/", views.notice_open, name="notice_open"),
    path("notices/read/", views.notices_read, name="notices_read"),
    path("health/live", operations.live, name="health_live"),
    path("health/ready", operations.ready, name="health_ready"),
    path("operations/", operations.operations, name="operations"),
    path("accounts/", include("allauth.urls")),
    path("search/", include("portal.search.urls")),
    path("people/", include("portal.people.urls")),
]
if find_spec("portal.design"):
    urlpatterns.append(path("design/", include("portal.design")))
if apps.is_installed("portal.demo"):
    urlpatterns.append(path("demo/", include("portal.demo.urls")))
