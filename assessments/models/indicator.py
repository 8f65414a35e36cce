"""By what a scheme assesses: a tree of two levels whose leaves weigh 100 together."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from assessments.models.scheme import PERCENT
from assessments.outcomes import LESS_IS_BETTER, NAMED, OUTCOMES, effort_in
from assessments.querysets import IndicatorQuerySet

GROUPS = ("members", "superior", "masses")
"""The sources that are a group of raters."""


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Indicator(models.Model):
    """A leaf (二级指标) of a scheme's tree, or of a region's supplement to it, with its weight.

    ``group`` names its first-level indicator (一级指标), whose weight is the sum of its leaves; empty: it stands on
    the first level itself. What is found comes from the system, from a group of raters, or from the department,
    which gives each alliance its points with a reason. A computed value becomes points by ``rule``:

    - linear: 0 at ``zero_at``, 100 at ``full_at``, in proportion between;
    - threshold: 100 at ``full_at`` or beyond, else 0;
    - step: the points of the furthest step reached, 0 before the first. ``steps`` holds ``{"at", "points"}`` as
      decimal strings, from the easiest to the hardest.

    Of the outcomes in ``LESS_IS_BETTER`` "beyond" means less. ``rule`` says nothing beside another source.
    """

    class Source(models.TextChoices):
        METRIC = "metric", _("系统计算")
        MEMBERS = "members", _("成员评价")
        SUPERIOR = "superior", _("上级评价")
        MASSES = "masses", _("群众评价")
        MANUAL = "manual", _("部门评分")

    class Rule(models.TextChoices):
        LINEAR = "linear", _("按比例")
        THRESHOLD = "threshold", _("达标")
        STEP = "step", _("分档")

    scheme = models.ForeignKey(
        "assessments.Scheme", models.CASCADE, null=True, blank=True, related_name="indicators", verbose_name=_("方案")
    )
    supplement = models.ForeignKey(
        "assessments.Supplement", models.CASCADE, null=True, blank=True, related_name="indicators",
        verbose_name=_("补充方案"),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    group = models.CharField(_("一级指标"), max_length=40, blank=True)
    name = models.CharField(_("指标"), max_length=40)
    weight = models.DecimalField(_("权重"), max_digits=5, decimal_places=2, validators=PERCENT)
    source = models.CharField(_("来源"), max_length=10, choices=Source.choices)
    metric = models.CharField(_("计算指标"), max_length=40, blank=True)
    rule = models.CharField(_("计分方式"), max_length=10, choices=Rule.choices, default=Rule.LINEAR)
    zero_at = models.DecimalField(_("零分值"), max_digits=12, decimal_places=4, null=True, blank=True)
    full_at = models.DecimalField(_("满分值"), max_digits=12, decimal_places=4, null=True, blank=True)
    steps = models.JSONField(_("分档"), default=list, blank=True)
    standard = models.CharField(_("评分标准"), max_length=200, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("考核指标")
        verbose_name_plural = _("考核指标")
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(scheme__isnull=False, supplement__isnull=True)
                | Q(scheme__isnull=True, supplement__isnull=False),
                name="indicator_stands_on_one_sheet",
            ),
            models.CheckConstraint(condition=Q(weight__gt=0, weight__lte=100), name="indicator_weighs_something"),
            models.CheckConstraint(
                condition=Q(source="metric", metric__in=OUTCOMES) | (~Q(source="metric") & Q(metric="")),
                name="indicator_is_an_outcome_or_an_opinion",
            ),
            models.CheckConstraint(
                condition=~Q(source="metric")
                | (
                    Q(rule="linear", zero_at__isnull=False, full_at__isnull=False)
                    & ~Q(zero_at=models.F("full_at"))
                )
                | Q(rule="threshold", full_at__isnull=False)
                | (Q(rule="step") & ~Q(steps=[])),
                name="computed_indicator_has_its_rule",
            ),
            *(
                models.UniqueConstraint(
                    fields=[sheet, "source"], condition=Q(source__in=GROUPS), name=f"one_{sheet}_row_a_rater_group"
                )
                for sheet in ("scheme", "supplement")
            ),
            *(
                models.UniqueConstraint(
                    fields=[sheet, "metric"], condition=Q(source="metric"), name=f"one_{sheet}_row_an_outcome"
                )
                for sheet in ("scheme", "supplement")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def falls(self) -> bool:
        """Whether less is better."""
        return self.metric in LESS_IS_BETTER

    def clean(self) -> None:
        """No count of effort by key or by words; a rule that gives more points for a better value."""
        self.group, self.name = self.group.strip(), self.name.strip()
        refuse_effort(self.metric, self.group, self.name, self.standard)
        if self.source == self.Source.METRIC and self.rule in self.Rule:
            _RULES[self.Rule(self.rule)](self)


def refuse_effort(metric: str, group: str, name: str, standard: str) -> None:
    """Raises ValidationError with the named id where an indicator counts effort or use, by its key or its words."""
    if metric and metric not in OUTCOMES:
        words = _said("“%(key)s”不是结果类指标，不能用于考核（%(id)s）。")
        raise ValidationError({"metric": words % {"key": metric, "id": NAMED}})
    for field, text in (("group", group), ("name", name), ("standard", standard)):
        word = effort_in(text)
        if word:
            words = _said("“%(word)s”属于次数、时长、留痕或排名，不能作为考核指标，请改为结果类指标（%(id)s）。")
            raise ValidationError({field: words % {"word": word, "id": NAMED}})


def _linear(indicator: Indicator) -> None:
    zero, full = indicator.zero_at, indicator.full_at
    _needed(indicator, "zero_at", "full_at")
    if zero is not None and full is not None and (full >= zero if indicator.falls else full <= zero):
        words = _said("这个指标少者为优，满分值应小于零分值。") if indicator.falls else _said("满分值应大于零分值。")
        raise ValidationError({"full_at": words})


def _threshold(indicator: Indicator) -> None:
    _needed(indicator, "full_at")


def _steps(indicator: Indicator) -> None:
    """From the easiest to the hardest, each worth more than the one before."""
    try:
        steps = [(Decimal(step["at"]), Decimal(step["points"])) for step in indicator.steps]
    except (ArithmeticError, KeyError, TypeError, ValueError) as odd:
        raise ValidationError({"steps": _said("每一档要写明达到的数值和得分。")}) from odd
    if not steps:
        raise ValidationError({"steps": _said("分档计分至少要有一档。")})
    if any(not (value.is_finite() and 0 <= points <= 100) for value, points in steps):
        raise ValidationError({"steps": _said("每一档的得分在 0 到 100 之间。")})
    for (value, points), (further, more) in pairwise(steps):
        if more <= points or (further >= value if indicator.falls else further <= value):
            raise ValidationError({"steps": _said("各档应由易到难，越难得分越高。")})


def _needed(indicator: Indicator, *names: str) -> None:
    missing: dict[str, Any] = {
        name: _said("系统计算的指标需要这一项。") for name in names if getattr(indicator, name) is None
    }
    if missing:
        raise ValidationError(missing)


_RULES = {
    Indicator.Rule.LINEAR: _linear,
    Indicator.Rule.THRESHOLD: _threshold,
    Indicator.Rule.STEP: _steps,
}
