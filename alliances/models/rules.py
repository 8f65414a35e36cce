"""The rules of a region, as data: what differs from place to place in how alliances are founded, joined and led."""

from __future__ import annotations

from typing import Any

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from alliances.querysets import RuleSetQuerySet
from alliances.querysets.rules import TERM_NOTICE


def days(label: Any, default: int, most: int) -> models.PositiveSmallIntegerField:
    """A term of at least one day."""
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MinValueValidator(1), MaxValueValidator(most)]
    )


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RuleSet(models.Model):
    """What differs from place to place. ``region`` None = where no region upwards has its own.

    Read through ``RuleSet.objects.for_region(code)``; changed by a department with a second person.
    """

    class Majority(models.TextChoices):
        """Of whom more than half must agree to a newcomer; where the voices are even, the lead's decides."""

        VOTERS = "voters", _("参加表决的成员过半数")
        MEMBERS = "members", _("全体成员过半数")

    class ListSet(models.TextChoices):
        """Which three lists an alliance draws up for a period: as Chifeng did in 2018, and as it did in 2019."""

        RESOURCE = "resource", _("问题、资源、供需清单")
        PROJECT = "project", _("问题、供需、项目清单")

    region = models.OneToOneField("members.Region", models.PROTECT, null=True, blank=True, related_name="rule_set")
    silence_days = days(_("会签沉默期（天）"), 10, 60)
    late_working_days = days(_("补录界限（工作日）"), 5, 60)
    rectification_days = days(_("整顿期限（天）"), 60, 366)
    appeal_working_days = days(_("整顿申诉期限（工作日）"), 10, 60)
    item_working_days = days(_("事项默认期限（工作日）"), 20, 250)
    term_notice_days = days(_("任期届满提前提醒（天）"), TERM_NOTICE, 366)
    offer_working_days = days(_("候补名额接受期限（工作日）"), 2, 20)
    escalation_working_days = days(_("逾期督办逐级上移间隔（工作日）"), 3, 60)
    answer_working_days = days(_("提出方答复期限（工作日）"), 5, 60)
    admission_vote = models.BooleanField(
        _("新成员须经成员表决准入"), default=True, help_text=_("不勾选的，新成员自己接受邀请即加入。")
    )
    admission_days = days(_("准入表决期限（天）"), 7, 60)
    admission_majority = models.CharField(
        _("准入表决通过条件"), max_length=10, choices=Majority.choices, default=Majority.VOTERS
    )
    first_agenda_item = models.BooleanField(
        _("“第一议题”排在会议议程首位"), default=False, help_text=_("勾选的，例会和联席会商的议程由“第一议题”开始。")
    )
    head_reserved = models.BooleanField(
        _("联合党委书记由责任领导或牵头单位主要负责人担任"), default=False,
        help_text=_("勾选的，企业方、项目方的负责人不能担任；嵌套的党总支、党支部写明理由的除外。"),
    )  # fmt: skip

    list_set = models.CharField(
        _("三清单"), max_length=10, choices=ListSet.choices, default=ListSet.PROJECT,
        help_text=_("联合体每期一次拟定的三份清单；另一种清单仍可单独拟定。"),
    )  # fmt: skip

    points = models.BooleanField(
        _("积分制"), default=False,
        help_text=_(
            "勾选的，党员为经提出方确认的事项出力，每人每天每件记 1 分。只供本人和所在支部查看，不排名、不与处置挂钩。"
        ),
    )  # fmt: skip
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("地区规则")
        verbose_name_plural = _("地区规则")
        ordering = ("region_id",)
        constraints = [
            models.UniqueConstraint(fields=["region"], nulls_distinct=False, name="one_rule_set_of_a_region"),
        ]

    def __str__(self) -> str:
        return str(self.region or _("通用规则"))
