"""``manage.py deliver``: sends what is due through the channels, here and now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from assessments.events import EVENTS
from assessments.hours import is_quiet
from members.sending import send_due


class Command(BaseCommand):
    help = "Send what is due: mails, robots' lines, webhooks. Quiet hours are kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--any-hour", action="store_true", help="also what must wait for office hours")

    def handle(self, *args: Any, any_hour: bool, **options: Any) -> None:
        now = timezone.now()
        quiet = not any_hour and is_quiet(now)
        self.stdout.write(f"{send_due(EVENTS, at=now, quiet=quiet, clock=timezone.now)} delivered")
