"""Warn of terms of office that end soon, end those that are over: the twin of the nightly task."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from alliances.transitions import keep_terms


class Command(BaseCommand):
    help = "Warn the leads of terms that end soon, end the terms that are over, count nominations anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day, YYYY-MM-DD; today if left out")

    def handle(self, *args: Any, as_of: date | None, **options: Any) -> None:
        touched = keep_terms(as_of or timezone.localdate(), timezone.now())
        self.stdout.write(f"{touched} posts")
