"""A drill (恢复演练): a backup is put back into a PostgreSQL of its own, compared with its manifest, and thrown away.

The running database is not touched, and need not run.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from django.utils.translation import gettext as _

from config.backup import folder as on_disk
from config.backup.folder import DUMP, FILES, Backup, Trouble
from config.backup.programs import put_back
from config.backup.tables import looking, of_this_code
from config.embedded import InUse, Place, Postgres, ServerFailed, hold
from config.embedded.binaries import ProgramMissing
from config.embedded.place import BASE_DIR
from config.embedded.process import dying_with_us
from members.models import TrailSeal

NAMED = 5


class Finding(NamedTuple):
    """What one look at a backup has shown."""

    good: bool
    text: str


def drill(backup: Backup, place: Place) -> Iterator[Finding]:
    """Everything that can be known of the backup, as it is found out: it can be restored if all of it is good."""
    yield from examine(backup)
    with throw_away(place) as connection:
        complaint = put_back(backup, connection, place, f"--jobs={os.cpu_count() or 1}")
        if complaint:
            yield Finding(False, _("数据库未能完整恢复：%(said)s") % {"said": complaint})
        yield from compare(backup, connection)
        if not complaint:
            yield trail(backup, connection)


def examine(backup: Backup) -> Iterator[Finding]:
    """What shows without a database: who made it, whether its files are whole, which code it belongs to."""
    yield _seal(backup)
    yield _dump(backup)
    yield _files(backup)
    yield _migrations(backup)


def compare(backup: Backup, connection: BaseDatabaseWrapper) -> Iterator[Finding]:
    """Whether that database holds what the manifest says, row by row."""
    wanted = backup.manifest
    with looking(connection) as look:
        tables, walls, behind, documents = look.tables(), look.walls(), look.sequences_behind(), look.documents()
    wrong = [_difference(name, table, tables.get(name)) for name, table in wanted["tables"].items()]
    added = sorted(tables.keys() - wanted["tables"].keys())
    wrong += [_("%(name)s：清单中没有这张表") % {"name": name} for name in added]
    counts = {"tables": len(wanted["tables"]), "rows": f"{backup.rows:,}"}
    good = _("%(tables)s 张表、%(rows)s 行，行数与摘要逐表一致") % counts
    yield _of([text for text in wrong if text], good, _("数据与清单不符"))
    good = _("%(many)s 项约束、索引和触发器齐全") % {"many": len(wanted["walls"])}
    yield _of(sorted(set(wanted["walls"]) - set(walls)), good, _("缺少约束、索引或触发器"))
    yield _of(behind, _("编号序列都在已用编号之后"), _("编号序列落后于已用编号，新增会冲突"))
    files = {name: file["sha256"] for name, file in wanted["files"].items()}
    lost = [name for name in documents.keys() - set(wanted["gone"]) if files.get(name) != documents[name]]
    good = _("%(many)s 份附件都有其文件") % {"many": len(documents)}
    yield _of(sorted(lost), good, _("附件没有文件，或文件与登记时不同"))


def trail(backup: Backup, connection: BaseDatabaseWrapper) -> Finding:
    """Whether the seals of the trail hold there: asked by a process of its own, which takes it for the office's."""
    if not backup.manifest["tables"].get(TrailSeal._meta.db_table, {}).get("rows"):
        return Finding(True, _("留痕尚未封存，没有封条可复核"))
    known = connection.settings_dict
    secret = quote(known["PASSWORD"], safe="")
    office = {
        "DATABASE_URL": f"postgres://{known['USER']}:{secret}@/{known['NAME']}",
        "PGHOST": known["HOST"],
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": settings.SECRET_KEY,
    }
    asked = subprocess.run(  # noqa: S603  (our own command)
        [sys.executable, str(BASE_DIR / "manage.py"), "audit_verify"],
        check=False,
        cwd=BASE_DIR,
        env={name: said for name, said in os.environ.items() if not name.startswith("PG")} | office,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        preexec_fn=dying_with_us(signal.SIGKILL),
    )
    wrong = asked.stdout.splitlines() or asked.stderr.splitlines()[-1:]
    return _of(wrong if asked.returncode else [], _("留痕封条复核无误"), _("留痕封条复核不符"))


