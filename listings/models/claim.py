"""Claims (认领): which organisation has taken on an item, and how far it has come."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from listings.models.item import Item
from listings.querysets import ClaimQuerySet
from members.states import Stateful

HOLDING = models.Q(state__in=("offered", "claimed", "in_hand", "finished"))
IN_LINE = HOLDING | models.Q(state="waiting")


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Claim(Stateful):
    """A member organisation's claim on an item, or its place in the waiting line (候补) for one.

    Offered, or at work, it holds ``slot`` (1..capacity): the last wall against one claimant too many is the unique
    index on it. At most one lead. Who waits stands in the order of ids, and wishes for ``role`` ("" = any); a place
    that becomes free is offered to the first whom it suits, until ``offered_until``.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("候补中")
        OFFERED = "offered", _("待接受名额")
        CLAIMED = "claimed", _("已认领")
        IN_HAND = "in_hand", _("办理中")
        FINISHED = "finished", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        RELEASED = "released", _("已退出")
        DECLINED = "declined", _("放弃候补")
        LAPSED = "lapsed", _("候补失效")

    class Role(models.TextChoices):
        LEAD = "lead", _("牵头办理")
        ASSIST = "assist", _("协同参与")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.WAITING: (State.OFFERED, State.DECLINED, State.LAPSED),
        State.OFFERED: (State.CLAIMED, State.DECLINED, State.LAPSED),
        State.CLAIMED: (State.IN_HAND, State.FINISHED, State.RELEASED),
        State.IN_HAND: (State.FINISHED, State.RELEASED),
        State.FINISHED: (State.CONFIRMED, State.IN_HAND),
        State.CONFIRMED: (State.FINISHED,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.CLAIMED)
    item = models.ForeignKey(Item, models.PROTECT, related_name="claims", verbose_name=_("事项"))
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="claims", verbose_name=_("认领单位"), db_index=False
    )
    role = models.CharField(_("认领方式"), max_length=8, choices=Role.choices, blank=True)
    slot = models.PositiveSmallIntegerField(null=True)
    offered_until = models.DateTimeField(_("接受期限"), null=True, blank=True)
    promised_on = models.DateField(_("承诺办结日期"), null=True, blank=True)
    support = models.TextField(_("可提供的支持"), blank=True)
    claimed_at = models.DateTimeField(_("认领时间"))
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    outcome = models.TextField(_("办理结果"), blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("认领")
        verbose_name_plural = _("认领")
        ordering = ("claimed_at", "id")
        indexes = [
            models.Index(fields=["organization", "state"]),
            models.Index(fields=["offered_until"], condition=models.Q(state="offered"), name="offer_term"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["item", "slot"], condition=HOLDING, name="one_claim_a_place"),
            models.UniqueConstraint(
                fields=["item", "organization"], condition=IN_LINE, name="one_claim_an_organization"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=HOLDING & models.Q(role="lead"), name="one_lead_an_item"
            ),
            models.CheckConstraint(
                condition=~HOLDING | (models.Q(slot__isnull=False) & ~models.Q(role="")), name="holder_has_a_place"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="offered") | models.Q(offered_until__isnull=False), name="offer_has_its_term"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.item}"

    @property
    def region_id(self) -> str:
        """Where it stands: with its item."""
        return self.item.region_id

    def get_absolute_url(self) -> str:
        return reverse("claims:detail", args=[self.pk])


class Progress(models.Model):
    """A report of progress (进展) on a claim, in words; evidence is never needed."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reports")
    text = models.TextField(_("进展"))
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("进展")
        verbose_name_plural = _("进展")
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.text[:40]
