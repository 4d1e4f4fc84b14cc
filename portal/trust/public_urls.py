"""Addresses of the public pages; they stand under /en/ and /fr/."""

from django.urls import path

from portal.trust import public

urlpatterns = [
    path("help/", public.help_page, name="help"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy_notice, name="privacy_notice"),
    path("legal/", public.legal, name="legal"),
    path("map/", public.sitemap_page, name="sitemap_page"),
]
