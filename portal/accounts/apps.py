"""Floor 0: the user."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
