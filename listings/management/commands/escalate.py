"""manage.py escalate: let overdue items climb one level, the twin of the task of office hours."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from alliances.working_days import Calendar
from listings.transitions import escalate


class Command(BaseCommand):
    help = "Let every overdue item whose time has come climb one level; outside office hours nothing happens."

    def add_arguments(self, parser: CommandParser) -> None:
        words = "YYYY-MM-DD (nine o'clock) or YYYY-MM-DDTHH:MM; now if left out"
        parser.add_argument("--as-of", type=datetime.fromisoformat, help=words)

    def handle(self, *args: Any, as_of: datetime | None, **options: Any) -> None:
        moment = timezone.now() if as_of is None else _in_shanghai(as_of)
        calendar, day = Calendar.present(), timezone.localdate(moment)
        if not calendar.knows(day.year):
            self.stderr.write(f"warning: the holidays of {day.year} are not loaded; only weekends are known")
        if not calendar.in_office_hours(moment):
            self.stdout.write("no office hours: nobody is told anything now")
        self.stdout.write(f"{escalate(moment)} items climbed")


def _in_shanghai(said: datetime) -> datetime:
    moment = said if said.time() != time.min or said.tzinfo else datetime.combine(said, time(9))
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
