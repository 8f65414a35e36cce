"""``manage.py sweep_reviews``: takes up every review whose worker is gone."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from assessments import reviews


class Command(BaseCommand):
    help = "Bring every forsaken review to its end."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", action="store_true", help="wait for no lease to run out")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{reviews.sweep(at=timezone.now(), wait=not options['now'])} reviews brought to their end")
