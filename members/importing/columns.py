"""The columns of an import: what a cell must look like, and in words what is wrong with one and how to mend it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
"""Control characters, zero-width and direction marks, half characters: names that look alike and are not."""

IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?")
CODE = re.compile(r"[0-9A-Za-z_.\-]{1,32}")
SEPARATORS = re.compile(r"[;；,，、\s]+")


class Bad(Exception):
    """A cell that cannot be taken: what is wrong, and how to mend it."""

    def __init__(self, wrong: Any, mend: Any) -> None:
        super().__init__(str(wrong))
        self.wrong, self.mend = wrong, mend


Parser = Callable[[str, "Column"], Any]


def text(cell: str, column: Column) -> str:
    """Words in one line; :func:`words` for several."""
    if "\n" in cell or "\r" in cell or "\t" in cell:
        raise Bad(_("单元格里有换行"), _("写在一行里"))
    return words(cell, column)


def words(cell: str, column: Column) -> str:
    if INVISIBLE.search(cell):
        raise Bad(_("含有看不见的特殊字符"), _("删去这一格，用键盘重新输入"))
    if len(cell) > column.longest:
        raise Bad(
            _("有 %(length)s 个字，太长") % {"length": len(cell)}, _("不超过 %(most)s 个字") % {"most": column.longest}
        )
    return cell.replace("\r\n", "\n")


def code(cell: str, column: Column) -> str:
    """A code in ASCII; fullwidth digits are read as the digits that they are."""
    plain = unicodedata.normalize("NFKC", cell)
    if not CODE.fullmatch(plain) or len(plain) > column.longest:
        raise Bad(_("不是代码"), _("只用数字、字母和短横线，不超过 %(most)s 位") % {"most": column.longest})
    return plain


def codes(cell: str, column: Column) -> tuple[str, ...]:
    """Several codes, each once, in order."""
    return tuple(sorted({code(part, column) for part in SEPARATORS.split(cell) if part}))


def day(cell: str, column: Column) -> date:
    plain = unicodedata.normalize("NFKC", cell)
    found = DAY.fullmatch(plain) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", plain)
    try:
        value = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        value = None
    if value is None or not 1921 <= value.year <= 2200:
        raise Bad(_("不是日期"), _("写成 2019-03-01 这样的日期"))
    return value


def number(cell: str, column: Column) -> int:
    plain = unicodedata.normalize("NFKC", cell)
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 4):
        raise Bad(_("不是整数"), _("写成 1 至 9999 的整数"))
    return int(plain)


def truth(cell: str, column: Column) -> bool:
    known = {"是": True, "否": False, "1": True, "0": False, "yes": True, "no": False}
    if cell.lower() not in known:
        raise Bad(_("只能填是或否"), _("填“是”或“否”"))
    return known[cell.lower()]


def chosen(cell: str, column: Column) -> str:
    """A choice by its word, its value or one of the synonyms."""
    known = column.known
    plain = unicodedata.normalize("NFKC", cell).replace(" ", "")
    if plain not in known:
        raise Bad(_("没有这个选项"), _("从这些里选：%(words)s") % {"words": "、".join(column.words)})
    return known[plain]


def chosen_many(cell: str, column: Column) -> tuple[str, ...]:
    return tuple(sorted({chosen(part, column) for part in SEPARATORS.split(cell) if part}))


@dataclass(frozen=True)
class Column:
    """One column. ``key`` in the row's values, ``label`` in the heading; ``help`` on the explaining sheet.

    ``shown`` columns are written by exports and passed over by imports. ``empty`` is the value of an empty cell.
    """

    key: str
    label: Any
    help: Any = ""
    required: bool = False
    parse: Parser = text
    longest: int = 120
    choices: type[models.TextChoices] | None = None
    synonyms: Mapping[str, str] = field(default_factory=dict)
    empty: Any = ""
    shown: bool = False
    example: str = ""

    @cached_property
    def words(self) -> Sequence[str]:
        """The choices as the template offers them."""
        return [str(label) for label in self.choices.labels] if self.choices else []

    @cached_property
    def known(self) -> dict[str, str]:
        """Every way to write a choice -> its value."""
        if self.choices is None:
            return {}
        by_label = {str(label).replace(" ", ""): str(value) for value, label in self.choices.choices}
        return {**self.synonyms, **by_label, **{str(value): str(value) for value in self.choices.values}}

    @cached_property
    def labels(self) -> dict[Any, str]:
        """What an export writes for each choice."""
        return {value: str(label) for value, label in self.choices.choices} if self.choices else {}

    def written(self, value: Any) -> Any:
        """The value as an export writes it, so that ``parse`` reads it back."""
        if value is None or value == "" or value == ():
            return ""
        if isinstance(value, bool):
            return str(_("是") if value else _("否"))
        if isinstance(value, tuple | list):
            return "；".join(str(self.written(part)) for part in value)
        if self.choices:
            return self.labels[value]
        return value if isinstance(value, int) else str(value)


def letter(place: int) -> str:
    """0 -> A, 26 -> AA: the name of a column in a spreadsheet."""
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


def holds_identity_number(cell: str, strict: bool) -> bool:
    """Whether 18 digits stand in the cell; unless ``strict`` only such as really are an identity number."""
    plain = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", cell))
    found = IDENTITY.search(plain)
    return bool(found) and (strict or is_identity_number(found.group()))  # type: ignore[union-attr]


def is_identity_number(number: str) -> bool:
    """By its birthday and its check digit (ISO 7064 MOD 11-2): other codes have 18 digits too."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
    return born.year >= 1900 and "10X98765432"[total % 11] == number[17].upper()
