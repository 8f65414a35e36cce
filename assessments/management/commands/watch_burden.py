"""``manage.py watch_burden``: tells departments, once a month, where the burden has passed their ceiling."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.burden import watch


class Command(BaseCommand):
    help = "Tell departments, once a month, where the burden has passed their ceiling."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"{watch(timezone.localdate(now).replace(day=1), now)} ceilings passed")
