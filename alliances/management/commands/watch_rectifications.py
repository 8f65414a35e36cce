"""Remind of rectifications whose term is near, tell of those whose term has passed: the twin of the daily task."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from alliances.transitions.rectification import watch_rectifications


class Command(BaseCommand):
    help = "Remind the leads of terms that are near, tell those above of terms that have passed; each once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day, YYYY-MM-DD; today if left out")

    def handle(self, *args: Any, as_of: date | None, **options: Any) -> None:
        told = watch_rectifications(as_of or timezone.localdate(), timezone.now())
        self.stdout.write(f"{told} rectifications")
