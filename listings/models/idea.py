"""Idea calls (金点子大赛) of an alliance, and the ideas that people hand in to them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from listings.models.item import Item
from listings.querysets.idea import IdeaCallQuerySet, IdeaQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class IdeaCall(Stateful):
    """A call for ideas, from ``opens_on`` to ``closes_on`` (the last day on which an idea may be handed in).

    Whoever sits in ``region``, the alliance's own, may answer it, and so may the members. What is chosen goes onto the
    alliance's project list and is paid from its funds. Published, it has an answer to every idea.
    """

    class State(models.TextChoices):
        OPEN = "open", _("征集中")
        SELECTING = "selecting", _("评选中")
        PUBLISHED = "published", _("已公布")
        CANCELLED = "cancelled", _("已撤销")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.OPEN: (State.SELECTING, State.CANCELLED),
        State.SELECTING: (State.PUBLISHED,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    alliance = models.ForeignKey(
        "alliances.Alliance", models.PROTECT, related_name="idea_calls", verbose_name=_("联合体")
    )
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    theme = models.CharField(_("主题"), max_length=80)
    about = models.TextField(_("征集内容"), max_length=1000, blank=True)
    opens_on = models.DateField(_("征集起"))
    closes_on = models.DateField(_("征集止"))
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = IdeaCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("金点子征集")
        verbose_name_plural = _("金点子征集")
        ordering = ("-opens_on", "-id")
        indexes = [models.Index(fields=["-opens_on", "-id"]), models.Index(fields=["region", "state"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(closes_on__gte=models.F("opens_on")), name="call_runs_forward"),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_on__isnull=False),
                name="published_call_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.theme

    def get_absolute_url(self) -> str:
        return reverse("ideas:call", args=[self.pk])

    def days_left(self, day: date) -> int | None:
        """Days to the last day of handing in, while it is open."""
        return (self.closes_on - day).days if self.state == self.State.OPEN else None


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Idea(Stateful):
    """An idea (金点子) of an organisation, perhaps written down for residents: who thought of it is not stored by name.

    ``answer`` says why it was chosen or not. A chosen one has a ``project``.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("待研究")
        STUDIED = "studied", _("已研究")
        CHOSEN = "chosen", _("入选")
        DECLINED = "declined", _("未入选")
        WITHDRAWN = "withdrawn", _("已撤回")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.SUBMITTED: (State.STUDIED, State.CHOSEN, State.DECLINED, State.WITHDRAWN),
        State.STUDIED: (State.CHOSEN, State.DECLINED, State.WITHDRAWN),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.SUBMITTED)
    call = models.ForeignKey(IdeaCall, models.PROTECT, related_name="ideas", verbose_name=_("征集"))
    title = models.CharField(_("点子"), max_length=80)
    detail = models.TextField(_("怎么做"), max_length=1000, blank=True)
    category = models.CharField(
        _("分类"), max_length=12, choices=Item.Category.choices, default=Item.Category.OTHER
    )
    place = models.CharField(_("地点"), max_length=80, blank=True)
    proposed_by = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="ideas", verbose_name=_("提出单位")
    )
    for_resident = models.BooleanField(_("代居民提出"), default=False)
    entered_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    proposed_on = models.DateField(_("提出日期"))
    finding = models.TextField(_("研究意见"), blank=True)
    answer = models.TextField(_("评选理由"), blank=True)
    decided_on = models.DateField(_("评选日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("金点子")
        verbose_name_plural = _("金点子")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["call", "state"]),
            models.Index(fields=["proposed_by", "state"]),
            models.Index(fields=["proposed_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=("chosen", "declined"))
                | (models.Q(decided_on__isnull=False) & ~models.Q(answer="")),
                name="decided_idea_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ideas:detail", args=[self.pk])
