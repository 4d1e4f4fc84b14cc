"""Addresses of departures, inside."""

from django.urls import path

from alumni.views import departures, departures_talk, departures_topics

urlpatterns = [
    path("departures/", departures.departure_list, name="departure_list"),
    path("departures/mine/", departures.departure_own, name="departure_own"),
    path("departures/mine/announce/", departures.departure_announce_own, name="departure_announce_own"),
    path("departures/of/<slug:slug>/announce/", departures.departure_announce, name="departure_announce"),
    path("departures/<int:pk>/", departures.departure_detail, name="departure_detail"),
    path("departures/<int:pk>/papers/", departures.departure_print, name="departure_print"),
    path("departures/<int:pk>/news/", departures.departure_news, name="departure_news"),
    path("departures/<int:pk>/address/", departures.departure_address, name="departure_address"),
    path("departures/<int:pk>/last-day/", departures.departure_day, name="departure_day"),
    path("departures/<int:pk>/stay/", departures.departure_cancel, name="departure_cancel"),
    path("departures/<int:pk>/close/", departures.departure_close, name="departure_close"),
    path("departures/<int:pk>/reopen/", departures.departure_reopen, name="departure_reopen"),
    path("departures/asked-back/<int:pk>/", departures.asked_waive, name="asked_waive"),
    path("departures/<int:pk>/topics/new/", departures_topics.topic_create, name="topic_create"),
    path("departures/topics/<int:pk>/", departures_topics.topic_detail, name="topic_detail"),
    path("departures/topics/<int:pk>/edit/", departures_topics.topic_edit, name="topic_edit"),
    path("departures/topics/<int:pk>/session.ics", departures_topics.topic_calendar, name="topic_calendar"),
    path("departures/topics/<int:pk>/<slug:verb>/", departures_topics.topic_change, name="topic_change"),
    path("departures/<int:pk>/conversation/", departures_talk.talk_edit, name="talk_edit"),
    path("departures/conversation/<int:pk>/notes/", departures_talk.talk_notes, name="talk_notes"),
    path("departures/conversation/<int:pk>/decline/", departures_talk.talk_decline, name="talk_decline"),
]
