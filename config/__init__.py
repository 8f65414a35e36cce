"""The roof: settings, addresses, the clock, the servers. It imports anyone; nobody imports it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
