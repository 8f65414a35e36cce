"""manage.py create_administrators: the first three people (三员), each with an activation slip."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from members.accounts import grant_role, issue_slip, open_account
from members.models import User

DEFAULTS = {"system": "sysadmin", "security": "secadmin", "audit": "auditor"}
DUTIES = {"system": "系统管理员", "security": "安全管理员", "audit": "审计管理员"}


class Command(BaseCommand):
    help = (
        "Open the accounts of the three administrators and print an activation slip for each, once. "
        "They must be three different people. For an account that exists a new slip is issued."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for duty, username in DEFAULTS.items():
            parser.add_argument(
                f"--{duty}", metavar="USERNAME", help=f"account of the {duty} administrator ({username})"
            )

    def handle(self, *args: Any, **options: Any) -> None:
        names = {duty: options[duty] or self.asked(duty) for duty in DEFAULTS}
        if len(set(names.values())) < len(names):
            raise CommandError("three different accounts are needed")
        try:
            with transaction.atomic():
                slips = [(duty, username, self.slip(duty, username)) for duty, username in names.items()]
        except ValidationError as invalid:
            raise CommandError(" ".join(invalid.messages)) from invalid
        for duty, username, code in slips:
            self.stdout.write(f"{DUTIES[duty]}  {username}  {code}")
        self.stdout.write("Each sets a password at /activate/ with the account and the code, within 14 days.")

    def asked(self, duty: str) -> str:
        if not sys.stdin.isatty():
            return DEFAULTS[duty]
        return input(f"{DUTIES[duty]} [{DEFAULTS[duty]}]: ").strip() or DEFAULTS[duty]

    def slip(self, duty: str, username: str) -> str:
        at = timezone.now()
        user = User.objects.filter(username=username).first()
        if user is not None and user.duty != duty:
            raise CommandError(f"{username} is an account of another kind")
        if user is None:
            user = open_account(username=username, name=DUTIES[duty], by=None, at=at, duty=duty)
            grant_role(user, by=None, at=at, role=duty)
        return issue_slip(user, by=None, at=at)
