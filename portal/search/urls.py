"""Addresses of the search box."""

urlpatterns = []
