"""Disputes (争议): claimant and asker do not agree whether it is done, and the organisation above decides."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from listings.models.item import Item
from listings.querysets.dispute import DisputeQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Dispute(Stateful):
    """What one side puts before the supervising organisation of the alliance, and its ruling (裁定) with the reason.

    ``ground`` is why it could be raised: sent back twice, or no answer within the region's term after it was done.
    An item has one open dispute at most. It ends by itself where the two agree meanwhile (*settled*). A ruling that it
    is done is carried out with the confirmation: the asker's, or one given for the asker.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待裁定")
        RULED_DONE = "ruled_done", _("裁定已办成")
        CARRIED_OUT = "carried_out", _("裁定已落实")
        RULED_BACK = "ruled_back", _("裁定继续办理")
        RULED_OUT = "ruled_out", _("裁定退出认领")
        SETTLED = "settled", _("已自行解决")
        WITHDRAWN = "withdrawn", _("已撤回")

    class Ground(models.TextChoices):
        SENT_BACK = "sent_back", _("两次退回重办")
        UNANSWERED = "unanswered", _("逾期未确认")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.OPEN: (State.RULED_DONE, State.RULED_BACK, State.RULED_OUT, State.SETTLED, State.WITHDRAWN),
        State.RULED_DONE: (State.CARRIED_OUT, State.SETTLED),
    }

    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.OPEN)
    item = models.ForeignKey(Item, models.PROTECT, related_name="disputes", verbose_name=_("事项"))
    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, related_name="disputes")
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="disputes", verbose_name=_("提出争议的组织")
    )
    ground = models.CharField(_("情形"), max_length=10, choices=Ground.choices)
    reason = models.TextField(_("争议的理由"))
    raised_at = models.DateTimeField(_("提出时间"))
    ruling = models.TextField(_("裁定的理由"), blank=True)
    decided_at = models.DateTimeField(_("裁定时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("争议")
        verbose_name_plural = _("争议")
        ordering = ("-raised_at", "-id")
        indexes = [models.Index(fields=["region", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=models.Q(state="open"), name="one_open_dispute_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.item}"

    def get_absolute_url(self) -> str:
        return reverse("disputes:detail", args=[self.pk])
