"""Lists (清单) that an alliance draws up for a period, and the signatures under them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from listings.querysets import ListingQuerySet
from members.states import Stateful


class Kind(models.TextChoices):
    """四类清单. Chifeng 2018 used the first three, Chifeng 2019 problem, supply-demand and project."""

    PROBLEM = "problem", _("问题清单")
    RESOURCE = "resource", _("资源清单")
    SUPPLY_DEMAND = "supply_demand", _("供需清单")
    PROJECT = "project", _("项目清单")


KIND_TAGS = {
    Kind.PROBLEM: _("问题"),
    Kind.RESOURCE: _("资源"),
    Kind.SUPPLY_DEMAND: _("供需"),
    Kind.PROJECT: _("项目"),
}

LAST_MONTH = timedelta(days=31)
SETS: dict[str, tuple[Kind, ...]] = {
    "resource": (Kind.PROBLEM, Kind.RESOURCE, Kind.SUPPLY_DEMAND),
    "project": (Kind.PROBLEM, Kind.SUPPLY_DEMAND, Kind.PROJECT),
}
"""The three lists (三清单) of a period, by the ``list_set`` of the region's rules: Chifeng's of 2018 and of 2019."""


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Listing(Stateful):
    """A list of an alliance for a period. Signed (签订) it is frozen: later needs join as addenda.

    Signed when the lead has signed and all other current members have, or when the silence term of the rule set
    has passed since the lead's signature. A new ``version`` points to the one before it and counts no second time.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("拟定中")
        SIGNING = "signing", _("会签中")
        SIGNED = "signed", _("已签订")
        SUPERSEDED = "superseded", _("已有新版")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.DRAFT: (State.SIGNING, State.SIGNED),
        State.SIGNING: (State.SIGNED, State.DRAFT),
        State.SIGNED: (State.SUPERSEDED,),
    }

    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.DRAFT)
    alliance = models.ForeignKey(
        "alliances.Alliance", models.PROTECT, related_name="listings", verbose_name=_("联合体"), db_index=False
    )
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("类别"), max_length=14, choices=Kind.choices)
    period_from = models.DateField(_("起"))
    period_to = models.DateField(_("止"))
    version = models.PositiveSmallIntegerField(_("版本"), default=1)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next", verbose_name=_("上一版")
    )
    lead_signed_on = models.DateField(_("牵头签署日期"), null=True, blank=True)
    signed_on = models.DateField(_("签订日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    created_at = models.DateTimeField(_("创建时间"))
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("清单")
        verbose_name_plural = _("清单")
        ordering = ("-period_from", "-id")
        indexes = [
            models.Index(fields=["region", "signed_on"]),
            models.Index(fields=["alliance", "kind", "period_from"]),
            models.Index(fields=["signed_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period_to__gte=models.F("period_from")), name="listing_period_runs_forward"
            ),
            models.UniqueConstraint(fields=["alliance", "kind", "period_from", "version"], name="one_listing_a_period"),
            models.CheckConstraint(
                condition=~models.Q(state__in=("signed", "superseded")) | models.Q(signed_on__isnull=False),
                name="signed_listing_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alliance}{self.period_label}{self.get_kind_display()}"

    @property
    def frozen(self) -> bool:
        """Signed: only addenda may join."""
        return self.state in {self.State.SIGNED, self.State.SUPERSEDED}

    def ends_soon(self, day: date) -> bool:
        """Whether the period is in its last month on that day, or over: what is unfinished may go on into the next."""
        return self.period_to - day <= LAST_MONTH

    @property
    def period_label(self) -> str:
        """A half-year in words, any other period by its two days."""
        if (self.period_from.month, self.period_from.day, self.period_to.month) in {(1, 1, 6), (7, 1, 12)}:
            half = _("上半年") if self.period_from.month == 1 else _("下半年")
            return f"{self.period_from.year}年{half}"
        return f"{self.period_from:%Y-%m-%d}至{self.period_to:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("listings:detail", args=[self.pk])


class Signature(models.Model):
    """A member's signature under a list; ``silent`` where the silence term stood in for it."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="signatures")
    organization = models.ForeignKey("members.Organization", models.PROTECT, related_name="signatures")
    signed_on = models.DateField(_("签署日期"))
    silent = models.BooleanField(_("逾期视为同意"), default=False)
    by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("签署")
        verbose_name_plural = _("签署")
        ordering = ("signed_on", "id")
        constraints = [models.UniqueConstraint(fields=["listing", "organization"], name="one_signature_a_member")]

    def __str__(self) -> str:
        return f"{self.organization} {self.signed_on}"
