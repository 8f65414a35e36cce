"""The rule sets that an installation begins with: the general one, and those of the regions that have their own."""

from __future__ import annotations

from pathlib import Path

import yaml
from django.db import transaction

from alliances.models import ChecklistRow, RuleSet
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
