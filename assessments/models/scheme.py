"""How a region's alliances are assessed in a year: a scheme and its weighted indicators."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.outcomes import OUTCOMES
from assessments.querysets import SchemeQuerySet
from members.states import Stateful

PERCENT = (MinValueValidator(0), MaxValueValidator(100))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Scheme(Stateful):
    """The yearly assessment (年度考核方案) of every alliance in ``region`` that runs on ``cut_off``.

    Figures count from 1 January of ``year`` to ``cut_off``. A draft's weights are free; they are fixed when a second
    person lets it open. While open, organisations rate; then the figures are joined to the ratings; published scores
    are frozen. ``member_weight`` is how much of a member's own result is the alliance's rating of it (the rest is
    the alliance's result).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("拟定中")
        OPEN = "open", _("评价中")
        SCORING = "scoring", _("核分中")
        PUBLISHED = "published", _("已公布")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.DRAFT: (State.OPEN,),
        State.OPEN: (State.SCORING,),
        State.SCORING: (State.PUBLISHED,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="schemes", verbose_name=_("区划"))
    year = models.PositiveSmallIntegerField(_("年度"), validators=[MinValueValidator(2000), MaxValueValidator(2199)])
    title = models.CharField(_("名称"), max_length=80)
    cut_off = models.DateField(_("数据截止日期"))
    member_weight = models.DecimalField(
        _("成员结果中联合体评价的权重"), max_digits=5, decimal_places=2, default=60, validators=PERCENT
    )
    excellent_from = models.DecimalField(
        _("优秀分数线"), max_digits=5, decimal_places=2, default=90, validators=PERCENT
    )
    good_from = models.DecimalField(_("良好分数线"), max_digits=5, decimal_places=2, default=75, validators=PERCENT)
    fair_from = models.DecimalField(_("一般分数线"), max_digits=5, decimal_places=2, default=60, validators=PERCENT)
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    digest = models.CharField(_("结果摘要"), max_length=64, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("考核方案")
        verbose_name_plural = _("考核方案")
        ordering = ("-year", "region_id")
        constraints = [
            models.UniqueConstraint(fields=["region", "year"], name="one_scheme_a_year"),
            models.CheckConstraint(
                condition=models.Q(cut_off__year=models.F("year")), name="scheme_cut_off_in_its_year"
            ),
            models.CheckConstraint(
                condition=models.Q(excellent_from__gt=models.F("good_from"))
                & models.Q(good_from__gt=models.F("fair_from")),
                name="grades_descend",
            ),
            models.CheckConstraint(
                condition=models.Q(member_weight__gte=0, member_weight__lte=100), name="member_weight_is_a_share"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_on__isnull=False),
                name="published_scheme_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("assessments:detail", args=[self.pk])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Indicator(models.Model):
    """An indicator (指标) with its weight: a computed outcome, or what a group of raters says.

    A computed value scores 0 at ``zero_at``, 100 at ``full_at`` and linearly between them; ``full_at`` below
    ``zero_at`` means that less is better. The members' evaluation is compulsory.
    """

    class Source(models.TextChoices):
        METRIC = "metric", _("系统计算")
        MEMBERS = "members", _("成员评价")
        SUPERIOR = "superior", _("上级评价")

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="indicators", verbose_name=_("方案"))
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    name = models.CharField(_("指标"), max_length=40)
    weight = models.DecimalField(_("权重"), max_digits=5, decimal_places=2, validators=PERCENT)
    source = models.CharField(_("来源"), max_length=10, choices=Source.choices)
    metric = models.CharField(_("计算指标"), max_length=40, blank=True)
    zero_at = models.DecimalField(_("零分值"), max_digits=12, decimal_places=4, null=True, blank=True)
    full_at = models.DecimalField(_("满分值"), max_digits=12, decimal_places=4, null=True, blank=True)
    standard = models.CharField(_("评分标准"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("考核指标")
        verbose_name_plural = _("考核指标")
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weight__gt=0, weight__lte=100), name="indicator_weighs_something"
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(source="metric", metric__in=OUTCOMES, zero_at__isnull=False, full_at__isnull=False)
                    & ~models.Q(zero_at=models.F("full_at"))
                )
                | (~models.Q(source="metric") & models.Q(metric="")),
                name="indicator_is_an_outcome_or_an_opinion",
            ),
            models.UniqueConstraint(
                fields=["scheme", "source"], condition=~models.Q(source="metric"), name="one_indicator_a_rater_group"
            ),
            models.UniqueConstraint(
                fields=["scheme", "metric"], condition=models.Q(source="metric"), name="one_indicator_an_outcome"
            ),
        ]

    def __str__(self) -> str:
        return self.name
