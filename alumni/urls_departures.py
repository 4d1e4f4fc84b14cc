"""Addresses of departures, inside."""

urlpatterns = []
