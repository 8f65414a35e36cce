"""The Party members who take part in a joint branch (联合党支部); their own branch stays theirs."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.querysets.participant import ParticipantQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Participant(Stateful):
    """A Party member's part in a joint branch: 关系在原支部、活动在区域、奉献在岗位.

    Put forward by the member or the member's own branch, taken in by the lead; either of the former may end it at
    any time. Takes part from ``joined_on`` up to the day before ``left_on``. Never writes the person's organisation.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待牵头接收")
        TAKING_PART = "taking_part", _("参加")
        TURNED_DOWN = "turned_down", _("未接收")
        LEFT = "left", _("已退出")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.PROPOSED: (State.TAKING_PART, State.TURNED_DOWN, State.LEFT),
        State.TAKING_PART: (State.LEFT,),
    }

    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.PROPOSED)
    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="participants", verbose_name=_("联合党支部"))
    person = models.ForeignKey(
        "members.PartyMember", models.PROTECT, related_name="participations", verbose_name=_("党员")
    )
    duty = models.CharField(_("岗位"), max_length=40, blank=True)
    proposed_on = models.DateField(_("推荐日期"))
    joined_on = models.DateField(_("参加日期"), null=True, blank=True)
    left_on = models.DateField(_("退出日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("联合党支部党员")
        verbose_name_plural = _("联合党支部党员")
        ordering = ("alliance_id", "id")
        indexes = [models.Index(fields=["alliance", "joined_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "person"],
                condition=models.Q(state__in=("proposed", "taking_part")),
                name="one_present_part",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="taking_part") | models.Q(joined_on__isnull=False),
                name="participant_has_joined_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.alliance}"

    def get_absolute_url(self) -> str:
        return reverse("alliances:leadership", args=[self.alliance_id])
