"""The dynamic review (动态管理): rules as data, a run for each cut-off day, and what it suggests."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.querysets import ProposalQuerySet, RuleQuerySet, RunQuerySet
from assessments.querysets.standing import RowQuerySet
from members.states import Stateful


class Kind(models.TextChoices):
    """What a review may suggest; a person decides."""

    RECTIFY = "rectify", _("规范整顿")
    REWARD = "reward", _("政策资金倾斜")
    OBSERVE = "observe", _("重点关注")
    MERGE = "merge", _("合并")
    DISSOLVE = "dissolve", _("撤销")


class Light(models.TextChoices):
    """How an alliance stands after a review: a colour and a word, never a colour alone."""

    RED = "red", _("红灯：需要整改")
    AMBER = "amber", _("黄灯：需要关注")
    GREEN = "green", _("绿灯：正常")
    NONE = "none", _("未评判")


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ReviewRule(models.Model):
    """A rule (规则): when all its conditions hold, an alliance is suggested for ``kind``.

    ``region`` None = where no region upwards has rules of its own. ``word`` is what the page says, beside a colour.
    """

    region = models.ForeignKey("members.Region", models.PROTECT, null=True, blank=True, related_name="review_rules")
    kind = models.CharField(_("建议"), max_length=10, choices=Kind.choices)
    word = models.CharField(_("提示语"), max_length=40)
    active = models.BooleanField(_("启用"), default=True)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("动态管理规则")
        verbose_name_plural = _("动态管理规则")
        ordering = ("region_id", "position", "id")

    def __str__(self) -> str:
        return self.word


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Condition(models.Model):
    """A condition (条件) of a rule: a figure of the alliance over the quarter against a threshold.

    A figure without a value (a rate of nothing) never meets a condition.
    """

    class Comparison(models.TextChoices):
        BELOW = "lt", _("低于")
        AT_MOST = "lte", _("不超过")
        AT_LEAST = "gte", _("达到")
        EQUAL = "eq", _("等于")

    rule = models.ForeignKey(ReviewRule, models.CASCADE, related_name="conditions")
    metric = models.CharField(_("指标"), max_length=40)
    comparison = models.CharField(_("比较"), max_length=3, choices=Comparison.choices)
    threshold = models.DecimalField(_("界限"), max_digits=12, decimal_places=4)

    class Meta:
        verbose_name = _("规则条件")
        verbose_name_plural = _("规则条件")
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["rule", "metric", "comparison"], name="one_condition_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.metric} {self.get_comparison_display()} {self.threshold.normalize()}"


class ReviewRun(Stateful):
    """A review of all alliances over the calendar quarter of ``as_of``, cut at that day's end; one for each such day.

    Its whole progress stands here, so that whatever dies can be taken up again: ``cursor`` is the id of the last
    alliance done, ``lease_until`` says until when somebody is believed to be at work (None = nobody yet), ``attempts``
    how often it was taken up since its last batch: what breaks, or kills whoever works on it, each time is set aside.
    ``rules`` are the rules as they were at the start; ``digest`` is the fingerprint of all rows and proposals.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("进行中")
        STALLED = "stalled", _("已搁置")
        COMPLETE = "complete", _("已完成")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.RUNNING: (State.COMPLETE, State.STALLED),
        State.STALLED: (State.RUNNING,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.RUNNING)
    as_of = models.DateField(_("数据截至"), unique=True)
    period_from = models.DateField(_("起"))
    rules = models.JSONField(default=list)
    cursor = models.BigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(_("摘要"), max_length=64, blank=True)
    asked_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(_("开始时间"))
    completed_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("动态管理分析")
        verbose_name_plural = _("动态管理分析")
        ordering = ("-as_of",)

    def __str__(self) -> str:
        return f"{self.quarter}（截至{self.as_of:%m-%d}）"

    @property
    def quarter(self) -> str:
        """The calendar quarter in words, without the day of the cut."""
        return f"{self.period_from.year}年第{(self.period_from.month + 2) // 3}季度"

    @property
    def newer(self) -> ReviewRun | None:
        """The review that counts instead of this one: the last complete one of a whole quarter since; None for none."""
        return ReviewRun.objects.superseding(self).order_by("-as_of").first()

    def get_absolute_url(self) -> str:
        return reverse("reviews:detail", args=[self.pk])


