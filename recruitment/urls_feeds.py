"""Addresses machines ask for, the same in every language."""

from django.urls import path

from recruitment import feeds

urlpatterns = [
    path("jobs.xml", feeds.job_boards, name="job_boards"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
]