@contextmanager
def throw_away(place: Place) -> Iterator[BaseDatabaseWrapper]:
    """An empty database on a server of its own; afterwards nothing of either is there. One at a time."""
    aside = Place(place.folder / "drill")
    server = Postgres(aside, durable=False)
    with ExitStack() as stack:
        try:
            stack.enter_context(hold(aside))
            server.discard()  # what a killed one has left
            stack.callback(shutil.rmtree, aside.folder, ignore_errors=True)
            stack.callback(server.discard)
            server.start()
        except InUse as in_use:
            raise Trouble(_("另一次演练正在进行（%(folder)s）。") % {"folder": in_use}) from in_use
        except (ServerFailed, ProgramMissing, OSError) as failed:
            raise Trouble(_("一次性数据库未能启动：%(why)s") % {"why": failed}) from failed
        known = {"ENGINE": "django.db.backends.postgresql", **aside.database()}
        connection = ConnectionHandler({"default": known})["default"]
        stack.callback(connection.close)
        yield connection


def _seal(backup: Backup) -> Finding:
    if not backup.key:
        words = _("备份时的 SECRET_KEY 不是现在的这一个：动态口令、机器人和订阅的密钥将无法解开，清单真伪也无从核对。")
        return Finding(False, words)
    if not backup.sealed:
        return Finding(False, _("清单被改动过：签名不符。"))
    return Finding(True, _("清单签名有效，SECRET_KEY 与备份时一致"))


def _dump(backup: Backup) -> Finding:
    dump, wanted = backup.folder / DUMP, backup.manifest["dump"]
    if not dump.is_file():
        return Finding(False, _("缺少数据库导出文件 %(name)s。") % {"name": DUMP})
    if on_disk.digest_of(dump) != wanted["sha256"]:
        sizes = {"name": DUMP, "was": wanted["size"], "now": dump.stat().st_size}
        return Finding(False, _("%(name)s 与备份时不同（备份时 %(was)s 字节，现在 %(now)s 字节）。") % sizes)
    return Finding(True, _("%(name)s 与备份时一致") % {"name": DUMP})


def _files(backup: Backup) -> Finding:
    wanted, root, wrong = backup.manifest["files"], backup.folder / FILES, []
    for name, file in wanted.items():
        path = root / name
        if path.is_symlink() or not path.is_file():
            wrong.append(_("%(name)s 缺失") % {"name": name})
        elif on_disk.digest_of(path) != file["sha256"]:
            wrong.append(_("%(name)s 内容改变") % {"name": name})
    return _of(wrong, _("%(many)s 个上传文件与备份时一致") % {"many": len(wanted)}, _("上传文件与备份时不同"))


def _migrations(backup: Backup) -> Finding:
    have, known = of_this_code()
    done = set(backup.manifest["migrations"])
    unknown, pending = sorted(done - known), sorted(have - done)
    if pending and not unknown:
        words = _("备份早于本程序，恢复后还要执行 migrate：%(names)s")
        return Finding(True, words % {"names": _some(pending)})
    return _of(unknown, _("数据库结构版本与本程序一致"), _("备份晚于本程序，本程序没有这些迁移"))


def _difference(name: str, wanted: dict[str, object], found: dict[str, object] | None) -> str:
    if found is None:
        return _("%(name)s：缺少这张表") % {"name": name}
    if found["rows"] != wanted["rows"]:
        counts = {"name": name, "was": wanted["rows"], "now": found["rows"]}
        return _("%(name)s：应有 %(was)s 行，实有 %(now)s 行") % counts
    return "" if found == wanted else _("%(name)s：行数相同，内容不同") % {"name": name}


def _of(wrong: list[str], good: str, bad: str) -> Finding:
    return Finding(False, f"{bad}：{_some(wrong)}") if wrong else Finding(True, good)


def _some(names: list[str]) -> str:
    shown = "；".join(names[:NAMED])
    return shown if len(names) <= NAMED else _("%(shown)s 等 %(many)s 项") % {"shown": shown, "many": len(names)}
