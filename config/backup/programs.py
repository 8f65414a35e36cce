"""PostgreSQL's own programs, which take a database out and put it back: found, old enough to know it, told of it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from config.backup.folder import DUMP, Backup, Trouble
from config.embedded.binaries import ProgramMissing, postgres_bin
from config.embedded.place import Place
from config.embedded.process import dying_with_us

PATIENCE = "--lock-wait-timeout=60s"  # a migration that runs is waited for, and not for ever
BARE = ("--no-owner", "--no-acl")  # the database is whose it is there, not whose it was here
# Indexes are built in memory; what others of the same name do in the environment is not our affair.
AT_EASE = {"LC_ALL": "C", "PGOPTIONS": "-c maintenance_work_mem=256MB"}


@contextmanager
def dumping(connection: BaseDatabaseWrapper, snapshot: str, into: Path, place: Place) -> Iterator[None]:
    """While the block does something else, the snapshot is dumped; afterwards it lies there whole."""
    command = [_dumper(connection, place), "--format=custom", f"--snapshot={snapshot}", PATIENCE, f"--file={into}"]
    with _started(command, connection) as process:
        yield
        said = process.communicate()[1]
    if process.returncode:
        raise Trouble(_("pg_dump 未能导出数据库：%(said)s") % {"said": _last_words(said, process.returncode)})


def put_back(backup: Backup, connection: BaseDatabaseWrapper, place: Place, *how: str) -> str | None:
    """The dump is in that empty database; else what pg_restore complained of."""
    command = [_program("pg_restore", place), *BARE, *how, backup.folder / DUMP]
    with _started(command, connection) as process:
        said = process.communicate()[1]
    return _last_words(said, process.returncode) if process.returncode else None


def _dumper(connection: BaseDatabaseWrapper, place: Place) -> Path:
    """A pg_dump that is not older than the server, as PostgreSQL asks."""
    path = _program("pg_dump", place)
    try:
        said = subprocess.run([str(path), "--version"], check=True, capture_output=True, text=True).stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as failed:
        raise Trouble(_("%(path)s 无法运行：%(why)s") % {"path": path, "why": failed}) from failed
    found = re.search(r"\(PostgreSQL\)\D*(\d+)", said)
    connection.ensure_connection()
    ours, theirs = int(found[1]) if found else 0, connection.pg_version // 10000  # type: ignore[attr-defined]
    if ours < theirs:
        words = _("%(path)s 属于 PostgreSQL %(ours)s，数据库是 %(theirs)s：请用 PG_BINDIR 指明不低于该版本的程序目录。")
        raise Trouble(words % {"path": path, "ours": ours, "theirs": theirs})
    return path


def _program(name: str, place: Place) -> Path:
    words = _("找不到 %(name)s：请安装 PostgreSQL 客户端程序，并用 PG_BINDIR 指明其所在目录。") % {"name": name}
    try:
        path = postgres_bin(place) / name
    except ProgramMissing as missing:
        raise Trouble(words) from missing
    if not path.is_file():
        raise Trouble(f"{words}（{path}）")
    return path


@contextmanager
def _started(command: Sequence[object], connection: BaseDatabaseWrapper) -> Iterator[subprocess.Popen[str]]:
    """The program asks that database, and ends with the block; its password stands in no argument that others read."""
    (_psql, *where, name), told = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    program, *how = map(str, command)
    process = subprocess.Popen(  # noqa: S603  (PostgreSQL's own programs, no shell)
        [program, *where, f"--dbname={name}", *how],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env=os.environ | AT_EASE | (told or {}),
        preexec_fn=dying_with_us(signal.SIGKILL),
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _last_words(said: str, code: int) -> str:
    """What a person needs of what the program wrote: its first complaints, or how it ended without any."""
    lines = [line for line in said.splitlines() if "error:" in line or "fatal:" in line] or said.splitlines()
    return "；".join(lines[:5]) or _("意外中止（%(code)s）") % {"code": code}
