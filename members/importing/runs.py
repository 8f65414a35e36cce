"""A file on its way: received, checked, ordered, applied. Whoever takes a forsaken run up goes on from what stands.

Applying is a function of the file and the data: rows that an earlier attempt has written come back as unchanged, so a
killed worker costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from members.alone import alone
from members.importing.importer import Importer
from members.importing.rows import REASONS, Row, Table, shown_value
from members.lifecycle import lock, moving, note
from members.models import ImportFault, ImportRun, User
from members.pouring import undisturbed
from members.scope import rights_of
from members.spreadsheets import Cells, Unreadable, read
from members.states import Refused

BATCH = 2_000
LEASE = timedelta(minutes=2)
ATTEMPTS = 3
KEPT = timedelta(days=30)
"""How long file, faults and deeds are kept, and so how long an import can be undone."""

KEPT_AS = ".json"
"""How the kept lines of a checked file are called."""

FAULTS_KEPT = 20_000
LOCK_SPACE = 0x1A907
State = ImportRun.State


def folder() -> Path:
    """Where handed-in files lie: readable by the application only, under names of ours."""
    where = Path(settings.DATA_DIR) / "imports"
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    return where


def receive(importer: Importer, name: str, body: Iterator[bytes], *, by: User, at: datetime) -> ImportRun:
    """Keep a handed-in file for its check. ``name`` is only shown; nothing of the file is trusted yet."""
    stored, digest = secrets.token_hex(16), hashlib.sha256()
    with (folder() / stored).open("wb") as file:
        for chunk in body:
            digest.update(chunk)
            file.write(chunk)
    with transaction.atomic():
        run = ImportRun.objects.create(
            kind=importer.kind, by=by, region_id=region_of(by), file_name=name[-120:], stored=stored,
            digest=digest.hexdigest(), uploaded_at=at,
        )  # fmt: skip
        note(run, "upload_import", at=at, by=by, to_state=State.UPLOADED, detail={"digest": run.digest})
    return run


def region_of(user: User) -> str | None:
    """The widest region that the user stands over, else that of the user's organisation: who may look on."""
    codes = rights_of(user).codes
    if codes:
        return min(codes, key=len)
    own = next((role.organization for role in user.current_roles if role.organization_id), None)
    return own.region_id if own else None


def advance(run: ImportRun, importer: Importer, *, at: datetime) -> ImportRun:
    """Bring a waiting run as far as it goes without a person: to ``checked``, ``applied`` or ``failed``.

    Raises Refused ``import_running`` where another copy is at work on it.
    """
    with alone(LOCK_SPACE, run.pk, Refused("import_running", _("这个文件正在处理，请稍后刷新。"))):
        run.refresh_from_db()
        if not run.waits:
            return run
        ImportRun.objects.filter(pk=run.pk).update(attempts=F("attempts") + 1, lease_until=Now() + LEASE)
        run.refresh_from_db()
        try:
            if run.attempts > ATTEMPTS:
                raise Unreadable(_("多次未能处理完，已停止。请核对文件后重新上传，或联系系统管理员。"))
            with undisturbed():
                (_apply if run.state == State.APPLYING else _check)(run, importer, at)
        except Unreadable as refused:
            with moving(run, State.FAILED, at=at, verb="fail_import"):
                run.trouble, run.lease_until, run.ended_at = str(refused), None, at
    return run


def order(run: ImportRun, *, by: User, at: datetime, reason: str = "") -> ImportRun:
    """The good rows are to be written. Refused ``nothing_to_do`` where none changes anything."""
    with moving(run, State.APPLYING, at=at, by=by, verb="order_import", reason=reason):
        if not run.good:
            raise Refused("nothing_to_do", _("没有可以导入的行。"))
        run.done, run.attempts, run.lease_until = 0, 0, None
    return run


def sweep(importers: Mapping[str, Importer], *, at: datetime, wait: bool = True) -> int:
    """Take up every forsaken run; without ``wait`` also those whose lease still holds. How many were brought on."""
    runs = ImportRun.objects.forsaken() if wait else ImportRun.objects.waiting()
    taken = 0
    for run in runs.order_by("pk"):
        with suppress(Refused):
            advance(run, importers[run.kind], at=at)
            taken += 1
    return taken


def purge(*, at: datetime) -> int:
    """Files, faults and deeds of imports go after their term; the run and its counts stay. How many went."""
    outlived = ImportRun.objects.outlived(at - KEPT)
    for run in outlived:
        for name in (run.stored, run.stored.removesuffix(KEPT_AS)):
            (folder() / name).unlink(missing_ok=True)
        run.faults.all().delete()
        run.deeds.all().delete()
    return outlived.update(stored="")


def judged(run: ImportRun, importer: Importer, lines: Sequence[Cells], *, at: datetime) -> tuple[Table, list[Row]]:
    """Every row of the file, read and judged against the data of this moment. Raises Unreadable."""
    table = Table(lines[0] if lines else [], importer.columns)
    rows = table.rows(enumerate(lines[1:], start=2), strict=importer.strict)
    importer.judge(rows, user=run.by, day=timezone.localdate(at))
    return table, rows


