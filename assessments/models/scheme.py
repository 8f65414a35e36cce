"""How a region's alliances are assessed in a year."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.querysets import SchemeQuerySet
from members.states import Stateful

PERCENT = (MinValueValidator(0), MaxValueValidator(100))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Scheme(Stateful):
    """The yearly assessment (年度考核方案) of every alliance in ``region`` that runs on ``cut_off``.

    Figures count from 1 January of ``year`` to ``cut_off``. A draft's weights are free; they are fixed when a second
    person lets it open. While open, organisations rate; then the figures are joined to the ratings; published scores
    are frozen. ``member_weight`` is how much of a member's own result is the alliance's rating of it (the rest is
    the alliance's result). ``supplement_share`` is how many of a hundred points a region beneath may give to
    indicators of its own; 0: none. ``report_by`` is set at the opening and ``appeals_until`` at the end of the rating,
    ``report_days`` and ``appeal_days`` working days later.
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
    supplement_share = models.DecimalField(
        _("旗县补充指标最高占比"), max_digits=5, decimal_places=2, default=0, validators=PERCENT
    )
    excellent_from = models.DecimalField(
        _("优秀分数线"), max_digits=5, decimal_places=2, default=90, validators=PERCENT
    )
    good_from = models.DecimalField(_("良好分数线"), max_digits=5, decimal_places=2, default=75, validators=PERCENT)
    fair_from = models.DecimalField(_("一般分数线"), max_digits=5, decimal_places=2, default=60, validators=PERCENT)
    report_days = models.PositiveSmallIntegerField(
        _("自评期限（工作日）"), default=15, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    appeal_days = models.PositiveSmallIntegerField(
        _("申诉期（工作日）"), default=5, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    report_by = models.DateField(_("自评截止"), null=True, blank=True)
    appeals_until = models.DateField(_("申诉截止"), null=True, blank=True)
    document_number = models.CharField(_("通报文号"), max_length=60, blank=True)
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
                condition=models.Q(supplement_share__gte=0, supplement_share__lt=100), name="supplements_leave_a_rest"
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
