"""Addresses of the alumni's own zone and of mentoring."""

urlpatterns = []
