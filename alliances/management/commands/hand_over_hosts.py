"""Begin the turns whose day has come: the twin of the nightly task."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from alliances.transitions import hand_over_hosts


class Command(BaseCommand):
    help = "Begin the host turns whose first day has come, and keep every running calendar in order."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day, YYYY-MM-DD; today if left out")

    def handle(self, *args: Any, as_of: date | None, **options: Any) -> None:
        done = hand_over_hosts(as_of or timezone.localdate())
        self.stdout.write(f"{done} turns begun")
