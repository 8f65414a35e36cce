"""To restore a backup for good: into an empty database and an empty folder of files, all of it or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from config.backup import folder as on_disk
from config.backup.drilling import Finding, compare, examine
from config.backup.folder import FILES, Backup, Trouble
from config.backup.programs import put_back
from config.backup.tables import looking
from config.embedded.place import Place

AT_ONCE = ("--single-transaction", "--exit-on-error")


def restore(
    backup: Backup, *, connection: BaseDatabaseWrapper, place: Place, other_key: bool = False
) -> Iterator[Finding]:
    """The database and the files are those of the backup; what was compared afterwards.

    Trouble, and nothing is changed, where something is there already or the backup is not whole. ``other_key``: who has
    lost the SECRET_KEY of that time takes what can still be read.
    """
    files = Path(settings.MEDIA_ROOT)
    _refuse_what_is_used(connection, files)
    for finding in examine(backup):
        if not finding.good and not (other_key and not backup.key):
            raise Trouble(_("未恢复：%(why)s") % {"why": finding.text})
        yield finding
        other_key = False  # the seal is looked at first; nothing else is forgiven
    _bring(backup, files)
    done = False
    try:
        complaint = put_back(backup, connection, place, *AT_ONCE)
        if complaint:
            raise Trouble(_("未恢复，数据库仍为空：%(said)s") % {"said": complaint})
        done = True
    finally:
        if not done:
            shutil.rmtree(files)
    yield from compare(backup, connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what the planner knew of the rows is in no dump
    connection.close()


def _refuse_what_is_used(connection: BaseDatabaseWrapper, files: Path) -> None:
    with looking(connection) as look:
        tables = look.names()
    if tables:
        words = _("数据库 %(name)s 不是空的（%(many)s 张表），只恢复到空库：请换 DATA_DIR、DATA_SET 或 DATABASE_URL。")
        raise Trouble(words % {"name": connection.settings_dict["NAME"], "many": len(tables)})
    if files.exists() and any(files.iterdir()):
        raise Trouble(_("上传文件目录 %(folder)s 不是空的，请先移走。") % {"folder": files})


def _bring(backup: Backup, files: Path) -> None:
    """The files lie there, all or none of them."""
    draft = files.with_name(f"{files.name}.partial")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.mkdir(mode=0o700, parents=True)
        for name in backup.manifest["files"]:
            on_disk.copy(backup.folder / FILES / name, on_disk.private(draft, name))
        on_disk.settle(draft)
        if files.exists():
            files.rmdir()
        draft.rename(files)
        on_disk.settle_names(files.parent)
    except OSError as failed:
        shutil.rmtree(draft, ignore_errors=True)
        raise Trouble(_("上传文件未能写入 %(folder)s：%(why)s") % {"folder": files, "why": failed}) from failed
