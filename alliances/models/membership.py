"""Membership: an organisation's own, voluntary part in an alliance."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.querysets import MembershipQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Membership(Stateful):
    """A member organisation (成员党组织) of an alliance. Only the organisation itself accepts (自主自愿).

    A member from ``joined_on`` up to the day before ``left_on``. Joining never writes the organisation's parent.
    A newcomer to a running alliance first stands as applied: the members decide until the end of ``vote_until``
    (共建准入), or the lead alone where ``lead_decides``. ``invited_on`` None = it asked by itself.
    """

    class State(models.TextChoices):
        INVITED = "invited", _("待本组织接受")
        ASKING = "asking", _("待成员表决")
        ACCEPTED = "accepted", _("成员")
        DECLINED = "declined", _("未加入")
        NOT_ADMITTED = "not_admitted", _("未获准入")
        LEFT = "left", _("已退出")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.INVITED: (State.ACCEPTED, State.ASKING, State.DECLINED),
        State.ASKING: (State.ACCEPTED, State.NOT_ADMITTED, State.DECLINED),
        State.ACCEPTED: (State.LEFT,),
    }

    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.INVITED)
    alliance = models.ForeignKey(
        Alliance, models.PROTECT, related_name="memberships", verbose_name=_("联合体"), db_index=False
    )
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="memberships", verbose_name=_("成员党组织"), db_index=False
    )
    invited_on = models.DateField(_("邀请日期"), null=True, blank=True)
    applied_on = models.DateField(_("申请日期"), null=True, blank=True)
    vote_until = models.DateField(_("表决截止"), null=True, blank=True)
    lead_decides = models.BooleanField(_("由牵头党组织决定"), default=False)
    statement = models.TextField(_("为什么加入、能做什么"), blank=True)
    joined_on = models.DateField(_("加入日期"), null=True, blank=True)
    left_on = models.DateField(_("退出日期"), null=True, blank=True)
    source = models.CharField(_("出处"), max_length=40, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("成员")
        verbose_name_plural = _("成员")
        ordering = ("alliance_id", "id")
        indexes = [
            models.Index(fields=["organization", "state"]),
            models.Index(fields=["alliance", "joined_on"]),
            models.Index(fields=["vote_until"], condition=models.Q(state="asking"), name="membership_voted_on"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "organization"],
                condition=models.Q(state__in=("invited", "asking", "accepted")),
                name="one_present_membership",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("accepted", "left")) | models.Q(joined_on__isnull=False),
                name="member_has_joined_on",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="asking") | models.Q(applied_on__isnull=False, vote_until__isnull=False),
                name="applicant_has_its_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.alliance}"
