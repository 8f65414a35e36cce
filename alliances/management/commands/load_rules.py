"""manage.py load_rules: the rule sets that the product ships, for the regions that have none of their own yet."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from alliances.loading import load_rules


class Command(BaseCommand):
    help = "Make the shipped rule sets (general, Chifeng, Nanyang) where they are missing. Safe to run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        made = load_rules()
        if options["verbosity"]:
            self.stdout.write(f"{made} rule sets made")
