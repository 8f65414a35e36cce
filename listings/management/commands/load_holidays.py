"""manage.py load_holidays: the notice on holidays of a year, before that year begins; running terms follow it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from alliances.loading import load_holidays
from alliances.working_days import Calendar
from listings.transitions.reckoning import reckon_terms


class Command(BaseCommand):
    help = (
        "Load days off and make-up days from a CSV file (day,name,working). Terms that the rules had set are reckoned "
        "anew, each with a note; days that somebody wrote stay. Safe to run twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        before = Calendar.present()
        try:
            with transaction.atomic():  # days without their terms would never be reckoned again
                loaded = load_holidays(path)
                moved = reckon_terms(before, at=timezone.now())
        except (OSError, ValueError) as unreadable:
            raise CommandError(f"{path}: {unreadable}") from unreadable
        for fault in loaded.bad:
            self.stderr.write(fault)
        self.stdout.write(f"{len(loaded.rows)} days read, {loaded.written} new or changed, {len(loaded.bad)} refused")
        self.stdout.write(f"{moved} running terms reckoned anew")
        calendar = Calendar.present()
        for year in sorted({day.year for day in loaded.rows}):
            if not calendar.knows(year):
                self.stderr.write(f"warning: {year} has no 1 January and counts as a year without a notice")
        if loaded.bad:
            raise CommandError(f"{len(loaded.bad)} rows were refused; the others are loaded.")
