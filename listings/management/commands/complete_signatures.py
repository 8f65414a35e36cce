"""Sign the lists whose silence term has passed: the twin of the nightly task."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from listings.transitions import complete_silent_signatures


class Command(BaseCommand):
    help = "Sign the lists whose silence term has passed since the lead's signature."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day, YYYY-MM-DD; today if left out")

    def handle(self, *args: Any, as_of: date | None, **options: Any) -> None:
        done = complete_silent_signatures(as_of or timezone.localdate())
        self.stdout.write(f"{done} lists signed")
