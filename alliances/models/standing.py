"""How alliances stand: points, lines, orders to rectify, rewards."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.models.ledger import FundEntry
from alliances.querysets.points import BeltQuerySet, SiteQuerySet
from members.scope import ScopedQuerySet

SOURCES = [(source.value, source.label) for source in FundEntry.SOURCES]


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


class Rectification(models.Model):
    """An order to put an alliance's house in order (规范整顿): a term, measures, a re-check.

    Counts on ``ordered_on``, the day of the second person's approval. ``recheck_on`` is the day that was set for the
    re-check; None = once the term is over.
    """

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="rectifications")
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    ordered_on = models.DateField(_("下达日期"))
    due_on = models.DateField(_("整顿期限"))
    recheck_on = models.DateField(_("复核日"), null=True, blank=True)
    reason = models.TextField(_("理由"))
    measures = models.TextField(_("整顿措施"), blank=True)
    ended_on = models.DateField(_("复核日期"), null=True, blank=True)
    passed = models.BooleanField(_("复核通过"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("规范整顿")
        verbose_name_plural = _("规范整顿")
        ordering = ("-ordered_on", "-id")
        indexes = [models.Index(fields=["region", "ordered_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance"], condition=models.Q(ended_on=None), name="one_present_rectification"
            )
        ]

    def __str__(self) -> str:
        return f"{self.alliance} {self.ordered_on}"


class Reward(models.Model):
    """That an alliance was favoured in policy or funds (政策资金倾斜). Counts on ``granted_on``.

    ``kind`` "" = it was written in words only. Funds say how much and from which of the three sources.
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
