"""The ground of the house: people, search, plans, panels and the engines every stage shares."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
