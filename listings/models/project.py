"""Projects: what a chosen idea becomes. Who offers to carry it out, its milestones, what was paid, who looked."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from listings.models.idea import Idea
from listings.models.item import Item
from listings.querysets.project import (
    CandidateQuerySet,
    MilestoneQuerySet,
    PaymentQuerySet,
    ProjectQuerySet,
    VisitQuerySet,
)
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Project(Stateful):
    """The carrying out of one item on a project list (项目): by ``provider``, the member that was chosen.

    The item's closed loop is the project's: it is claimed by the provider, done with the acceptance, confirmed by
    whoever had the idea. ``budget`` is what was granted; what was paid is read from the alliance's fund ledger.
    """

    class State(models.TextChoices):
        SEEKING = "seeking", _("选承接方")
        RUNNING = "running", _("实施中")
        ACCEPTED = "accepted", _("已验收")
        STOPPED = "stopped", _("已终止")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.SEEKING: (State.RUNNING, State.STOPPED),
        State.RUNNING: (State.ACCEPTED, State.SEEKING),
        State.ACCEPTED: (State.RUNNING,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.SEEKING)
    item = models.OneToOneField(Item, models.PROTECT, related_name="project", verbose_name=_("事项"))
    idea = models.OneToOneField(Idea, models.PROTECT, related_name="project", verbose_name=_("金点子"))
    alliance = models.ForeignKey(
        "alliances.Alliance", models.PROTECT, related_name="projects", verbose_name=_("联合体")
    )
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    provider = models.ForeignKey(
        "members.Organization", models.PROTECT, null=True, blank=True, related_name="provided",
        verbose_name=_("承接方"),
    )  # fmt: skip
    budget = models.DecimalField(_("核定经费"), max_digits=14, decimal_places=2, default=Decimal("0.00"))
    fixed_on = models.DateField(_("立项日期"))
    begun_on = models.DateField(_("承接日期"), null=True, blank=True)
    accepted_on = models.DateField(_("验收日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("项目")
        verbose_name_plural = _("项目")
        ordering = ("-fixed_on", "-id")
        indexes = [
            models.Index(fields=["-fixed_on", "-id"]),
            models.Index(fields=["region", "fixed_on"]),
            models.Index(fields=["alliance", "state"]),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(budget__gte=0), name="budget_is_not_owed"),
            models.CheckConstraint(
                condition=~models.Q(state__in=("running", "accepted"))
                | models.Q(provider__isnull=False, begun_on__isnull=False),
                name="running_project_has_its_provider",
            ),
        ]

    def __str__(self) -> str:
        return self.item.title

    def get_absolute_url(self) -> str:
        return reverse("projects:detail", args=[self.pk])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Candidate(Stateful):
    """A member that offers to carry out a project (候选承接方); ``answer`` says why it was chosen or not."""

    class State(models.TextChoices):
        ASKING = "asking", _("待选定")
        CHOSEN = "chosen", _("已选定")
        DECLINED = "declined", _("未选定")
        WITHDRAWN = "withdrawn", _("已撤回")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.ASKING: (State.CHOSEN, State.DECLINED, State.WITHDRAWN),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ASKING)
    project = models.ForeignKey(Project, models.PROTECT, related_name="candidates", verbose_name=_("项目"))
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="candidacies", verbose_name=_("申请承接单位")
    )
    plan = models.TextField(_("承接方案"), max_length=1000)
    applied_on = models.DateField(_("申请日期"))
    answer = models.TextField(_("选定理由"), blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("候选承接方")
        verbose_name_plural = _("候选承接方")
        ordering = ("id",)
        indexes = [models.Index(fields=["project", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organization"], condition=models.Q(state="asking"), name="one_offer_a_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.project}"

    def get_absolute_url(self) -> str:
        return reverse("projects:detail", args=[self.project_id])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Milestone(Stateful):
    """A part of a project with its day (里程碑): the provider reports it, whoever asked or the lead accepts it."""

    class State(models.TextChoices):
        PLANNED = "planned", _("待完成")
        REPORTED = "reported", _("待验收")
        ACCEPTED = "accepted", _("已验收")
        DROPPED = "dropped", _("已取消")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.PLANNED: (State.REPORTED, State.DROPPED),
        State.REPORTED: (State.ACCEPTED, State.PLANNED),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PLANNED)
    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones", verbose_name=_("项目"))
    title = models.CharField(_("里程碑"), max_length=80)
    due_on = models.DateField(_("完成期限"))
    report = models.TextField(_("完成情况"), blank=True)
    reported_on = models.DateField(_("报告日期"), null=True, blank=True)
    accepted_on = models.DateField(_("验收日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("里程碑")
        verbose_name_plural = _("里程碑")
        ordering = ("due_on", "id")
        indexes = [models.Index(fields=["project", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=("reported", "accepted")) | models.Q(reported_on__isnull=False),
                name="reported_milestone_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def in_time(self) -> bool:
        """Reported on its day or before."""
        return self.reported_on is not None and self.reported_on <= self.due_on

    def get_absolute_url(self) -> str:
        return reverse("projects:detail", args=[self.project_id])


class Payment(models.Model):
    """That a line of the fund ledger was paid for an accepted milestone. The amount stands in the ledger alone."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="payments", verbose_name=_("里程碑"))
    entry = models.OneToOneField(
        "alliances.FundEntry", models.PROTECT, related_name="payment", verbose_name=_("支出")
    )

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("项目付款")
        verbose_name_plural = _("项目付款")
        ordering = ("entry__on", "id")

    def __str__(self) -> str:
        return str(self.entry)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Visit(models.Model):
    """An entry of the supervision log (监督记录): who looked on which day, what was found, what is to follow.

    Where something is to follow, the provider answers it (``answer``); nothing is edited.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="visits", verbose_name=_("项目"))
    visited_on = models.DateField(_("监督日期"))
    seen = models.TextField(_("看了什么"), max_length=1000)
    findings = models.TextField(_("发现的问题"), max_length=1000, blank=True)
    follow_up = models.TextField(_("后续要求"), max_length=1000, blank=True)
    by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(_("落实情况"), max_length=1000, blank=True)
    answered_on = models.DateField(_("落实日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("监督记录")
        verbose_name_plural = _("监督记录")
        ordering = ("-visited_on", "-id")
        indexes = [models.Index(fields=["project", "visited_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_on=None) | ~models.Q(follow_up=""), name="only_what_is_asked_is_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visited_on} {self.seen[:40]}"

    @property
    def is_open(self) -> bool:
        """Something is still to follow."""
        return bool(self.follow_up) and self.answered_on is None

    def get_absolute_url(self) -> str:
        return reverse("projects:detail", args=[self.project_id])
