"""manage.py drill [BACKUP]: whether a backup can be restored, found out by restoring it into a database of its own."""

import tempfile
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from config.backup import Backup, Trouble, back_up, drill
from config.embedded import Place


class Command(BaseCommand):
    help = "Restore a backup into a throw-away PostgreSQL and compare everything. Exit code 0: good, 1: not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = "a backup, or a folder of them: the newest one of this data set; without it one is made of now"
        parser.add_argument("backup", nargs="?", type=Path, help=words)

    def handle(self, *, backup: Path | None, **options: Any) -> None:
        place, bad = Place.current(), 0
        with ExitStack() as stack:
            try:
                if backup:
                    found = Backup.found(backup.absolute(), place.folder.name)
                else:
                    made = tempfile.TemporaryDirectory(prefix="drill-", dir=settings.DATA_DIR)
                    into = Path(stack.enter_context(made))
                    found = back_up(into, at=timezone.now(), connection=connection, place=place)
                when = {"name": found.folder.name, "at": f"{found.made_at:%Y-%m-%d %H:%M:%S}"}
                self.stdout.write(_("演练备份 %(name)s（%(at)s）") % when)
                for finding in drill(found, place):
                    bad += not finding.good
                    self.stdout.write(f"{'✓' if finding.good else '✗'} {finding.text}")
                    self.stdout.flush()
            except (Trouble, Error) as trouble:
                raise CommandError(str(trouble)) from trouble
        if bad:
            raise CommandError(_("结论：这份备份不能放心使用，有 %(many)s 处不符。") % {"many": bad})
        self.stdout.write(_("结论：这份备份可以恢复。"))
