"""Matches (供需对接): a resource offered to a need, which its owner accepts or declines."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from listings.models.claim import Claim
from listings.models.item import Item
from listings.querysets.match import MatchQuerySet
from members.states import Stateful

PRESENT = models.Q(state__in=("offered", "accepted"))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Match(Stateful):
    """That an organisation is asked to meet a need, with ``share`` parts of a resource of its own, or with its people.

    Offered it binds nobody. Accepted by the owner it holds the share (never more than the resource's capacity) and
    stands beside the ``claim`` with which the owner has taken the need on; when that is released the share is free
    again. ``resource`` None: the organisation's own people are meant.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("待答复")
        ACCEPTED = "accepted", _("已对接")
        DECLINED = "declined", _("未同意")
        WITHDRAWN = "withdrawn", _("已撤回")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.OFFERED: (State.ACCEPTED, State.DECLINED, State.WITHDRAWN),
        State.ACCEPTED: (State.WITHDRAWN,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OFFERED)
    need = models.ForeignKey(Item, models.PROTECT, related_name="matches", verbose_name=_("需求"))
    resource = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="given", verbose_name=_("资源")
    )
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="matches", verbose_name=_("资源单位")
    )
    share = models.PositiveSmallIntegerField(_("份数"), default=1)
    claim = models.OneToOneField(Claim, models.PROTECT, null=True, blank=True, related_name="match")
    offered_at = models.DateTimeField(_("提议时间"))
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("供需对接")
        verbose_name_plural = _("供需对接")
        ordering = ("-offered_at", "-id")
        indexes = [
            models.Index(fields=["organization", "state"]),
            models.Index(fields=["resource"], condition=models.Q(state="accepted"), name="match_share"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "organization"], condition=PRESENT, name="one_match_a_need_and_owner"
            ),
            models.CheckConstraint(condition=models.Q(share__gte=1), name="match_has_a_share"),
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | models.Q(claim__isnull=False), name="accepted_match_has_a_claim"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.need}"

    def get_absolute_url(self) -> str:
        return reverse("matches:detail", args=[self.pk])