def lines_of(run: ImportRun) -> Iterator[Cells]:
    """The lines of the file: as they were handed in, and once they have been checked as they were kept."""
    path = folder() / run.stored
    if not run.stored or not path.exists():
        raise Unreadable(_("文件已不在，请重新上传。"))
    return iter(json.loads(path.read_bytes())) if path.suffix == KEPT_AS else read(path)


def _keep_lines(run: ImportRun, lines: Sequence[Cells]) -> None:
    """From now on the lines stand for the file: nothing opens a workbook of somebody else's a second time."""
    if not run.stored.endswith(KEPT_AS):
        run.stored = f"{run.stored}{KEPT_AS}"
        (folder() / run.stored).write_text(json.dumps(lines))


def _counted(run: ImportRun, lines: Iterator[Cells]) -> Iterator[Cells]:
    for number, line in enumerate(lines, start=1):
        if number % BATCH == 0 and run.state == State.CHECKING:
            _tell_progress(run, done=number)
        yield line


def _tell_progress(run: ImportRun, **fields: Any) -> None:
    ImportRun.objects.filter(pk=run.pk).update(lease_until=Now() + LEASE, **fields)


def _check(run: ImportRun, importer: Importer, at: datetime) -> None:
    """Say of every row what it would do; nothing of it is done."""
    if run.state == State.UPLOADED:
        with moving(run, State.CHECKING, at=at, verb="check_import"):
            run.done = 0
    lines = list(_counted(run, lines_of(run)))
    table, rows = judged(run, importer, lines, at=at)
    if not rows:
        raise Unreadable(_("表格里只有列名，没有内容。"))
    remarks, handed_in = importer.remarks(rows, user=run.by), folder() / run.stored
    if table.ignored:
        remarks = [*remarks, _("这些列不认识，没有读取：%(names)s。") % {"names": "、".join(table.ignored[:10])}]
    with transaction.atomic():
        run.faults.all().delete()
        ImportFault.objects.bulk_create(_faults(run, table, rows), batch_size=BATCH)
        with moving(run, State.CHECKED, at=at, verb="checked_import"):
            _count(run, rows)
            run.remarks, run.rows, run.done = [str(said) for said in remarks], len(rows), len(rows)
            run.lease_until, run.attempts = None, 0
            _keep_lines(run, lines)
    if handed_in.name != run.stored:
        handed_in.unlink()


def _count(run: ImportRun, rows: Sequence[Row]) -> None:
    run.bad = sum(not row.good for row in rows)
    run.new, run.changed, run.same = (
        sum(row.good and row.deed == deed for row in rows) for deed in ("new", "changed", "same")
    )


def _faults(run: ImportRun, table: Table, rows: Sequence[Row]) -> list[ImportFault]:
    faults = [
        ImportFault(
            run=run, row=row.number, letter=table.letter_of(fault.column),
            value=shown_value(table.cell(row, fault.column), fault.column),
            column=str(fault.column.label) if fault.column else "", wrong=str(fault.wrong)[:200],
            mend=str(fault.mend)[:200],
        )
        for row in rows for fault in row.faults
    ]  # fmt: skip
    return faults[:FAULTS_KEPT]


def _apply(run: ImportRun, importer: Importer, at: datetime) -> None:
    """Write the good rows, batch by batch, each with the deeds that undo it; what stands already is left as it is."""
    _table, rows = judged(run, importer, list(lines_of(run)), at=at)
    due = importer.ordered([row for row in rows if row.good and row.deed in {"new", "changed"}])
    done = run.deeds.values("row").distinct().count()
    for start in range(0, len(due), BATCH):
        batch = due[start : start + BATCH]
        with transaction.atomic():
            lock(run)
            if run.state != State.APPLYING:
                return
            importer.write(batch, run, at=at)
            _tell_progress(run, done=done + start + len(batch))
    with moving(run, State.APPLIED, at=at, verb="apply_import"):
        rows_that = partial(Count, "row", distinct=True)
        told = run.deeds.aggregate(did=rows_that(), changed=rows_that(filter=Q(before__isnull=False)))
        run.new, run.changed = told["did"] - told["changed"], told["changed"]
        run.bad = sum(not row.good for row in rows)
        run.same = max(run.rows - run.new - run.changed - run.bad, 0)
        run.done, run.lease_until, run.ended_at = run.rows, None, at


def bad_rows(run: ImportRun) -> tuple[Cells, Iterator[Cells]]:
    """The headings of the file and its faulty rows, each cell as it stood, with the reasons in one more column."""
    reasons: dict[int, list[str]] = {}
    for fault in run.faults.all():
        where = f"{fault.column}：" if fault.column else ""
        reasons.setdefault(fault.row, []).append(f"{where}{fault.wrong}，{fault.mend}")
    lines = lines_of(run)
    heads = next(lines, [])
    marked = (
        [*line, *[""] * (len(heads) - len(line)), "；".join(reasons[number])]
        for number, line in enumerate(lines, start=2)
        if number in reasons
    )
    return [*heads, REASONS], marked
