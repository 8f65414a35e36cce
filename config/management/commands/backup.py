"""manage.py backup [FOLDER]: a backup of the database and the uploaded files, of now."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from config.backup import Trouble, back_up, keep_newest
from config.embedded import Place


class Command(BaseCommand):
    help = "Write a backup into a new folder within FOLDER; nothing half-finished ever bears a backup's name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = settings.BACKUP_DIR or settings.DATA_DIR / "backups"
        parser.add_argument("folder", nargs="?", type=Path, default=where, help=f"BACKUP_DIR, else {where}")
        parser.add_argument("--keep", type=int, metavar="N", help="drill it; if it is good, N remain of this data set")

    def handle(self, *, folder: Path, keep: int | None, **options: Any) -> None:
        place = Place.current()
        if keep is not None and keep < 1:
            raise CommandError(_("--keep 至少为 1。"))
        try:
            made = back_up(folder.absolute(), at=timezone.now(), connection=connection, place=place)
            self.stdout.write(
                _("已备份：%(folder)s（%(tables)s 张表、%(rows)s 行，%(files)s 个文件）")
                % {
                    "folder": made.folder,
                    "tables": len(made.manifest["tables"]),
                    "rows": f"{made.rows:,}",
                    "files": len(made.manifest["files"]),
                }
            )
            for name in keep_newest(made, keep, place=place) if keep else ():
                self.stdout.write(_("已删除旧备份：%(name)s") % {"name": name})
        except (Trouble, Error) as trouble:
            raise CommandError(str(trouble)) from trouble
