"""What an operator loads: the rule sets that an installation begins with, and later years' notices on holidays."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml
from django.db import transaction

from alliances.models import ChecklistRow, Holiday, RuleSet
from members.models import Region

SOURCE = Path(__file__).parent / "data" / "rule_sets.yaml"


@transaction.atomic
def load_rules() -> int:
    """Make the shipped rule sets of regions that exist and have none; returns how many were made. Safe to run twice.

    What a department has changed stays as it is.
    """
    made = 0
    for said in yaml.safe_load(SOURCE.read_text(encoding="utf-8")):
        code, groups = said.pop("region"), said.pop("checklist", {})
        if code is None or Region.objects.filter(pk=code).exists():
            new = RuleSet.objects.get_or_create(region_id=code, defaults=said)[1]
            if new:
                _lay_out(code, groups)
            made += new
    return made


def _lay_out(code: str, groups: dict[str, int]) -> None:
    """The rows of a checklist without their words, unless the region has one already."""
    if not ChecklistRow.objects.filter(region=code).exists():
        labels = [group for group, rows in groups.items() for _ in range(rows)]
        ChecklistRow.objects.bulk_create(
            ChecklistRow(region_id=code, group=group, position=position) for position, group in enumerate(labels, 1)
        )


WORKING = {"1": True, "上班": True, "0": False, "放假": False}
NAME = re.compile(r"[^\x00-\x1f\x7f]{1,40}")


@dataclass
class Loaded:
    """What a file of holidays brought: how many rows are new or changed, and what is wrong, by line."""

    rows: dict[date, Holiday] = field(default_factory=dict)
    written: int = 0
    bad: list[str] = field(default_factory=list)


@transaction.atomic
def load_holidays(path: Path) -> Loaded:
    """Take the days of a notice (``day,name,working``) into the calendar; the good rows also where others are bad.

    ``working`` is 1 or 上班 for a make-up day, 0 or 放假 for a day off. Safe to run twice; a later file corrects an
    earlier one. Raises ValueError for what is no such file at all.
    """
    loaded = Loaded()
    for number, words in _lines(path):
        _take(number, words, loaded)
    known = {holiday.day: holiday for holiday in Holiday.objects.filter(day__in=loaded.rows)}
    fresh = [new for day, new in loaded.rows.items() if not _same(new, known.get(day))]
    Holiday.objects.bulk_create(fresh, update_conflicts=True, unique_fields=["day"], update_fields=["name", "working"])
    loaded.written = len(fresh)
    return loaded


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows by their line; UTF-8, or GB18030 as a spreadsheet in Chinese writes it."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    reader = csv.DictReader(text.splitlines())
    if not {"day", "name", "working"} <= set(reader.fieldnames or ()):
        raise ValueError("the first line must name the columns: day,name,working")
    for words in reader:
        yield reader.line_num, {name: (words[name] or "").strip() for name in ("day", "name", "working")}


def _take(number: int, words: dict[str, str], loaded: Loaded) -> None:
    try:
        day = date.fromisoformat(words["day"])
    except ValueError:
        loaded.bad.append(f"line {number}: {words['day']!r} is no day (YYYY-MM-DD)")
        return
    before = loaded.rows.get(day)
    if words["working"] not in WORKING:
        loaded.bad.append(f"line {number}: {words['working']!r} is neither 1 (上班) nor 0 (放假)")
    elif not NAME.fullmatch(words["name"]):
        loaded.bad.append(f"line {number}: the name must have 1 to 40 characters")
    elif before is not None and before.working != WORKING[words["working"]]:
        loaded.bad.append(f"line {number}: {day} stands in the file twice, off and worked")
    else:
        loaded.rows[day] = Holiday(day=day, name=words["name"], working=WORKING[words["working"]])


def _same(one: Holiday, other: Holiday | None) -> bool:
    return other is not None and (one.name, one.working) == (other.name, other.working)
