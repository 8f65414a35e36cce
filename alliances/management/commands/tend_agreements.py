"""Tell of agreements that end soon, end those that are over: the twin of the nightly task."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from alliances.transitions import tend_agreements


class Command(BaseCommand):
    help = "Expire agreements that are over, tell of those with thirty days to go, wait for no party that has left."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day, YYYY-MM-DD; today if left out")

    def handle(self, *args: Any, as_of: date | None, **options: Any) -> None:
        done = tend_agreements(as_of or timezone.localdate())
        self.stdout.write(f"{done} agreements changed")
