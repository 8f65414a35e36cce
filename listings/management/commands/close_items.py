"""Close what was confirmed a while ago: the twin of the nightly task."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from listings.transitions import close_confirmed


class Command(BaseCommand):
    help = "Close the items that were confirmed a silence term ago and have no linked problem waiting."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day, YYYY-MM-DD; today if left out")

    def handle(self, *args: Any, as_of: date | None, **options: Any) -> None:
        done = close_confirmed(as_of or timezone.localdate())
        self.stdout.write(f"{done} items closed")
