"""Floor 7: the stage of arrivals."""

from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "onboarding"
