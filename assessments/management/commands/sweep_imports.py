"""``manage.py sweep_imports``: brings on every import that no worker has in hand."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from assessments import imports


class Command(BaseCommand):
    help = "Check or apply every import that waits."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", action="store_true", help="wait for no lease to run out")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{imports.sweep(at=timezone.now(), wait=not options['now'])} imports brought on")
