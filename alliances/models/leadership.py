"""Who holds which post in an alliance (领导班子), and what each member organisation said to it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.querysets.leadership import PostQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Post(Stateful):
    """A person's post in an alliance: nominated by the lead, begun by the members' consent, held for a term.

    The person is ``party_member`` where one is known, else a name with organisation and own post. Holding a post
    changes neither the person's organisation (关系在原支部) nor that organisation's parent. The term runs from
    ``since`` to ``until``, both days included. With ``source`` it stands because a report says so: then nobody was
    asked here, it has no consents and, where the report is silent, no dates.
    """

    class State(models.TextChoices):
        NOMINATED = "nominated", _("征求成员意见")
        STANDING = "standing", _("在任")
        NOT_AGREED = "not_agreed", _("未获同意")
        RETRACTED = "retracted", _("已撤回提名")
        ENDED = "ended", _("已卸任")

    class Kind(models.TextChoices):
        SECRETARY = "secretary", _("书记")
        DEPUTY = "deputy", _("副书记")
        COMMITTEE_MEMBER = "committee_member", _("委员")
        PART_TIME_MEMBER = "part_time_member", _("兼职委员")
        GRID_WORKER = "grid_worker", _("网格员")
        OTHER = "other", _("其他职务")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.NOMINATED: (State.STANDING, State.NOT_AGREED, State.RETRACTED),
        State.STANDING: (State.ENDED,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.NOMINATED)
    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="posts", verbose_name=_("联合体"))
    kind = models.CharField(_("职务"), max_length=16, choices=Kind.choices, default=Kind.OTHER)
    title = models.CharField(_("职务名称"), max_length=40, blank=True)
    person = models.CharField(_("姓名"), max_length=40)
    party_member = models.ForeignKey(
        "members.PartyMember", models.PROTECT, null=True, blank=True, related_name="posts_held", verbose_name=_("党员")
    )
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, null=True, blank=True, related_name="posts_held",
        verbose_name=_("所在党组织"),
    )  # fmt: skip
    own_post = models.CharField(_("本单位职务"), max_length=40, blank=True)
    since = models.DateField(_("任期起"), null=True, blank=True)
    until = models.DateField(_("任期止"), null=True, blank=True)
    succeeds = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("接替")
    )
    exemption = models.CharField(_("例外理由"), max_length=200, blank=True)
    warned_on = models.DateField(_("届满提醒日期"), null=True, blank=True)
    source = models.CharField(_("出处"), max_length=40, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        ordering = ("id",)
        indexes = [
            models.Index(fields=["alliance", "state"]),
            models.Index(fields=["state", "until"]),
            models.Index(fields=["organization", "person"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance"], condition=models.Q(kind="secretary", state="standing"), name="one_secretary"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="standing", source="") | models.Q(since__isnull=False, until__isnull=False),
                name="standing_post_has_its_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.label}"

    @property
    def label(self) -> str:
        """What the post is called: its own title, else the word of its kind."""
        return self.title or str(self.get_kind_display())

    @property
    def reported(self) -> bool:
        """Known from a published report only: no member was asked in this system."""
        return bool(self.source)

    def end_on(self, day: date) -> None:
        """Make the day the last of its term; a term that had not begun yet is that one day."""
        self.until = day
        self.since = min(self.since, day) if self.since else None

    def get_absolute_url(self) -> str:
        return reverse("posts:detail", args=[self.pk])


class Consent(models.Model):
    """What a member organisation said to a nomination: one voice each, given once, for or against."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="consents")
    organization = models.ForeignKey("members.Organization", models.PROTECT, related_name="consents")
    agrees = models.BooleanField(_("同意"))
    remark = models.CharField(_("意见"), max_length=200, blank=True)
    by = models.ForeignKey("members.User", models.PROTECT, related_name="+", verbose_name=_("经办"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("成员意见")
        verbose_name_plural = _("成员意见")
        ordering = ("at", "id")
        constraints = [models.UniqueConstraint(fields=["post", "organization"], name="one_voice_each")]

    def __str__(self) -> str:
        return f"{self.organization} · {self.agrees}"
