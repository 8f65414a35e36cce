"""What a backup looks like on disk, what its manifest says, and under which key it was sealed."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

DUMP, FILES, MANIFEST = "database.dump", "files", "manifest.json"
FORMAT = 1
PIECE = 2**20


class Trouble(RuntimeError):
    """Why it cannot be done, in words for the operator."""


@dataclass(frozen=True)
class Backup:
    """One finished backup. Only what has been finished bears such a name."""

    folder: Path
    manifest: dict[str, Any]

    @classmethod
    def read(cls, folder: Path) -> Backup:
        """What lies there; Trouble where it is no backup of this format."""
        try:
            manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
            known = manifest["format"] == FORMAT and _sound(manifest)
        except FileNotFoundError as absent:
            words = _("%(folder)s 不是完整的备份：没有 %(name)s。")
            raise Trouble(words % {"folder": folder, "name": MANIFEST}) from absent
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as unreadable:
            words = _("%(folder)s 的清单无法读取：%(why)s")
            raise Trouble(words % {"folder": folder, "why": unreadable}) from unreadable
        if not known:
            raise Trouble(_("%(folder)s 的清单不是本程序认得的格式。") % {"folder": folder})
        return cls(folder, manifest)

    @classmethod
    def found(cls, where: Path, data_set: str) -> Backup:
        """The backup that lies there, or the newest one of this data set that lies in there."""
        if where.is_dir() and not (where / MANIFEST).exists():
            finished = all_in(where, data_set)
            if not finished:
                raise Trouble(_("%(where)s 中没有 %(set)s 的完整备份。") % {"where": where, "set": data_set})
            where = finished[-1]
        return cls.read(where)

    @property
    def made_at(self) -> datetime:
        return localtime(datetime.fromisoformat(self.manifest["made_at"]))

    @property
    def rows(self) -> int:
        return sum(table["rows"] for table in self.manifest["tables"].values())

    @property
    def key(self) -> str | None:
        """The key of ours under which it was made; None where we do not hold it (any more)."""
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return next((key for key in keys if constant_time_compare(mark_of(key), self.manifest["key"])), None)

    @property
    def sealed(self) -> bool:
        """Whether nobody without our key has changed the manifest, and so anything that it vouches for."""
        return bool(self.key) and constant_time_compare(seal_of(self.manifest, self.key or ""), self.manifest["seal"])


def name_of(data_set: str, at: datetime) -> str:
    return f"alliances-{data_set}-{localtime(at):%Y%m%d-%H%M%S}"


def all_in(where: Path, data_set: str) -> list[Path]:
    """The finished backups of a data set in a folder, the oldest first."""
    pattern = re.compile(rf"alliances-{re.escape(data_set)}-\d{{8}}-\d{{6}}")
    return sorted(path for path in where.iterdir() if pattern.fullmatch(path.name) and (path / MANIFEST).exists())


def mark_of(key: str) -> str:
    """By what a key is known again, without telling it."""
    return salted_hmac("config.backup.key", "", secret=key, algorithm="sha256").hexdigest()


def seal_of(manifest: dict[str, Any], key: str) -> str:
    said = json.dumps({name: what for name, what in manifest.items() if name != "seal"}, sort_keys=True)
    return salted_hmac("config.backup.seal", said, secret=key, algorithm="sha256").hexdigest()


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy(source: Path, target: Path) -> str:
    """The file lies there too, on disk, readable by its owner only; the digest of what was written."""
    digest = hashlib.sha256()
    with source.open("rb") as file, _created(target) as out:
        while piece := file.read(PIECE):
            digest.update(piece)
            out.write(piece)
        flush(out)
    return digest.hexdigest()


def private(root: Path, name: str) -> Path:
    """The path of that name below ``root``; every folder on the way is there, and for its owner only."""
    path = root / name
    for parent in reversed((path, *path.parents)[1 : 1 + len(PurePosixPath(name).parts)]):
        parent.mkdir(mode=0o700, exist_ok=True)
    return path


def write(target: Path, text: str) -> None:
    with _created(target) as out:
        out.write(text.encode())
        flush(out)


def flush(out: Any) -> None:
    out.flush()
    os.fsync(out.fileno())


def settle(folder: Path) -> None:
    """Names in the folder and in all beneath it outlive a power cut."""
    for each in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        settle_names(each)


def settle_names(of: Path) -> None:
    """What the names in the folder lead to outlives a power cut, in that folder alone."""
    descriptor = os.open(of, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _created(target: Path) -> Any:
    return os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _sound(manifest: dict[str, Any]) -> bool:
    """What is read of it is there, and no name in it leads out of the folder."""
    datetime.fromisoformat(manifest["made_at"])
    rows = [(table["rows"] + 0, table["digest"] + "") for table in manifest["tables"].values()]
    words = [manifest["key"] + "", manifest["seal"] + "", manifest["dump"]["sha256"] + "", *manifest["migrations"]]
    words += [*manifest["walls"], *manifest["gone"], *(file["sha256"] for file in manifest["files"].values())]
    paths = map(PurePosixPath, manifest["files"])
    inside = not any(path.is_absolute() or ".." in path.parts or not path.parts for path in paths)
    return inside and all(isinstance(word, str) for word in words) and bool(rows)
