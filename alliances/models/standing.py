"""How alliances stand: points, lines, rewards."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.models.ledger import FundEntry
from alliances.querysets.points import BeltQuerySet, SiteQuerySet
from members.scope import ScopedQuerySet

SOURCES = [(source.value, source.label) for source in FundEntry.SOURCES if source != FundEntry.Kind.POOLED]
"""From where a department grants money: what members pool (各方筹) is theirs to give."""


class DemonstrationSite(models.Model):
    """An alliance designated as a demonstration site (示范点), from ``since`` up to the day before ``until``."""

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="demonstrations")
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    since = models.DateField(_("命名日期"))
    until = models.DateField(_("撤销日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("示范点")
        verbose_name_plural = _("示范点")
        constraints = [
            models.UniqueConstraint(
                fields=["alliance"], condition=models.Q(until=None), name="one_present_demonstration"
            )
        ]

    def __str__(self) -> str:
        return str(self.alliance)


class Belt(models.Model):
    """A belt, route or district (发展带, 红色风景线, 红色片区): alliances strung by place or trade."""

    class Kind(models.TextChoices):
        BELT = "belt", _("发展带")
        ROUTE = "route", _("红色风景线")
        DISTRICT = "district", _("红色片区")

    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices, default=Kind.BELT)
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="belts")
    since = models.DateField(_("命名日期"))
    until = models.DateField(_("撤销日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = BeltQuerySet.as_manager()

    class Meta:
        verbose_name = _("发展带")
        verbose_name_plural = _("发展带")
        ordering = ("region_id", "id")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("belts:detail", args=[self.pk])


class BeltStop(models.Model):
    """An alliance on a belt, in order."""

    belt = models.ForeignKey(Belt, models.CASCADE, related_name="stops")
    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="belt_stops")
    position = models.PositiveSmallIntegerField(_("次序"))

    class Meta:
        verbose_name = _("发展带站点")
        verbose_name_plural = _("发展带站点")
        ordering = ("belt_id", "position")
        constraints = [
            models.UniqueConstraint(fields=["belt", "position"], name="one_stop_a_position"),
            models.UniqueConstraint(fields=["belt", "alliance"], name="one_stop_of_an_alliance"),
        ]

    def __str__(self) -> str:
        return f"{self.belt} · {self.alliance}"


class Reward(models.Model):
    """That an alliance was favoured in policy or funds (政策资金倾斜). Counts on ``granted_on``.

    ``kind`` "" = it was written in words only. Funds say how much and from which source; they stand in the alliance's
    ledger as one line, ``entry``, written in the moment in which the reward took effect.
    """

    class Kind(models.TextChoices):
        POLICY = "policy", _("政策支持")
        FUNDS = "funds", _("资金支持")

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="rewards")
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    granted_on = models.DateField(_("决定日期"))
    what = models.TextField(_("内容"))
    kind = models.CharField(_("方式"), max_length=8, choices=Kind.choices, blank=True)
    amount = models.DecimalField(_("金额（元）"), max_digits=14, decimal_places=2, null=True, blank=True)
    source = models.CharField(_("资金来源"), max_length=16, choices=SOURCES, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("政策资金倾斜")
        verbose_name_plural = _("政策资金倾斜")
        ordering = ("-granted_on", "-id")
        indexes = [models.Index(fields=["region", "granted_on"])]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(kind="funds", amount__gt=0) & ~models.Q(source=""))
                | (~models.Q(kind="funds") & models.Q(amount=None, source="")),
                name="funds_have_an_amount_and_a_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.alliance} {self.granted_on}"
