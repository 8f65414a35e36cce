"""``manage.py tell``: sends the notices that are due (outbox)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.events import EVENTS
from assessments.hours import is_urgent
from assessments.notices import WRITERS
from members.notices import tell


class Command(BaseCommand):
    help = "Tell of every deed not yet told."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{tell(WRITERS, at=timezone.now(), events=EVENTS, urgent=is_urgent)} notices")
