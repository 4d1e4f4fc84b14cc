"""Addresses of the private page before the account, in both languages: /en/welcome/…, /fr/welcome/…"""

from django.urls import path

from onboarding.views import newcomer

app_name = "welcome"
urlpatterns = [
    path("welcome/<str:token>/", newcomer.welcome, name="page"),
    path("welcome/<str:token>/account/", newcomer.welcome_account, name="account"),
    path("welcome/<str:token>/question/", newcomer.welcome_question, name="question"),
]
