"""Claims (认领): which organisation has taken on an item, and how far it has come."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from listings.models.item import Item
from listings.querysets import ClaimQuerySet
from members.states import Stateful

ACTIVE = models.Q(state__in=("claimed", "in_hand", "finished"))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Claim(Stateful):
    """A member organisation's claim on an item. While active it holds ``slot`` (1..capacity): the last wall against
    one claimant too many is the unique index on it. At most one lead."""

    class State(models.TextChoices):
        CLAIMED = "claimed", _("已认领")
        IN_HAND = "in_hand", _("办理中")
        FINISHED = "finished", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        RELEASED = "released", _("已退出")

    class Role(models.TextChoices):
        LEAD = "lead", _("牵头办理")
        ASSIST = "assist", _("协同参与")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.CLAIMED: (State.IN_HAND, State.FINISHED, State.RELEASED),
        State.IN_HAND: (State.FINISHED, State.RELEASED),
        State.FINISHED: (State.CONFIRMED, State.IN_HAND),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.CLAIMED)
    item = models.ForeignKey(Item, models.PROTECT, related_name="claims", verbose_name=_("事项"))
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="claims", verbose_name=_("认领单位")
    )
    role = models.CharField(_("认领方式"), max_length=8, choices=Role.choices)
    slot = models.PositiveSmallIntegerField()
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
        indexes = [models.Index(fields=["organization", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["item", "slot"], condition=ACTIVE, name="one_claim_a_place"),
            models.UniqueConstraint(
                fields=["item", "organization"], condition=ACTIVE, name="one_claim_an_organization"
            ),
            models.UniqueConstraint(fields=["item"], condition=ACTIVE & models.Q(role="lead"), name="one_lead_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.item}"


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
