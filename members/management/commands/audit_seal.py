"""manage.py audit_seal: what is new in the trail is sealed now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members.states import Refused
from members.trail.seals import seal_trail


class Command(BaseCommand):
    help = "Seal new rows of the trail (Steps, Denials, histories). The clock does the same every quarter of an hour."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = seal_trail(timezone.now())
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{done.rows} rows sealed by {done.seals} seals")
        if done.waiting:
            self.stdout.write(f"left to the next run, somebody is writing: {', '.join(done.waiting)}")
