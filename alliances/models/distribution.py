"""Benefit distribution (利益分配): schemes as data, and what was distributed by them."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.querysets import DistributionQuerySet, DistributionSchemeQuerySet
from members.states import Stateful

PERCENT = (MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100)))


class DistributionScheme(models.Model):
    """How an alliance divides (for example "4421"): parties, shares that sum to 100 %, and what each puts in reserve.

    Never changed: another scheme is drawn up and this one retired, so that what was distributed stays as agreed.
    """

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="schemes", verbose_name=_("联合体"))
    name = models.CharField(_("名称"), max_length=40)
    base = models.CharField(_("分配什么"), max_length=80)
    since = models.DateField(_("启用日期"))
    until = models.DateField(_("停用日期"), null=True, blank=True)
    source = models.CharField(_("出处"), max_length=40, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = DistributionSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("分配方案")
        verbose_name_plural = _("分配方案")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "name"], condition=models.Q(until=None), name="one_present_scheme_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("alliances:distributions", args=[self.alliance_id])


class SchemeShare(models.Model):
    """A party of a scheme: its share, and the part of that share which it puts in the risk reserve, in per cent."""

    scheme = models.ForeignKey(DistributionScheme, models.CASCADE, related_name="shares")
    position = models.PositiveSmallIntegerField(_("次序"))
    party = models.CharField(_("分配对象"), max_length=40)
    percent = models.DecimalField(_("比例"), max_digits=5, decimal_places=2, validators=PERCENT)
    reserve_rate = models.DecimalField(_("计提比例"), max_digits=5, decimal_places=2, default=0, validators=PERCENT)

    class Meta:
        verbose_name = _("分配比例")
        verbose_name_plural = _("分配比例")
        ordering = ("scheme_id", "position")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "position"], name="one_share_a_position"),
            models.UniqueConstraint(fields=["scheme", "party"], name="one_share_of_a_party"),
            models.CheckConstraint(condition=models.Q(percent__gt=0, percent__lte=100), name="share_is_a_part"),
            models.CheckConstraint(
                condition=models.Q(reserve_rate__gte=0, reserve_rate__lte=100), name="reserve_is_a_part_of_the_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.percent}%"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Distribution(Stateful):
    """An amount divided by a scheme on a day. Its lines are computed once, when it is drawn up, and never again.

    The lead draws it up and settles it; in between a member other than the lead confirms it, by another person
    (``confirmed_for``, ``confirmed_by``). Settled, its reserves stand in the ledger. What was settled is not edited:
    the lead asks to take it back, another member agrees, and counter entries take the reserves back.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("待成员确认")
        CONFIRMED = "confirmed", _("待结算")
        SETTLED = "settled", _("已结算")
        REVERSING = "reversing", _("待同意撤回")
        REVERSED = "reversed", _("已撤回")
        CANCELLED = "cancelled", _("已作废")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.DRAFT: (State.CONFIRMED, State.CANCELLED),
        State.CONFIRMED: (State.SETTLED, State.CANCELLED),
        State.SETTLED: (State.REVERSING,),
        State.REVERSING: (State.REVERSED, State.SETTLED),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="distributions", verbose_name=_("联合体"))
    scheme = models.ForeignKey(DistributionScheme, models.PROTECT, related_name="distributions")
    on = models.DateField(_("分配日期"))
    amount = models.DecimalField(_("分配总额"), max_digits=14, decimal_places=2)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    drawn_up_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_for = models.ForeignKey("members.Organization", models.PROTECT, null=True, blank=True, related_name="+")
    settled_on = models.DateField(_("结算日期"), null=True, blank=True)
    reversed_on = models.DateField(_("撤回日期"), null=True, blank=True)
    reversal_asked_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    reversal_reason = models.CharField(_("撤回理由"), max_length=500, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = DistributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("利益分配")
        verbose_name_plural = _("利益分配")
        ordering = ("-on", "-id")
        indexes = [models.Index(fields=["alliance", "on"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="distribution_is_of_something"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("drawn_up_by")),
                name="distribution_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("draft", "cancelled")) | models.Q(confirmed_for__isnull=False),
                name="distribution_goes_on_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.on} {self.amount}"

    def get_absolute_url(self) -> str:
        return reverse("distributions:detail", args=[self.pk])


class DistributionLine(models.Model):
    """What one party gets of a distribution: its share, of which ``reserve`` goes to the risk reserve."""

    distribution = models.ForeignKey(Distribution, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("次序"))
    party = models.CharField(_("分配对象"), max_length=40)
    percent = models.DecimalField(_("比例"), max_digits=5, decimal_places=2)
    reserve_rate = models.DecimalField(_("计提比例"), max_digits=5, decimal_places=2)
    share = models.DecimalField(_("应得"), max_digits=14, decimal_places=2)
    reserve = models.DecimalField(_("计提风险准备金"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("分配明细")
        verbose_name_plural = _("分配明细")
        ordering = ("distribution_id", "position")
        constraints = [models.UniqueConstraint(fields=["distribution", "position"], name="one_line_a_position")]

    def __str__(self) -> str:
        return f"{self.party} {self.share}"

    @property
    def in_hand(self) -> Decimal:
        """What the party takes home."""
        return self.share - self.reserve
