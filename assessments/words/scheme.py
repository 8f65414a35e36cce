"""Rules of indicators in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Indicator
from assessments.outcomes import LESS_IS_BETTER
from assessments.scoring import rule_of
from assessments.words import figure, label_of

OF_SOURCE = {
    "members": gettext_lazy("各成员评分的平均，三家起计"),
    "superior": gettext_lazy("上级党组织的评分"),
    "masses": gettext_lazy("群众评分的平均，三人起计"),
    "manual": gettext_lazy("组织部门逐个评分，写明理由"),
}


def rule_said(line: Mapping[str, Any]) -> str:
    """The rule of a line of a working, or of an indicator's :func:`rule_of`; linear where none is named."""
    key = line["metric"]
    falls = key in LESS_IS_BETTER
    rule = line.get("rule", Indicator.Rule.LINEAR)
    if rule == Indicator.Rule.STEP:
        words = _("不超过 %(at)s 记 %(points)s 分") if falls else _("达到 %(at)s 记 %(points)s 分")
        steps = [words % {"at": figure(key, step["at"]), "points": step["points"]} for step in line["steps"]]
        return "，".join([*steps, _("其余 0 分")])
    if rule == Indicator.Rule.THRESHOLD:
        words = _("不超过 %(at)s 记满分，否则 0 分") if falls else _("达到 %(at)s 记满分，否则 0 分")
        return words % {"at": figure(key, line["full_at"])}
    words = _("%(zero)s 记 0 分，%(full)s 记满分，其间按比例")
    return words % {"zero": figure(key, line["zero_at"]), "full": figure(key, line["full_at"])}


def scored_by(indicator: Indicator) -> str:
    """How an indicator is scored, in words."""
    if indicator.source == Indicator.Source.METRIC:
        return f"{label_of(indicator.metric)}：{rule_said(rule_of(indicator))}"
    return str(OF_SOURCE[indicator.source])
