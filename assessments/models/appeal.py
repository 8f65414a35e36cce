"""An alliance's objection to one line of its preliminary result, and what the department made of it."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.indicator import Indicator
from assessments.models.scheme import PERCENT, Scheme
from assessments.querysets.year import AppealQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Appeal(Stateful):
    """An appeal (申诉) of an alliance against the points of one indicator, within the term after the rating.

    A superior between may pass it on with its opinion; the department whose scheme it is decides. ``points`` are those
    that the indicator gets where it is upheld: a correction by hand that stands in the working with its reason.
    No result is published while an appeal is open.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("待答复")
        FORWARDED = "forwarded", _("已转报")
        UPHELD = "upheld", _("申诉成立")
        DISMISSED = "dismissed", _("申诉不成立")
        WITHDRAWN = "withdrawn", _("已撤回")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.SUBMITTED: (State.FORWARDED, State.UPHELD, State.DISMISSED, State.WITHDRAWN),
        State.FORWARDED: (State.UPHELD, State.DISMISSED, State.WITHDRAWN),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.SUBMITTED)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="appeals", verbose_name=_("方案"))
    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, related_name="appeals", verbose_name=_("联合体"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="appeals", verbose_name=_("指标"))
    reason = models.TextField(_("申诉理由"))
    before = models.DecimalField(_("申诉时的指标分"), max_digits=5, decimal_places=2, null=True, blank=True)
    opinion = models.TextField(_("转报意见"), blank=True)
    points = models.DecimalField(
        _("更正后的指标分"), max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT
    )
    answer = models.TextField(_("答复"), blank=True)
    raised_at = models.DateTimeField(_("申诉时间"))
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    decided_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("申诉")
        verbose_name_plural = _("申诉")
        ordering = ("-raised_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "alliance", "indicator"], condition=~models.Q(state="withdrawn"),
                name="one_appeal_an_indicator",
            ),
            models.CheckConstraint(
                condition=models.Q(state="upheld", points__isnull=False, points__gte=0, points__lte=100)
                | (~models.Q(state="upheld") & models.Q(points=None)),
                name="upheld_appeal_has_its_points",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("upheld", "dismissed"), decided_by__isnull=False)
                | (~models.Q(state__in=("upheld", "dismissed")) & models.Q(decided_by=None)),
                name="decided_appeal_has_its_judge",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.alliance} · {self.indicator}"

    @property
    def region_id(self) -> str:
        return self.alliance.region_id

    def get_absolute_url(self) -> str:
        return reverse("appeals:detail", args=[self.pk])
