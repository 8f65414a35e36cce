"""Money of an alliance: two ledgers that are only ever written on, a signed amount a line."""

from __future__ import annotations

from decimal import Decimal

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.activity import Activity
from alliances.models.alliance import Alliance
from alliances.models.distribution import Distribution
from alliances.querysets import LedgerQuerySet


class Entry(models.Model):
    """A line of a ledger: what came in is above zero, what went out below.

    Nothing is edited: a wrong line is taken back by a counter entry (冲销) of the same amount with the other sign,
    which names it in ``reverses`` and says why; both stay visible. The balance is always computed.
    """

    on = models.DateField(_("日期"))
    amount = models.DecimalField(_("金额"), max_digits=14, decimal_places=2)
    reason = models.CharField(_("冲销理由"), max_length=500, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def size(self) -> Decimal:
        """The amount without its sign."""
        return abs(self.amount)

    @property
    def out(self) -> Decimal:
        """What went out by this line: above zero, below for what came back."""
        return -self.amount

    @property
    def is_counter(self) -> bool:
        return self.reverses_id is not None  # type: ignore[attr-defined]

    @property
    def is_reversed(self) -> bool:
        return hasattr(self, "reversed_by")


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class FundEntry(Entry):
    """A line of an alliance's funds (经费): from one of three sources, or spent for a purpose.

    A counter entry keeps the kind of the line that it takes back, so that each source's total is right by itself.
    """

    class Kind(models.TextChoices):
        SUPERIOR_GRANT = "superior_grant", _("上级拨")
        POOLED = "pooled", _("各方筹")
        DUES = "dues", _("党费补")
        SPENDING = "spending", _("支出")

    SOURCES = (Kind.SUPERIOR_GRANT, Kind.POOLED, Kind.DUES)

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="funds", verbose_name=_("联合体"))
    kind = models.CharField(_("类别"), max_length=16, choices=Kind.choices)
    member = models.ForeignKey(
        "members.Organization", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("出资成员")
    )
    purpose = models.CharField(_("用途"), max_length=120, blank=True)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="spending", verbose_name=_("用于活动")
    )
    document = models.CharField(_("凭证"), max_length=80, blank=True)
    reward = models.OneToOneField(
        "alliances.Reward", models.PROTECT, null=True, blank=True, related_name="entry", verbose_name=_("政策资金倾斜")
    )

    class Meta:
        verbose_name = _("经费")
        verbose_name_plural = _("经费")
        ordering = ("-on", "-id")
        indexes = [models.Index(fields=["alliance", "on", "id"])]
        constraints = [
            models.CheckConstraint(condition=~models.Q(amount=0), name="fund_entry_is_not_nothing"),
            models.CheckConstraint(
                condition=models.Q(reverses__isnull=False)
                | models.Q(kind="spending", amount__lt=0)
                | (~models.Q(kind="spending") & models.Q(amount__gt=0)),
                name="funds_come_in_above_zero",
            ),
            models.CheckConstraint(
                condition=models.Q(member=None) | models.Q(kind="pooled"), name="only_pooled_funds_come_from_a_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.size}"

    def get_absolute_url(self) -> str:
        return reverse("alliances:funds", args=[self.alliance_id])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ReserveEntry(Entry):
    """A line of an alliance's risk reserve (风险准备金): put in by a settled distribution, taken out for a reason.

    ``distribution`` None = taken out by hand; ``party`` who put it in.
    """

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="reserve", verbose_name=_("联合体"))
    distribution = models.ForeignKey(Distribution, models.PROTECT, null=True, blank=True, related_name="reserve")
    party = models.CharField(_("计提方"), max_length=40, blank=True)
    purpose = models.CharField(_("用途"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("风险准备金")
        verbose_name_plural = _("风险准备金")
        ordering = ("-on", "-id")
        indexes = [models.Index(fields=["alliance", "on", "id"])]
        constraints = [models.CheckConstraint(condition=~models.Q(amount=0), name="reserve_entry_is_not_nothing")]

    def __str__(self) -> str:
        return f"{self.purpose or self.party} {self.size}"

    def get_absolute_url(self) -> str:
        return reverse("alliances:reserve", args=[self.alliance_id])
