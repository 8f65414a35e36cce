"""``manage.py digest``: writes down the digests whose hour has come; ``deliver`` sends them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.hours import is_quiet
from members.digests import digest


class Command(BaseCommand):
    help = "Write down the digests whose hour has come (none in quiet hours)."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"{0 if is_quiet(now) else digest(now)} digests")
