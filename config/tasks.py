"""The roof's task; its twin is `manage.py backup --keep N`."""

from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.db import connection
from django.utils import timezone

from config.backup import back_up, keep_newest
from config.embedded import Place


@shared_task
def back_up_tonight() -> int:
    """Where a folder is configured: a backup that has passed a drill; how many older ones went."""
    if not settings.BACKUP_DIR:
        return 0
    place = Place.current()
    made = back_up(Path(settings.BACKUP_DIR), at=timezone.now(), connection=connection, place=place)
    return len(keep_newest(made, settings.BACKUP_KEEP, place=place))