class ReviewRow(models.Model):
    """The figures of one alliance in a run (key -> number, or None), and its light."""

    run = models.ForeignKey(ReviewRun, models.CASCADE, related_name="rows", db_index=False)
    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, related_name="review_rows")
    values = models.JSONField()
    light = models.CharField(_("状态灯"), max_length=5, choices=Light.choices, default=Light.NONE)

    Light = Light

    objects = RowQuerySet.as_manager()

    class Meta:
        verbose_name = _("分析数据")
        verbose_name_plural = _("分析数据")
        ordering = ("alliance_id",)
        constraints = [models.UniqueConstraint(fields=["run", "alliance"], name="one_row_an_alliance")]

    def __str__(self) -> str:
        return f"{self.alliance} {self.run}"


class Proposal(Stateful):
    """What the review suggests for an alliance (处置建议), with its evidence. A person confirms or overrules, a second
    one approves; only then does anything happen.

    ``evidence`` lists the rules that were hit: their word and, for each condition, the figure, its value and the
    threshold. ``rectification`` is the order that came of it. ``lapsed_by`` is the review of a later quarter before
    whose end nobody had begun to decide: it lapsed then, and nothing can be decided on it any more.
    """

    Kind = Kind

    class State(models.TextChoices):
        OPEN = "open", _("待研判")
        WAITING = "waiting", _("待复核")
        CONFIRMED = "confirmed", _("已采纳")
        OVERRULED = "overruled", _("不采纳")
        LAPSED = "lapsed", _("已失效")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.OPEN: (State.WAITING, State.LAPSED),
        State.WAITING: (State.CONFIRMED, State.OVERRULED, State.OPEN),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    run = models.ForeignKey(ReviewRun, models.PROTECT, related_name="proposals", verbose_name=_("分析"), db_index=False)
    alliance = models.ForeignKey(
        "alliances.Alliance", models.PROTECT, related_name="proposals", verbose_name=_("联合体")
    )
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("建议"), max_length=10, choices=Kind.choices)
    evidence = models.JSONField(_("依据"))
    rectification = models.OneToOneField(
        "alliances.Rectification", models.PROTECT, null=True, blank=True, related_name="proposal",
        verbose_name=_("规范整顿"),
    )  # fmt: skip
    lapsed_by = models.ForeignKey(
        ReviewRun, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("以哪次分析为准"),
    )  # fmt: skip
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("处置建议")
        verbose_name_plural = _("处置建议")
        ordering = ("region_id", "alliance_id", "kind")
        indexes = [models.Index(fields=["region", "state"]), models.Index(fields=["updated_at", "id"])]
        constraints = [
            models.UniqueConstraint(fields=["run", "alliance", "kind"], name="one_proposal_of_a_kind"),
            models.CheckConstraint(
                condition=models.Q(state="lapsed", lapsed_by__isnull=False)
                | ~models.Q(state="lapsed") & models.Q(lapsed_by=None),
                name="lapsed_by_a_review",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alliance} · {self.get_kind_display()}"

    @property
    def words(self) -> list[str]:
        """What the rules that were hit say, in their order."""
        return [rule["word"] for rule in self.evidence]

    @property
    def ended(self) -> str:
        if self.state != self.State.LAPSED:
            return ""
        words = _("“%(thing)s”已失效：此后已完成“%(run)s”的分析，请按新的分析研判。")
        return words % {"thing": self, "run": self.run.newer or self.lapsed_by}

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.pk])
