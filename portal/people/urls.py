"""Addresses of people, teams and skills."""

app_name = "people"
urlpatterns = []
