"""To make a backup: written aside under a name that nobody takes for one, renamed when all of it is on disk."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from config.backup import folder as on_disk
from config.backup.drilling import drill
from config.backup.folder import DUMP, FILES, FORMAT, MANIFEST, Backup, Trouble
from config.backup.programs import dumping
from config.backup.tables import looking
from config.embedded.place import Place
from members.models import Document

UNFINISHED = ".partial"


def back_up(into: Path, *, at: datetime, connection: BaseDatabaseWrapper, place: Place) -> Backup:
    """A finished backup of that moment lies in the folder, and on the disk; or Trouble, and nothing new is there."""
    files = Path(settings.MEDIA_ROOT)
    if into.resolve().is_relative_to(files.resolve()):
        raise Trouble(_("%(folder)s 在上传文件目录之内，备份请放在别处。") % {"folder": into})
    name = on_disk.name_of(place.folder.name, at)
    with _alone_in(into):
        draft, finished = into / f".{name}{UNFINISHED}", into / name
        if finished.exists():
            raise Trouble(_("%(folder)s 已经存在，请稍后再试。") % {"folder": finished})
        try:
            draft.mkdir(mode=0o700)
            manifest = _write(draft, files, at=at, connection=connection, place=place)
            on_disk.settle(draft)
            draft.rename(finished)
            on_disk.settle_names(into)
        except OSError as full:
            raise _trouble(into, full) from full
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return Backup(finished, manifest)


def keep_newest(made: Backup, many: int, *, place: Place) -> list[str]:
    """Of this data set's backups up to this one only the newest remain, so many; the names of those that went.

    Trouble, and all remain, unless a drill has shown that this one can be restored. One that has been made since says
    nothing yet, and counts for nothing.
    """
    bad = [finding.text for finding in drill(made, place) if not finding.good]
    if bad:
        words = _("%(folder)s 未通过恢复演练，旧备份全部保留：%(bad)s")
        raise Trouble(words % {"folder": made.folder, "bad": "；".join(bad)})
    into = made.folder.parent
    with _alone_in(into):
        others = [each for each in on_disk.all_in(into, place.folder.name) if each.name < made.folder.name]
        gone = others[: max(len(others) - (many - 1), 0)]
        for each in gone:
            aside = into / f".{each.name}{UNFINISHED}"  # half of one is never taken for one
            each.rename(aside)
            shutil.rmtree(aside)
    return [each.name for each in gone]


def _write(draft: Path, files: Path, *, at: datetime, connection: BaseDatabaseWrapper, place: Place) -> dict[str, Any]:
    """The dump first, then the files: a file without a row is harmless, a row without its file is not."""
    dump = draft / DUMP
    on_disk.write(dump, "")  # ours alone before anything is in it
    with looking(connection) as look, dumping(connection, look.snapshot(), dump, place):
        known: dict[str, Any] = {
            "migrations": look.migrations(),
            "walls": look.walls(),
            "tables": look.tables(),
        }
        documents = look.documents()
    copied = dict(_copied(files, draft / FILES))
    manifest = {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "data_set": place.folder.name,
        "server": ".".join(map(str, divmod(connection.pg_version, 10000))),  # type: ignore[attr-defined]
        "key": on_disk.mark_of(settings.SECRET_KEY),
        **known,
        "dump": {"size": dump.stat().st_size, "sha256": on_disk.digest_of(dump)},
        "files": copied,
        # Discarded between the dump and the files: in the one, rightly not among the others.
        "gone": sorted(name for name in documents if name not in copied and not _still_there(name, connection)),
    }
    manifest["seal"] = on_disk.seal_of(manifest, settings.SECRET_KEY)
    on_disk.write(draft / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return manifest


def _copied(files: Path, target: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    target.mkdir(mode=0o700)
    for source in sorted(files.rglob("*")):
        name = source.relative_to(files).as_posix()
        if source.is_symlink() or not source.is_file():
            continue
        try:
            digest = on_disk.copy(source, on_disk.private(target, name))
        except FileNotFoundError:  # discarded while we came to it
            continue
        yield name, {"size": (target / name).stat().st_size, "sha256": digest}


def _still_there(name: str, connection: BaseDatabaseWrapper) -> bool:
    return Document.objects.using(connection.alias).filter(file=name).exists()


@contextmanager
def _alone_in(into: Path) -> Iterator[None]:
    """The folder is there and ours to write into, nobody else backs up into it, and nothing unfinished lies about."""
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.fdopen(os.open(into / ".lock", os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as refused:
        raise _trouble(into, refused) from refused
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(_("%(folder)s 中正在进行另一次备份。") % {"folder": into}) from None
        except OSError as refused:
            raise _trouble(into, refused) from refused
        for left in into.glob(f".alliances-*{UNFINISHED}"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def _trouble(into: Path, why: OSError) -> Trouble:
    words = _("无法写入备份目录 %(folder)s：%(why)s。请检查磁盘空间和目录权限；未留下半成品。")
    return Trouble(words % {"folder": into, "why": why.strerror or why})
