"""Addresses of departures, alumni and mentoring."""

from alumni import urls_departures, urls_zone

app_name = "alumni"
urlpatterns = [*urls_departures.urlpatterns, *urls_zone.urlpatterns]
