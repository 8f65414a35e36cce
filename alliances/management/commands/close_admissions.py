"""Close the votes on newcomers whose term has run out: the twin of the nightly task."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from alliances.transitions import close_admissions


class Command(BaseCommand):
    help = "Decide on the newcomers on whom the members could vote until the day before."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day, YYYY-MM-DD; today if left out")

    def handle(self, *args: Any, as_of: date | None, **options: Any) -> None:
        at = timezone.make_aware(datetime.combine(as_of, time())) if as_of else timezone.now()
        self.stdout.write(f"{close_admissions(at)} votes closed")
