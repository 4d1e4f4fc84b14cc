"""Addresses of the alumni's own zone and of mentoring."""

from django.urls import path

from alumni.views import consents, mentoring, pairs, zone

urlpatterns = [
    path("alumni/", zone.home, name="zone_home"),
    path("alumni/people/", zone.person_list, name="person_list"),
    path("alumni/people/<slug:slug>/", zone.person_detail, name="person_detail"),
    path("alumni/card/", zone.card_edit, name="card_edit"),
    path("alumni/openings/", zone.opening_list, name="opening_list"),
    path("alumni/consents/", consents.consent_list, name="consent_list"),
    path("alumni/consents/<slug:scope>/give/", consents.consent_give, name="consent_give"),
    path("alumni/consents/<int:pk>/withdraw/", consents.consent_withdraw, name="consent_withdraw"),
    path("alumni/stop/<str:token>/", consents.consent_stop, name="consent_stop"),
    path("alumni/leave/", consents.leave, name="leave"),
    path("mentoring/", mentoring.home, name="mentoring"),
    path("mentoring/offer/", mentoring.offer_edit, name="offer_edit"),
    path("mentoring/offer/close/", mentoring.offer_close, name="offer_close"),
    path("mentoring/seek/", mentoring.seek_edit, name="seek_edit"),
    path("mentoring/seek/stop/", mentoring.seek_stop, name="seek_stop"),
    path("mentoring/health/", mentoring.health, name="mentoring_health"),
    path("mentoring/mentors/<slug:slug>/", mentoring.mentor_detail, name="mentor_detail"),
    path("mentoring/mentors/<slug:slug>/ask/", mentoring.request_create, name="request_create"),
    path("mentoring/requests/<int:pk>/", mentoring.request_detail, name="request_detail"),
    path("mentoring/requests/<int:pk>/accept/", mentoring.request_accept, name="request_accept"),
    path("mentoring/requests/<int:pk>/decline/", mentoring.request_decline, name="request_decline"),
    path("mentoring/requests/<int:pk>/withdraw/", mentoring.request_withdraw, name="request_withdraw"),
    path("mentoring/pairs/<int:pk>/", pairs.pair_detail, name="pair_detail"),
    path("mentoring/pairs/<int:pk>/agreement/", pairs.agreement_edit, name="agreement_edit"),
    path("mentoring/pairs/<int:pk>/agreement/accept/", pairs.agreement_accept, name="agreement_accept"),
    path("mentoring/pairs/<int:pk>/end/", pairs.pair_end, name="pair_end"),
    path("mentoring/pairs/<int:pk>/thanks/", pairs.thanks_create, name="thanks_create"),
    path("mentoring/pairs/<int:pk>/session/", pairs.session_create, name="session_create"),
    path("mentoring/sessions/<int:pk>/", pairs.session_edit, name="session_edit"),
    path("mentoring/sessions/<int:pk>/cancel/", pairs.session_cancel, name="session_cancel"),
    path("mentoring/sessions/<int:pk>/calendar/", pairs.session_calendar, name="session_calendar"),
    path("mentoring/sessions/<int:pk>/note/", pairs.note_create, name="note_create"),
    path("mentoring/notes/<int:pk>/forget/", pairs.note_forget, name="note_forget"),
]
