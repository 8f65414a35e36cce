"""manage.py restore BACKUP: a backup becomes the data of an empty database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection
from django.utils.translation import gettext as _

from config.backup import Backup, Trouble, restore
from config.embedded import Place


class Command(BaseCommand):
    help = "Restore a backup into an EMPTY database and an empty folder of files; refused otherwise."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, help="the folder of one backup")
        words = "although SECRET_KEY is not that of the backup: authenticators, robots and webhooks are set up anew"
        parser.add_argument("--other-key", action="store_true", help=words)

    def handle(self, *, backup: Path, other_key: bool, **options: Any) -> None:
        bad = 0
        try:
            found = Backup.read(backup.absolute())
            for finding in restore(found, connection=connection, place=Place.current(), other_key=other_key):
                bad += not finding.good
                self.stdout.write(f"{'✓' if finding.good else '✗'} {finding.text}")
        except (Trouble, Error) as trouble:
            raise CommandError(str(trouble)) from trouble
        if bad and not other_key:
            raise CommandError(_("已恢复，但有 %(many)s 处与清单不符，请勿启用。") % {"many": bad})
        self.stdout.write(_("已恢复。启动前请执行 migrate。"))
