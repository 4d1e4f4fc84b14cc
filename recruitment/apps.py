"""Floor 7, first stage: from the public job page to hire."""

from django.apps import AppConfig


class RecruitmentConfig(AppConfig):
    name = "recruitment"
