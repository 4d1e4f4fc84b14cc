"""Addresses of mobility."""

from django.urls import path

from mobility import views, views_following, views_hiring

app_name = "mobility"
urlpatterns = [
    path("", views.opening_list, name="opening_list"),
    path("figures/", views.published, name="figures"),
    path("wishes/", views.wish_edit, name="wish_edit"),
    path("wishes/forget/", views.wish_delete, name="wish_delete"),
    path("mine/", views.application_list, name="application_list"),
    path("follow/", views_following.follow_create, name="follow_create"),
    path("follow/<int:pk>/stop/", views_following.follow_delete, name="follow_delete"),
    path("openings/<slug:slug>/talk/<slug:person>/", views_following.talk_plan, name="talk_plan"),
    path("openings/<slug:slug>/interest/", views.interest_edit, name="interest_edit"),
    path("openings/<slug:slug>/interest/withdraw/", views.interest_withdraw, name="interest_withdraw"),
    path("openings/<slug:slug>/apply/", views.application_create, name="application_create"),
    path("hiring/", views_hiring.file_list, name="file_list"),
    path("applications/<int:pk>/", views_hiring.application_detail, name="application_detail"),
    path("applications/<int:pk>/lift/", views.application_lift, name="application_lift"),
    path("applications/<int:pk>/withdraw/", views.application_withdraw, name="application_withdraw"),
    path("applications/<int:pk>/conversation/", views_hiring.conversation_create, name="conversation_create"),
    path("applications/<int:pk>/panel/", views_hiring.panel_convene, name="panel_convene"),
    path("applications/<int:pk>/refuse/", views_hiring.application_refuse, name="application_refuse"),
    path("applications/<int:pk>/accept/", views_hiring.application_accept, name="application_accept"),
    path("applications/<int:pk>/dates/", views_hiring.dates_edit, name="dates_edit"),
    path("applications/<int:pk>/move/", views_hiring.move_in, name="move_in"),
]
