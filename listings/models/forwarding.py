"""Passing on (转办): an item that is another alliance's affair is offered to it, and its lead accepts or sends back."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from listings.models.item import Item
from listings.querysets.forwarding import ForwardingQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Forwarding(Stateful):
    """One alliance's offer of an unclaimed item to another (``into``). Until the other's lead accepts, nothing changes
    here; then the item goes on there under a new number, and both show each other."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待接收")
        ACCEPTED = "accepted", _("已接收")
        DECLINED = "declined", _("已退回")
        WITHDRAWN = "withdrawn", _("已撤回")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.PROPOSED: (State.ACCEPTED, State.DECLINED, State.WITHDRAWN),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PROPOSED)
    item = models.ForeignKey(Item, models.PROTECT, related_name="forwardings", verbose_name=_("事项"))
    into = models.ForeignKey(
        "alliances.Alliance", models.PROTECT, related_name="forwardings", verbose_name=_("转往的联合体")
    )
    reason = models.TextField(_("转办理由"))
    proposed_at = models.DateTimeField(_("提出时间"))
    answer = models.TextField(_("答复"), blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = ForwardingQuerySet.as_manager()

    class Meta:
        verbose_name = _("转办")
        verbose_name_plural = _("转办")
        ordering = ("-proposed_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(state="proposed"), name="one_forwarding_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} → {self.into}"

    @property
    def region_id(self) -> str:
        """Where it comes from."""
        return self.item.region_id

    def get_absolute_url(self) -> str:
        return reverse("forwardings:detail", args=[self.pk])
