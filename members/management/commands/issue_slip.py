"""manage.py issue_slip USERNAME: an activation slip for an account above which nobody stands, say a city's first."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members.accounts import issue_slip
from members.models import User
from members.states import Refused


class Command(BaseCommand):
    help = "Issue an activation slip for an existing account; the operator's act, on record. Older slips are void."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"there is no account {options['username']!r}")
        try:
            code = issue_slip(user, by=None, at=timezone.now())
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write("A password is set at /activate/ with the account and this code, within 14 days:")
        self.stdout.write(code)
