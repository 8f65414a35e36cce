"""Posts of a community (岗位), who has taken one up (领岗), what people are good at; volunteer teams (志愿服务队)."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.querysets.post import PostHoldingQuerySet, ServicePostQuerySet, TeamMemberQuerySet, TeamQuerySet
from members.states import Stateful


class Skill(models.TextChoices):
    """What a post asks for and a member offers (专长): one short vocabulary for both, so that they meet."""

    POLICY = "policy", _("政策宣讲")
    LAW = "law", _("法律咨询")
    MEDIATION = "mediation", _("矛盾调解")
    HEALTH = "health", _("医疗健康")
    EDUCATION = "education", _("教育辅导")
    PSYCHOLOGY = "psychology", _("心理疏导")
    CARE = "care", _("助老助残")
    ORDER = "order", _("治安巡逻")
    SANITATION = "sanitation", _("环境卫生")
    REPAIR = "repair", _("水电维修")
    FARMING = "farming", _("农牧技术")
    CULTURE = "culture", _("文艺体育")
    COMPUTER = "computer", _("电脑网络")
    OTHER = "other", _("其他")


class MemberSkill(models.Model):
    """That a Party member is good at something: kept by the member or by its own branch."""

    person = models.ForeignKey("members.PartyMember", models.CASCADE, related_name="skills", verbose_name=_("党员"))
    skill = models.CharField(_("专长"), max_length=12, choices=Skill.choices)

    class Meta:
        verbose_name = _("党员专长")
        verbose_name_plural = _("党员专长")
        ordering = ("person_id", "id")
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="one_skill_of_a_person")]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_skill_display()}"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ServicePost(Stateful):
    """A post that a community offers to those registered with it. At most ``capacity`` people hold it at once."""

    class State(models.TextChoices):
        OPEN = "open", _("可领岗")
        CLOSED = "closed", _("已结束")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.OPEN: (State.CLOSED,)}

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    community = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="service_posts", verbose_name=_("社区党组织")
    )
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    title = models.CharField(_("岗位名称"), max_length=40)
    skill = models.CharField(_("所需专长"), max_length=12, choices=Skill.choices, blank=True)
    times = models.CharField(_("服务时间"), max_length=60, blank=True)
    detail = models.TextField(_("要做什么"), max_length=500, blank=True)
    capacity = models.PositiveSmallIntegerField(_("需要人数"), default=1)
    offered_on = models.DateField(_("发布日期"))
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = ServicePostQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位")
        verbose_name_plural = _("岗位")
        ordering = ("-id",)
        indexes = [models.Index(fields=["community", "state"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(capacity__range=(1, 100)), name="post_wants_one_to_a_hundred"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("registrations:post", args=[self.pk])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PostHolding(Stateful):
    """A Party member's post (领岗). While taken it holds ``slot`` (1..capacity): the index on it is the last wall."""

    class State(models.TextChoices):
        TAKEN = "taken", _("在岗")
        LEFT = "left", _("已离岗")
        THANKED = "thanked", _("已致谢")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.TAKEN: (State.LEFT, State.THANKED)}

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.TAKEN)
    post = models.ForeignKey(ServicePost, models.PROTECT, related_name="holdings", verbose_name=_("岗位"))
    person = models.ForeignKey(
        "members.PartyMember", models.PROTECT, related_name="holdings", verbose_name=_("党员")
    )
    slot = models.PositiveSmallIntegerField()
    taken_on = models.DateField(_("领岗日期"))
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)

    objects = PostHoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("领岗")
        verbose_name_plural = _("领岗")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["post", "slot"], condition=models.Q(state="taken"), name="one_holding_a_slot"
            ),
            models.UniqueConstraint(
                fields=["post", "person"], condition=models.Q(state="taken"), name="one_holding_of_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.post}"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Team(Stateful):
    """A volunteer team (志愿服务队) of a community, perhaps in one of its alliances; all are registered there."""

    class State(models.TextChoices):
        RUNNING = "running", _("服务中")
        ENDED = "ended", _("已结束")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.RUNNING: (State.ENDED,)}

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.RUNNING)
    name = models.CharField(_("队名"), max_length=40)
    community = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="teams", verbose_name=_("社区党组织")
    )
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    alliance = models.ForeignKey(
        Alliance, models.PROTECT, null=True, blank=True, related_name="teams", verbose_name=_("联合体")
    )
    captain = models.ForeignKey(
        "members.PartyMember", models.PROTECT, related_name="captained", verbose_name=_("队长")
    )
    formed_on = models.DateField(_("成立日期"))
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("志愿服务队")
        verbose_name_plural = _("志愿服务队")
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registrations:team", args=[self.pk])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class TeamMember(Stateful):
    """A registered member's part in a team: joined by itself or its own branch, from ``joined_on`` to ``left_on``."""

    class State(models.TextChoices):
        JOINED = "joined", _("队员")
        LEFT = "left", _("已退队")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.JOINED: (State.LEFT,)}

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.JOINED)
    team = models.ForeignKey(Team, models.PROTECT, related_name="members", verbose_name=_("志愿服务队"))
    person = models.ForeignKey("members.PartyMember", models.PROTECT, related_name="teams", verbose_name=_("党员"))
    joined_on = models.DateField(_("入队日期"))
    left_on = models.DateField(_("退队日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("队员")
        verbose_name_plural = _("队员")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person"], condition=models.Q(state="joined"), name="one_part_in_a_team"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.team}"
