"""The alliance (党建联合体): organisations joined without changing anyone's affiliation."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.querysets import CROSSINGS, AllianceQuerySet
from members.bigrams import pairs_of
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Alliance(Stateful):
    """A Party-building alliance (official English of the Chifeng standard: party construction alliance).

    It keeps the name by which it calls itself (党建联合体, 党建融合体, 党建共同体 …). ``region`` is the place that it
    serves; ``parent`` the alliance within which it is nested. It runs from ``activated_on`` up to the day before
    ``ended_on``. The ways of crossing are computed from its members, never stored.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        SUBMITTED = "submitted", _("待审批")
        RETURNED = "returned", _("已退回")
        ACTIVE = "active", _("运行中")
        RECTIFYING = "rectifying", _("规范整顿")
        MERGED = "merged", _("已合并")
        DISSOLVED = "dissolved", _("已撤销")

    class Form(models.TextChoices):
        """组织形式."""

        JOINT_WORKING_COMMITTEE = "joint_working_committee", _("联合工委")
        JOINT_COMMITTEE = "joint_committee", _("联合党委")
        JOINT_GENERAL_BRANCH = "joint_general_branch", _("联合党总支")
        JOINT_BRANCH = "joint_branch", _("联合党支部")
        LEAGUE = "league", _("联盟")
        OTHER = "other", _("其他")

    class Mode(models.TextChoices):
        """六种模式."""

        REGIONAL = "regional", _("区域化共驻共建")
        CROSS_DOMAIN = "cross_domain", _("跨域抱团联建共促")
        HUB = "hub", _("中心社区以强带弱")
        DUAL_REGISTRATION = "dual_registration", _("双报到结对互动")
        BUSINESS_STREET = "business_street", _("红色商街两个覆盖")
        SMART = "smart", _("智慧党建线上互动")

    class Formation(models.TextChoices):
        """组建方式: only the first needs approval."""

        NON_ESTABLISHED = "non_established", _("设立非建制性联合党组织")
        AGREEMENT = "agreement", _("签订共建协议")
        CONVENED = "convened", _("召集共议")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.DRAFT: (State.SUBMITTED, State.ACTIVE, State.DISSOLVED),
        State.SUBMITTED: (State.ACTIVE, State.RETURNED),
        State.RETURNED: (State.SUBMITTED, State.DISSOLVED),
        State.ACTIVE: (State.RECTIFYING, State.MERGED, State.DISSOLVED),
        State.RECTIFYING: (State.ACTIVE, State.MERGED, State.DISSOLVED),
    }

    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.DRAFT)
    code = models.CharField(_("编号"), max_length=32, unique=True, null=True, db_collation="C")  # noqa: DJ001 (drafts have none)
    name = models.CharField(_("名称"), max_length=80)
    pinyin = models.CharField(_("拼音"), max_length=240, blank=True, db_collation="C")
    region = models.ForeignKey(
        "members.Region", models.PROTECT, related_name="alliances", verbose_name=_("服务区划"), db_index=False
    )
    form = models.CharField(_("组织形式"), max_length=24, choices=Form.choices)
    mode = models.CharField(_("模式"), max_length=20, choices=Mode.choices, blank=True)
    formation = models.CharField(_("组建方式"), max_length=16, choices=Formation.choices)
    purpose = models.TextField(_("为什么单个组织办不成"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="nested", verbose_name=_("上级联合体")
    )
    lead = models.ForeignKey("members.Organization", models.PROTECT, related_name="led", verbose_name=_("牵头党组织"))
    supervising = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="supervised", verbose_name=_("上级党组织")
    )
    document_number = models.CharField(_("批复文号"), max_length=60, blank=True)
    established = models.CharField(_("成立时间（报道）"), max_length=10, blank=True)
    activated_on = models.DateField(_("设立日期"), null=True, blank=True)
    ended_on = models.DateField(_("终止日期"), null=True, blank=True)
    rectify_by = models.DateField(_("整顿期限"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="split_off", verbose_name=_("分出自")
    )
    applied_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(_("出处"), max_length=40, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    synthetic_fields = models.JSONField(_("演示补充的字段"), default=list, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = AllianceQuerySet.as_manager()

    class Meta:
        verbose_name = _("联合体")
        verbose_name_plural = _("联合体")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["region", "id"]),
            models.Index(fields=["state", "region"]),
            models.Index(fields=["activated_on", "ended_on"]),
            models.Index(fields=["updated_at", "id"]),
            pairs_of("name", "alliance_name_pairs"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=("draft", "submitted", "returned", "dissolved"))
                | models.Q(activated_on__isnull=False),
                name="running_alliance_has_its_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("merged", "dissolved")) | models.Q(ended_on__isnull=False),
                name="ended_alliance_has_its_day",
            ),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="alliance_not_in_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def runs(self) -> bool:
        return self.state in {self.State.ACTIVE, self.State.RECTIFYING}

    def has_begun(self, day: date) -> bool:
        """Whether it had begun to run by the end of the day, whatever came of it later."""
        return self.activated_on is not None and self.activated_on <= day

    @property
    def crossings(self) -> list[str]:
        """The ways of crossing (联建方式), in fixed order; needs ``with_counts()``."""
        return [str(CROSSING_LABELS[name]) for name in self.crossing_keys]

    @property
    def crossing_keys(self) -> list[str]:
        """The same as keys: sector, industry, level, region, ownership; none without ``with_counts()``."""
        return [name for name in CROSSINGS if getattr(self, f"crosses_{name}", False)]

    def get_absolute_url(self) -> str:
        return reverse("alliances:detail", args=[self.pk])


CROSSING_LABELS = {
    "sector": _("跨领域"),
    "industry": _("跨行业"),
    "level": _("跨层级"),
    "region": _("跨地域"),
    "ownership": _("跨体制"),
}


class Chain(models.Model):
    """A chain (链) on which an alliance stands; an alliance may have several."""

    class Kind(models.TextChoices):
        INDUSTRY = "industry", _("产业链")
        GOVERNANCE = "governance", _("治理链")
        SERVICE = "service", _("服务链")
        BUSINESS = "business", _("业务链")
        OPERATION = "operation", _("经营链")

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="chains")
    kind = models.CharField(_("链"), max_length=12, choices=Kind.choices)

    class Meta:
        verbose_name = _("链")
        verbose_name_plural = _("链")
        ordering = ("kind",)
        constraints = [models.UniqueConstraint(fields=["alliance", "kind"], name="one_chain_of_a_kind")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
