"""Bring into force the charters whose silence term has passed: the twin of the nightly task."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from alliances.transitions import complete_charters


class Command(BaseCommand):
    help = "Bring into force the charters that nobody objects to and whose silence term has passed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day, YYYY-MM-DD; today if left out")

    def handle(self, *args: Any, as_of: date | None, **options: Any) -> None:
        done = complete_charters(as_of or timezone.localdate())
        self.stdout.write(f"{done} charters in force")
