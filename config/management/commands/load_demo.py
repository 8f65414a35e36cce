"""Load the demo data of a scale, once."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.demo.loading import OtherDataThere, load
from config.demo.telling import SCALES


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", choices=SCALES, required=True)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, scale: str, seed: int, **options: Any) -> None:
        begun = monotonic()

        def say(text: str) -> None:
            self.stdout.write(f"  {monotonic() - begun:5.1f} s  {text}")
            self.stdout.flush()

        try:
            new = load(scale, seed=seed, today=timezone.localdate(), folder=settings.DATA_DIR, say=say)
        except OtherDataThere as there:
            raise CommandError(f"This database already holds {there}; the demo wants an empty one.") from there
        say(f"{scale} is {'loaded' if new else 'there already'}")
