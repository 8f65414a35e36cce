"""The rule sets that an installation begins with: the general one, and those of the regions that have their own."""

from __future__ import annotations

from pathlib import Path

import yaml
from django.db import transaction

from alliances.models import RuleSet
from members.models import Region

SOURCE = Path(__file__).parent / "data" / "rule_sets.yaml"


@transaction.atomic
def load_rules() -> int:
    """Make the shipped rule sets of regions that exist and have none; returns how many were made. Safe to run twice.

    What a department has changed stays as it is.
    """
    made = 0
    for said in yaml.safe_load(SOURCE.read_text(encoding="utf-8")):
        code = said.pop("region")
        if code is None or Region.objects.filter(pk=code).exists():
            made += RuleSet.objects.get_or_create(region_id=code, defaults=said)[1]
    return made
