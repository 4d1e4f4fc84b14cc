"""Addresses of those who hire."""

from django.urls import path

from recruitment.views import acts, board, bulk, file, openings, panel

app_name = "hiring"
urlpatterns = [
    path("", openings.opening_list, name="opening_list"),
    path("waiting/", openings.waiting, name="waiting"),
    path("<slug:slug>/", board.board, name="board"),
    path("<slug:slug>/list/", board.application_list, name="application_list"),
    path("<slug:slug>/advert/", openings.advert, name="advert"),
    path("<slug:slug>/publish/", openings.publish, name="opening_publish"),
    path("<slug:slug>/history/", openings.history, name="opening_history"),
    path("<slug:slug>/selected/", bulk.selected, name="bulk"),
    path("<slug:slug>/answer/", bulk.answer_everyone, name="answer_everyone"),
    path("<slug:slug>/close/", openings.close, name="opening_close"),
    path("people/<int:pk>/", file.summary, name="application"),
    path("people/<int:pk>/answers/", file.answers, name="application_answers"),
    path("people/<int:pk>/cv/", file.cv, name="application_cv"),
    path("people/<int:pk>/cv/file/", file.cv_download, name="cv_download"),
    path("people/<int:pk>/cv/<int:number>.png", file.cv_page, name="cv_page"),
    path("people/<int:pk>/notes/", file.notes, name="application_notes"),
    path("people/<int:pk>/messages/", file.messages, name="application_messages"),
    path("people/<int:pk>/history/", file.history, name="application_history"),
    path("people/<int:pk>/move/", acts.application_move, name="application_move"),
    path("people/<int:pk>/back/", acts.application_back, name="application_back"),
    path("people/<int:pk>/reveal/", acts.application_reveal, name="application_reveal"),
    path("people/<int:pk>/new-date/", acts.application_promise, name="application_promise"),
    path("people/<int:pk>/refuse/", acts.application_refuse, name="application_refuse"),
    path("people/<int:pk>/refuse/back/", acts.refusal_take_back, name="refusal_take_back"),
    path("people/<int:pk>/panel/", panel.panel_convene, name="panel_convene"),
    path("people/<int:pk>/panel/stop/", panel.panel_stop, name="panel_stop"),
    path("people/<int:pk>/offer/", acts.application_offer, name="application_offer"),
    path("people/<int:pk>/offer/back/", acts.offer_take_back, name="offer_take_back"),
    path("people/<int:pk>/hire/", acts.application_hire, name="application_hire"),
    path("people/<int:pk>/hire/back/", acts.hire_undo, name="hire_undo"),
]
