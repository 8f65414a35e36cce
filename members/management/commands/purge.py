"""manage.py purge: what has outlived its term goes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from members.purging import purge


class Command(BaseCommand):
    help = "Delete ended sessions, old idempotent answers, messages older than 90 days and void slips."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{purge(timezone.now())} rows deleted")
