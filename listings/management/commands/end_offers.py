"""End the offers of places whose term is over: the twin of the nightly task."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from listings.transitions import lapse_offers


class Command(BaseCommand):
    help = "End the offers of places that nobody has accepted in time; the next in line is asked."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{lapse_offers(timezone.now())} offers ended")
