"""Addresses of arrivals, for those who are signed in."""

from django.urls import path

from onboarding.views import arrivals, board, newcomer

app_name = "onboarding"
urlpatterns = [
    path("arrivals/", board.arrival_list, name="arrival_list"),
    path("arrivals/waiting/", board.waiting_list, name="waiting_list"),
    path("arrivals/print/", board.arrivals_print, name="arrivals_print"),
    path("arrivals/mornings/", board.morning_list, name="morning_list"),
    path("arrivals/mornings/<int:pk>/remark/", arrivals.morning_remark, name="morning_remark"),
    path("arrivals/new/", arrivals.arrival_create, name="arrival_create"),
    path("arrivals/<int:pk>/", arrivals.arrival_detail, name="arrival_detail"),
    path("arrivals/<int:pk>/readiness/", arrivals.arrival_readiness, name="arrival_readiness"),
    path("arrivals/<int:pk>/check/", arrivals.arrival_check, name="arrival_check"),
    path("arrivals/<int:pk>/print/", arrivals.arrival_print, name="arrival_print"),
    path("arrivals/<int:pk>/first-day/", newcomer.day_one_preview, name="day_one_preview"),
    path("arrivals/<int:pk>/edit/", arrivals.arrival_edit, name="arrival_edit"),
    path("arrivals/<int:pk>/cancel/", arrivals.arrival_cancel, name="arrival_cancel"),
    path("arrivals/<int:pk>/link/", arrivals.arrival_link, name="arrival_link"),
    path("arrivals/<int:pk>/steps/new/", arrivals.step_create, name="step_create"),
    path("arrivals/questions/<int:pk>/", newcomer.question_answer, name="question_answer"),
    path("first-day/", newcomer.day_one, name="day_one"),
    path("first-day/print/", newcomer.day_one_print, name="day_one_print"),
    path("first-day/calendar.ics", newcomer.day_one_calendar, name="day_one_calendar"),
    path("first-day/question/", newcomer.question_create, name="question_create"),
    path("check-ins/", newcomer.checkin_list, name="checkin_list"),
    path("check-ins/<int:pk>/", newcomer.checkin_answer, name="checkin_answer"),
]
