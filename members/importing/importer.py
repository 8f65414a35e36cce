"""What an importer is: its columns, who may use it, what a row would do, how the good rows are written in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.importing.columns import Column
from members.importing.rows import Row, parse
from members.models import ImportDeed, ImportRun, Step
from members.states import Refused

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

    def judge(self, rows: Sequence[Row], *, user: Any, day: date) -> list[str]:
        """Say of each parsed row what it would do, or what is wrong; returns remarks on the file as a whole."""
        raise NotImplementedError

    def write(self, rows: Sequence[Row], run: ImportRun, *, at: datetime) -> list[ImportDeed]:
        """Write good rows that change something, in bulk, with their Steps; returns what was done to which thing."""
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

    def parse(self, rows: Iterable[Row]) -> None:
        for row in rows:
            parse(row, self.columns, strict=self.strict)

    def written(self, values: dict[str, Any]) -> list[Any]:
        """One exported row from values by column key."""
        return [column.written(values.get(column.key)) for column in self.columns]


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


def steps_of(
    things: Sequence[models.Model], verb: str, run: ImportRun, *, at: datetime, detail: dict[str, Any] | None = None
) -> list[Step]:
    """A Step for each thing without a state, with the run in its detail; nobody is told of each."""
    return [step for thing in things for step in trail(thing, [(verb, "")], run, at=at, detail=detail)]


def trail(
    thing: models.Model,
    way: Sequence[tuple[str, str]],
    run: ImportRun,
    *,
    at: datetime,
    told: bool = True,
    detail: dict[str, Any] | None = None,
    reason: str = "",
) -> list[Step]:
    """The Steps of a way (verb, state it leads to), each stage ended by the next; ``told``: nobody is to hear of it."""
    kind, before, steps = ContentType.objects.get_for_model(thing), "", []
    for place, (verb, to) in enumerate(way):
        steps.append(
            Step(
                thing_type=kind, thing_id=thing.pk, verb=verb, from_state=before, to_state=to, at=at, by_id=run.by_id,
                until=at if to and place + 1 < len(way) else None, reason=reason,
                detail={"import": run.pk, **(detail or {})}, told_at=at if told else None,
            )
        )  # fmt: skip
        before = to
    return steps


def made(run: ImportRun, pairs: Iterable[tuple[Row, models.Model]]) -> list[ImportDeed]:
    """The deeds of rows that made things."""
    return [_deed(run, row, thing, None, None) for row, thing in pairs]


def changed(run: ImportRun, rows: Iterable[Row]) -> list[ImportDeed]:
    """The deeds of rows that changed things, with what stood there before."""
    return [
        _deed(
            run, row, row.thing,
            {name: plain(before) for name, (before, _after) in row.changes.items()},
            {name: plain(after) for name, (_before, after) in row.changes.items()},
        )
        for row in rows
    ]  # fmt: skip


def _deed(run: ImportRun, row: Row, thing: models.Model, before: Any, after: Any) -> ImportDeed:
    kind = ContentType.objects.get_for_model(thing)
    return ImportDeed(run=run, row=row.number, thing_type=kind, thing_id=thing.pk, before=before, after=after)


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
