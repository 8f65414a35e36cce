"""manage.py create_api_client NAME --region CODE: a key for a program, on the last line, once."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members.keys import issue_key
from members.models import ApiClient, Organization, Region


class Command(BaseCommand):
    help = "Create a REST client and print its key, once, on the last line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--region", required=True, metavar="CODE")
        parser.add_argument("--scope", action="append", choices=ApiClient.Scope.values, dest="scopes")
        parser.add_argument("--organization", metavar="CODE")
        parser.add_argument("--days", type=int, default=365)

    def handle(self, *args: Any, **options: Any) -> None:
        region = Region.objects.filter(pk=options["region"]).first()
        if region is None:
            raise CommandError(f"there is no region {options['region']}")
        organization = Organization.objects.filter(code=options["organization"]).first()
        if options["organization"] and organization is None:
            raise CommandError(f"there is no organisation {options['organization']}")
        scopes = options["scopes"] or [ApiClient.Scope.STATISTICS_READ.value]
        try:
            client, key = issue_key(
                options["name"], region, scopes, at=timezone.now(), days=options["days"], organization=organization
            )
        except ValidationError as invalid:
            raise CommandError(" ".join(invalid.messages)) from invalid
        self.stdout.write(
            f"{client.name}: {region.name}, {', '.join(client.scopes)}, until {client.expires_at:%Y-%m-%d}"
        )
        self.stdout.write(key)
