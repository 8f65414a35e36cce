"""What schemes and their supplements share: rows of indicators, written, copied and weighed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments import scoring
from assessments.models import Indicator, Scheme, Supplement
from members.models import Approval
from members.querysets import ApprovalQuerySet

Row = dict[str, Any]
"""Field of Indicator -> value."""

COPIED = (
    "position", "group", "name", "weight", "source", "metric", "rule", "zero_at", "full_at", "steps", "standard",
)  # fmt: skip

STANDARD: tuple[Row, ...] = (
    {"group": "作用发挥", "name": "问题解决率", "weight": Decimal(40), "source": "metric", "metric": "solve_rate",
     "zero_at": Decimal(0), "full_at": Decimal("0.95"), "standard": "提出的问题中经提出单位确认解决的比例"},
    {"group": "作用发挥", "name": "解决用时", "weight": Decimal(10), "source": "metric",
     "metric": "median_days_to_solve", "rule": "step", "standard": "从提出到确认的天数中位数，少者为优",
     "steps": [{"at": "60", "points": "40"}, {"at": "30", "points": "70"}, {"at": "10", "points": "100"}]},
    {"group": "多方评价", "name": "成员评价", "weight": Decimal(30), "source": "members",
     "standard": "成员党组织对联合体作用发挥的评价，互不可见"},
    {"group": "多方评价", "name": "上级评价", "weight": Decimal(20), "source": "superior",
     "standard": "上级党组织对联合体工作的评价"},
)  # fmt: skip
"""The indicators that a region's first scheme begins with, to be edited."""


def copied(sheet: Scheme | Supplement) -> list[Row]:
    """The rows of a sheet, to begin another one with."""
    return list(sheet.indicators.values(*COPIED))


def write(sheet: Scheme | Supplement, rows: Sequence[Row]) -> None:
    """The sheet has exactly these indicators. Raises ValidationError that names the row."""
    of = "scheme" if isinstance(sheet, Scheme) else "supplement"
    sheet.indicators.all().delete()
    for position, row in enumerate(rows):
        steps = [{name: plain(value) for name, value in step.items()} for step in row.get("steps") or ()]
        indicator = Indicator(**{of: sheet, "position": position, **row, "steps": steps})
        try:
            indicator.full_clean()
        except ValidationError as invalid:
            raise ValidationError([f"{row.get('name', '')}：{message}" for message in invalid.messages]) from invalid
        indicator.save()


def plain(value: Any) -> str:
    """A number as JSON keeps it exactly: without an exponent or needless zeros."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) and value.is_finite() else str(value)


def weigh_100_or_refuse(sheet: Scheme | Supplement) -> None:
    """Raises ValidationError unless the weights of the leaves sum to 100."""
    total = sum(sheet.indicators.values_list("weight", flat=True), Decimal(0))
    if total != scoring.WHOLE:
        words = _("各指标权重之和应为 100，现在是 %(total)s。")
        raise ValidationError(words % {"total": plain(total)}, code="weights")


def pending_on(thing: Any) -> ApprovalQuerySet:
    """The verbs on the thing that are waiting for another person."""
    kind = ContentType.objects.get_for_model(thing)
    found: ApprovalQuerySet = Approval.objects.pending().filter(thing_type=kind, thing_id=thing.pk)
    return found
