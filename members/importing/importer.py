"""What an importer is: its columns, who may use it, what a row would do, how the good rows are written in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.importing.columns import Column
from members.importing.rows import Row
from members.models import ImportDeed, ImportRun, Step
from members.pouring import pour
from members.states import Refused

TOGETHER = 2_000
"""So many rows of an export are in memory at a time."""

UNKNOWN = _("没有这个代码，或它不在您的范围内")


class Importer:
    """One noun's way in and out.

    Subclasses set ``kind``, ``label``, ``about`` (sentences for the explaining sheet), ``columns`` and give
    ``open_to``, ``judge``, ``write`` and ``exported``. ``strict``: refuse every number of 18 digits.
    ``second_person``: a file of this kind takes effect only once another person has agreed.
    """

    kind: ClassVar[str]
    label: ClassVar[Any]
    icon: ClassVar[str] = "file-spreadsheet"
    hint: ClassVar[Any] = ""
    about: ClassVar[Sequence[Any]] = ()
    columns: ClassVar[tuple[Column, ...]]
    strict: ClassVar[bool] = False
    second_person: ClassVar[bool] = False

    def open_to(self, user: Any) -> bool:
        """Whether the user may hand in files of this kind at all."""
        raise NotImplementedError

    def judge(self, rows: Sequence[Row], *, user: Any, day: date) -> None:
        """Say of each row what it would do, or what is wrong."""
        raise NotImplementedError

    def remarks(self, rows: Sequence[Row], *, user: Any) -> list[str]:
        """What is to be said of the judged rows as a whole before they are confirmed."""
        return []

    def write(self, rows: Sequence[Row], run: ImportRun, *, at: datetime) -> None:
        """Write good rows that change something, in bulk, with their Steps and the deeds that undo them."""
        raise NotImplementedError

    def exported(self, things: Any) -> Iterator[list[Any]]:
        """The rows of an export, cell by cell under ``heads``."""
        raise NotImplementedError

    def ordered(self, rows: Sequence[Row]) -> list[Row]:
        """The order in which rows are written; what others point at comes first."""
        return list(rows)

    @property
    def new_url(self) -> str:
        return reverse(f"imports:new_{self.kind}")

    @property
    def template_url(self) -> str:
        return reverse(f"imports:template_{self.kind}")

    @property
    def steps(self) -> list[Any]:
        """The stages of the way, for the page's head."""
        return [_("上传表格"), _("核对"), _("确认"), _("完成")]

    @property
    def heads(self) -> list[str]:
        return [str(column.label) for column in self.columns]

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def table(self, rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
        """Exported rows from values in the order of the columns; equal values are written once."""
        rows = iter(rows)
        while some := list(islice(rows, TOGETHER)):
            yield from map(list, zip(*map(_written, self.columns, zip(*some, strict=True)), strict=True))

    def written(self, values: dict[str, Any]) -> list[Any]:
        """One exported row from values by column key."""
        return [column.written(values.get(column.key)) for column in self.columns]


def _written(column: Column, values: Sequence[Any]) -> list[Any]:
    """One column of an export."""
    whole = [tuple(value) if isinstance(value, list) else value for value in values]
    known = {value: column.written(value) for value in set(whole)}
    return [known[value] for value in whole]


def refuse_twins(rows: Iterable[Row], key: Any, column: Column) -> dict[Any, Row]:
    """The rows by ``key(row)`` (None: none); a second row of the same key is refused, naming the first."""
    first: dict[Any, Row] = {}
    for row in rows:
        own = key(row)
        if own is None:
            continue
        if own in first:
            row.refuse(column, _("与第 %(row)s 行重复") % {"row": first[own].number}, _("只留一行，或改正其中一行"))
        else:
            first[own] = row
    return first


def differences(thing: models.Model, values: dict[str, Any], fields: Iterable[str]) -> dict[str, tuple[Any, Any]]:
    """field -> (before, after) of the fields that the row names and that differ; an absent column changes nothing."""
    return {
        name: (getattr(thing, name), values[name])
        for name in fields
        if name in values and getattr(thing, name) != values[name]
    }


def columns_of(rows: Sequence[Row], names: Iterable[str]) -> dict[str, list[Any]]:
    """The values of good rows by column, of those names that the file has; the names alone for no rows."""
    return {name: [row.values[name] for row in rows] for name in names if not rows or name in rows[0].values}


def trail(
    model: type[models.Model],
    keys: Sequence[int],
    way: Sequence[tuple[str, str]],
    run: ImportRun,
    *,
    at: datetime,
    told: bool = True,
    details: Sequence[dict[str, Any]] | None = None,
    reasons: Sequence[str] | None = None,
) -> None:
    """Write the Steps of things that all went one way (verb, state it leads to, "" for none), each stage ended by the
    next, with the run in their detail; ``told``: nobody is to hear of it."""
    kind, before = ContentType.objects.get_for_model(model), ""
    own: dict[str, Any] = {"detail": {"import": run.pk}} if details is None else {}
    columns: dict[str, Sequence[Any]] = {"thing_id": keys}
    if details is not None:
        columns["detail"] = [{"import": run.pk, **detail} for detail in details]
    if reasons is not None:
        columns["reason"] = reasons
    for place, (verb, to) in enumerate(way):
        until = at if to and place + 1 < len(way) else None
        pour(
            Step, columns, thing_type_id=kind.pk, verb=verb, from_state=before, to_state=to, at=at, by_id=run.by_id,
            until=until, told_at=at if told else None, **own,
        )  # fmt: skip
        before = to


def made(run: ImportRun, model: type[models.Model], rows: Sequence[Row], keys: Sequence[int]) -> None:
    """Keep the deeds of rows that made things, so that they can be undone."""
    kind = ContentType.objects.get_for_model(model)
    pour(
        ImportDeed, {"row": [row.number for row in rows], "thing_id": keys},
        run_id=run.pk, thing_type_id=kind.pk, before=None, after=None,
    )  # fmt: skip


def changed(run: ImportRun, model: type[models.Model], rows: Sequence[Row]) -> None:
    """Keep the deeds of rows that changed things, with what stood there before."""
    kind = ContentType.objects.get_for_model(model)
    pour(
        ImportDeed,
        {
            "row": [row.number for row in rows],
            "thing_id": [row.thing.pk for row in rows],
            "before": [{name: plain(before) for name, (before, _after) in row.changes.items()} for row in rows],
            "after": [{name: plain(after) for name, (_before, after) in row.changes.items()} for row in rows],
        },
        run_id=run.pk, thing_type_id=kind.pk,
    )  # fmt: skip


def plain(value: Any) -> Any:
    """A field's value as JSON: days as text, rows by their key."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


class Held(Refused):
    """An import that cannot be undone any more: something else stands on what it made."""

    def __init__(self, holders: Sequence[str]) -> None:
        words = _("不能撤销：%(holders)s。请先处理这些，再撤销。")
        super().__init__("held", words % {"holders": "；".join(holders)})
