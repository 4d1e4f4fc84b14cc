"""Every address of the portal, by app."""

from importlib.util import find_spec

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from portal import front, operations, views
from portal.trust import my_data, public

urlpatterns = [
    path("", front.front, name="home"),
    path("favicon.ico", front.favicon, name="favicon"),
    path("home/", views.home, name="own_home"),
    path("account/", views.account, name="account"),
    path("more/", views.more, name="more"),
    path("language/", views.set_language, name="set_language"),
    path("notices/", views.notices, name="notices"),
    path("notices/<int:pk>/", views.notice_open, name="notice_open"),
    path("notices/read/", views.notices_read, name="notices_read"),
    path("health/live", operations.live, name="health_live"),
    path("health/ready", operations.ready, name="health_ready"),
    path("operations/", operations.operations, name="operations"),
    path("operations/webhooks/", include("portal.webhooks.urls")),
    path("accounts/", include("allauth.urls")),
    path("account/data/", my_data.my_data, name="my_data"),
    path("account/data/download/", my_data.my_data_download, name="my_data_download"),
    path("trust/", include("portal.trust.urls")),
    path(".well-known/security.txt", public.security_txt, name="security_txt"),
    *i18n_patterns(path("", include("portal.trust.public_urls"))),
    path("search/", include("portal.search.urls")),
    path("people/", include("portal.people.urls")),
    path("panels/", include("portal.panels.urls")),
    path("plans/", include("portal.plans.urls")),
]
if apps.is_installed("recruitment"):
    urlpatterns += [path("", include("recruitment.urls_feeds")), path("hiring/", include("recruitment.urls_team"))]
    urlpatterns += i18n_patterns(path("", include("recruitment.urls")))
if apps.is_installed("onboarding"):
    urlpatterns.append(path("", include("onboarding.urls")))
    urlpatterns += i18n_patterns(path("", include("onboarding.public")))
if apps.is_installed("mobility"):
    urlpatterns.append(path("mobility/", include("mobility.urls")))
if apps.is_installed("alumni"):
    urlpatterns.append(path("", include("alumni.urls")))
if find_spec("portal.design"):
    urlpatterns.append(path("design/", include("portal.design")))
if apps.is_installed("portal.demo"):
    urlpatterns.append(path("demo/", include("portal.demo.urls")))
