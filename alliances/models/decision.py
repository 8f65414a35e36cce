"""What a meeting decided (决议), and the members' voices where it was put to the vote."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.models.meeting import Meeting, Topic
from alliances.querysets import DecisionQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Decision(Stateful):
    """A decision (决议) of a meeting, numbered within the alliance and the year of the meeting.

    Adopted in the room, or put to the vote (表决): then it stands once more than half of the current members are for
    it. ``alliance`` and ``region`` repeat the meeting's.
    """

    class State(models.TextChoices):
        VOTING = "voting", _("表决中")
        ADOPTED = "adopted", _("已通过")
        REJECTED = "rejected", _("未通过")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.VOTING: (State.ADOPTED, State.REJECTED)}

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ADOPTED)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name=_("会议"))
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("议题")
    )
    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="decisions", verbose_name=_("联合体"))
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    serial = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("决议"), max_length=80)
    text = models.TextField(_("内容"), blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("决议")
        verbose_name_plural = _("决议")
        ordering = ("-year", "-serial", "-id")
        constraints = [
            models.UniqueConstraint(fields=["alliance", "year", "serial"], name="one_decision_a_number"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """The human number (编号) within the alliance: JY-2019-03."""
        return f"JY-{self.year}-{self.serial:02d}"

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#decision-{self.pk}"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Voice(models.Model):
    """A member organisation's voice in a vote; it may change while the vote is open."""

    class Choice(models.TextChoices):
        FOR = "for", _("同意")
        AGAINST = "against", _("不同意")
        ABSTAIN = "abstain", _("弃权")

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="voices")
    organization = models.ForeignKey("members.Organization", models.PROTECT, related_name="voices")
    choice = models.CharField(_("意见"), max_length=8, choices=Choice.choices)
    voted_at = models.DateTimeField(_("表决时间"))

    class Meta:
        verbose_name = _("表决意见")
        verbose_name_plural = _("表决意见")
        ordering = ("voted_at", "id")
        constraints = [models.UniqueConstraint(fields=["decision", "organization"], name="one_voice_a_member")]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_choice_display()}"
