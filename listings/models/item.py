"""Items (事项): the problems and the service items of lists, one noun."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models import Skill
from listings.models.listing import KIND_TAGS, Kind, Listing
from listings.querysets import ItemQuerySet
from listings.querysets.item import TERM_ORDER
from members.bigrams import pairs_of
from members.states import Stateful

KIND_TONES = {Kind.PROBLEM: "brand", Kind.RESOURCE: "done", Kind.SUPPLY_DEMAND: "doing", Kind.PROJECT: "claimed"}
NUMBER_PREFIX = {Kind.PROBLEM: "WT", Kind.RESOURCE: "ZY", Kind.SUPPLY_DEMAND: "GX", Kind.PROJECT: "XM"}


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Item(Stateful):
    """An item on a list: a problem asked by someone, or a service item that members claim.

    The closed loop (民情收集—研判—调处—反馈): collected, studied, open, claimed, in hand, done (says the claimant),
    confirmed by whoever asked, closed. What departments that a whistle has called sign for is in hand without a claim.
    A problem may be *linked* to the service item that answers it
    (``answered_by``) and is then solved with its own asker's confirmation. ``alliance``, ``region`` and ``kind``
    repeat the list's. ``capacity`` is how many organisations may hold a claim at once. Items stand on their list in
    the order of ``position`` and id. While it waits for others (``paused_at``) an item has no ``due_on``: the pause
    keeps what is left of the term.

    ``site`` is the community or village (or a wider place) beneath the alliance's region, ``place`` the door.
    ``origin`` says how the need came up: found out, never asked. ``skills`` are words of the double registration.
    ``responsible`` is who has to do with it by its duties (归口): a hint of whoever studied it, nobody is put to work.
    ``duplicate_of`` is the item that was found to ask for the same.
    Only a correction leads back from a confirmation. ``parent`` is the larger item of which it is a part, ``reopens``
    the ended item whose trouble came back, ``came_from`` the item of another alliance that was passed on here.
    """

    class State(models.TextChoices):
        COLLECTED = "collected", _("已收集")
        STUDIED = "studied", _("已研判")
        OPEN = "open", _("待认领")
        LINKED = "linked", _("已对接")
        CLAIMED = "claimed", _("已认领")
        IN_HAND = "in_hand", _("办理中")
        DONE = "done", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        CLOSED = "closed", _("已办结")
        RETURNED = "returned", _("已退回")
        REFUSED = "refused", _("不予受理")
        FORWARDED = "forwarded", _("已转办")

    class Satisfaction(models.TextChoices):
        """What whoever asked thinks of it, said with the confirmation; "" = did not say."""

        SATISFIED = "satisfied", _("满意")
        MOSTLY = "mostly", _("基本满意")
        DISSATISFIED = "dissatisfied", _("不满意")

    class Category(models.TextChoices):
        SANITATION = "sanitation", _("环境卫生")
        PROPERTY = "property", _("物业管理")
        TRAFFIC = "traffic", _("停车交通")
        FACILITY = "facility", _("基础设施")
        FARMING = "farming", _("农牧技术")
        MARKET = "market", _("产销对接")
        FINANCE = "finance", _("资金金融")
        EMPLOYMENT = "employment", _("就业培训")
        HEALTH = "health", _("医疗健康")
        EDUCATION = "education", _("教育助学")
        CARE = "care", _("帮扶关爱")
        CULTURE = "culture", _("文体活动")
        SECURITY = "security", _("平安法治")
        PARTY = "party", _("党建共建")
        OTHER = "other", _("其他")

    class Urgency(models.TextChoices):
        NORMAL = "normal", _("一般")
        PRESSING = "pressing", _("紧急")
        EXTREME = "extreme", _("特急")

    class Origin(models.TextChoices):
        RESIDENT = "resident", _("居民诉求")
        MEMBER = "member", _("成员需求")
        MEETING = "meeting", _("会议决议")
        IDEA = "idea", _("金点子")
        HOTLINE = "hotline", _("热线平台")
        IMPORT = "import", _("批量导入")

    class Supervision(models.IntegerChoices):
        """How far up an overdue item has come (督办); one level at a time, each once a term."""

        NONE = 0, _("未督办")
        LEAD = 1, _("牵头党组织督办")
        SUPERVISING = 2, _("上级党组织督办")
        DEPARTMENT = 3, _("组织部督办")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.COLLECTED: (State.STUDIED, State.OPEN, State.RETURNED, State.REFUSED, State.FORWARDED),
        State.STUDIED: (State.OPEN, State.RETURNED, State.REFUSED, State.FORWARDED),
        State.OPEN: (State.CLAIMED, State.LINKED, State.IN_HAND, State.RETURNED, State.REFUSED, State.FORWARDED),
        State.LINKED: (State.CONFIRMED, State.OPEN),
        State.CLAIMED: (State.IN_HAND, State.DONE, State.OPEN),
        State.IN_HAND: (State.DONE, State.OPEN),
        State.DONE: (State.CONFIRMED, State.IN_HAND),
        State.CONFIRMED: (State.CLOSED, State.DONE, State.LINKED),
        State.CLOSED: (State.DONE, State.LINKED),
        State.RETURNED: (State.COLLECTED, State.REFUSED),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.COLLECTED)
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="items", verbose_name=_("清单"))
    alliance = models.ForeignKey(
        "alliances.Alliance", models.PROTECT, related_name="items", verbose_name=_("联合体"), db_index=False
    )
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("类别"), max_length=14, choices=Kind.choices)
    title = models.CharField(_("事项"), max_length=80)
    detail = models.TextField(_("说明"), blank=True)
    category = models.CharField(_("分类"), max_length=12, choices=Category.choices, default=Category.OTHER)
    urgency = models.CharField(_("紧急程度"), max_length=8, choices=Urgency.choices, default=Urgency.NORMAL)
    site = models.ForeignKey(
        "members.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所在社区")
    )
    place = models.CharField(_("地点"), max_length=80, blank=True)
    skills = models.JSONField(_("所需专长"), default=list, blank=True)
    wants = models.CharField(_("需要"), max_length=120, blank=True)
    capacity = models.PositiveSmallIntegerField(_("需要几家"), default=1)
    due_on = models.DateField(_("办理期限"), null=True, blank=True)
    paused_at = models.DateTimeField(_("暂停计时自"), null=True, blank=True)
    supervision = models.PositiveSmallIntegerField(_("督办"), choices=Supervision.choices, default=Supervision.NONE)
    supervised_on = models.DateField(_("督办日期"), null=True, blank=True)
    asked_by = models.ForeignKey("members.Organization", models.PROTECT, related_name="asked", verbose_name=_("提出"))
    for_resident = models.BooleanField(_("代居民提出"), default=False)
    origin = models.CharField(_("来源"), max_length=8, choices=Origin.choices, default=Origin.MEMBER)
    responsible = models.ForeignKey(
        "members.Organization", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("归口单位")
    )
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name=_("重复事项")
    )
    entered_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    entered_by_client = models.ForeignKey("members.ApiClient", models.PROTECT, null=True, blank=True, related_name="+")
    external_id = models.CharField(_("外部编号"), max_length=64, blank=True)
    answered_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answers", verbose_name=_("对接的服务事项")
    )
    decision = models.ForeignKey(
        "alliances.Decision", models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("会议决议")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("所属事项")
    )
    reopens = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reopened", verbose_name=_("重提自")
    )
    came_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="went_to", verbose_name=_("转自")
    )
    addendum = models.BooleanField(_("增补"), default=False)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    collected_on = models.DateField(_("提出日期"))
    first_claimed_on = models.DateField(_("首次认领日期"), null=True, blank=True)
    done_on = models.DateField(_("办理完成日期"), null=True, blank=True)
    confirmed_on = models.DateField(_("确认日期"), null=True, blank=True)
    satisfaction = models.CharField(_("满意度"), max_length=12, choices=Satisfaction.choices, blank=True)
    on_behalf = models.BooleanField(_("代为确认"), default=False)
    goes_to = models.CharField(_("下一步去向"), max_length=120, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    source = models.CharField(_("出处"), max_length=40, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("事项")
        verbose_name_plural = _("事项")
        ordering = ("-collected_on", "-id")
        indexes = [
            models.Index(fields=["-collected_on", "-id"]),
            models.Index(fields=["region", "collected_on"]),
            models.Index(fields=["region", "confirmed_on"]),
            models.Index(fields=["alliance", "collected_on"]),
            models.Index(fields=["alliance", "state"]),
            models.Index("state", TERM_ORDER, "id", name="item_stage_by_term"),
            models.Index(TERM_ORDER, "id", name="item_by_term"),
            models.Index(
                fields=["due_on"], condition=models.Q(state__in=("open", "claimed", "in_hand")), name="item_due"
            ),
            models.Index(fields=["first_claimed_on"]),
            models.Index(fields=["updated_at", "id"]),
            pairs_of("title", "item_title_pairs"),
            GinIndex(fields=["skills"], name="item_skills"),
            models.Index(
                fields=["urgency", "-collected_on", "-id"], condition=~models.Q(urgency="normal"), name="item_urgent"
            ),
            models.Index(
                fields=["origin", "-collected_on", "-id"], condition=~models.Q(origin="member"), name="item_origin"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(capacity__gte=1), name="item_wants_somebody"),
            models.CheckConstraint(
                condition=models.Q(answered_by=None)
                | (models.Q(kind="problem") & ~models.Q(answered_by=models.F("id"))),
                name="only_problems_are_answered",
            ),
            models.CheckConstraint(
                condition=models.Q(duplicate_of=None) | ~models.Q(duplicate_of=models.F("id")),
                name="item_not_a_duplicate_of_itself",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("confirmed", "closed")) | models.Q(confirmed_on__isnull=False),
                name="confirmed_item_has_its_day",
            ),
            models.CheckConstraint(
                condition=models.Q(satisfaction="") | models.Q(state__in=("confirmed", "closed")),
                name="only_what_is_confirmed_is_judged",
            ),
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("id")), name="no_item_is_a_part_of_itself"
            ),
            models.UniqueConstraint(
                fields=["reopens"],
                condition=~models.Q(state__in=("confirmed", "closed", "refused", "forwarded")),
                name="one_unfinished_reopening",
            ),
            models.UniqueConstraint(
                fields=["entered_by_client", "external_id"],
                condition=models.Q(entered_by_client__isnull=False) & ~models.Q(external_id=""),
                name="one_item_an_external_id",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """The human number (编号), e.g. WT-2019-000417."""
        return number_of(self.pk, self.kind, self.collected_on)

    @property
    def tag(self) -> str:
        """The kind in two characters."""
        return str(KIND_TAGS[Kind(self.kind)])

    @property
    def look(self) -> str:
        """The tone in which the kind is shown."""
        return KIND_TONES[Kind(self.kind)]

    @property
    def is_problem(self) -> bool:
        return self.kind == Kind.PROBLEM

    @property
    def is_resource(self) -> bool:
        return self.kind == Kind.RESOURCE

    @property
    def skill_pairs(self) -> list[tuple[str, str]]:
        """The wanted skills, value and word, in the order of the vocabulary."""
        return [(value, str(label)) for value, label in Skill.choices if value in self.skills]

    @property
    def skill_words(self) -> list[str]:
        """The wanted skills in words."""
        return [word for _value, word in self.skill_pairs]

    @property
    def spot(self) -> str:
        """The division code that says best where it is."""
        return self.site_id or self.region_id

    def get_absolute_url(self) -> str:
        return reverse("items:detail", args=[self.pk])


def number_of(pk: int, kind: str, collected_on: date) -> str:
    """WT-2019-000417: the kind, the year in which it was asked, and its own number."""
    return f"{NUMBER_PREFIX[Kind(kind)]}-{collected_on.year}-{pk:06d}"
