"""Addresses of webhooks, for those who run the portal."""

from django.urls import path

from portal.webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("", views.subscription_list, name="subscription_list"),
    path("new/", views.subscription_create, name="subscription_create"),
    path("<int:pk>/", views.subscription_detail, name="subscription_detail"),
    path("<int:pk>/edit/", views.subscription_edit, name="subscription_edit"),
    path("<int:pk>/try/", views.subscription_try, name="subscription_try"),
    path("<int:pk>/secret/", views.secret_renew, name="secret_renew"),
    path("<int:pk>/end/", views.subscription_end, name="subscription_end"),
    path("dead/", views.dead_letter_list, name="dead_letter_list"),
    path("dead/replay/", views.dead_letters_replay, name="dead_letters_replay"),
    path("deliveries/<int:pk>/", views.delivery_detail, name="delivery_detail"),
    path("deliveries/<int:pk>/replay/", views.delivery_replay, name="delivery_replay"),
]
