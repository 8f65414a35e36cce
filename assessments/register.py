"""一表通: everything that the house knows of one alliance, as an explicit list of sections for one sheet of A4.

A section is a line of ``SECTIONS``: its title, and a function (alliance, reader, day) that answers with its facts or
its table, or None where there is nothing to tell. Nothing is typed twice: all of it is read from what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from alliances.measures import Period
from alliances.models import Activity, Alliance, Belt, Decision, Fact, Meeting, Session
from alliances.sources import report_of
from assessments.models import AllianceScore
from assessments.organizations import parts_of
from assessments.statistics import METRICS
from assessments.words import figure
from listings.models import Item, Listing
from listings.models.listing import Kind

LONGEST = 60
LATEST = 8

FIGURES = (
    "organizations_covered", "party_members_covered", "listings_signed", "items_claimed", "items_open",
    "problems_solved", "solve_rate", "median_days_to_solve", "activities_held", "theme_days_held",
    "service_person_times", "service_people",
)  # fmt: skip
"""The figures of the year, by their keys."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, two pairs a line."""

    pairs: Sequence[tuple[Any, Any]]
    template: str = "register/_facts.html"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``note`` says what was left out."""

    heads: Sequence[Any]
    rows: Sequence[Sequence[Any]]
    note: str = ""
    template: str = "register/_table.html"


@dataclass(frozen=True, slots=True)
class Words:
    """Running text, a paragraph for each."""

    texts: Sequence[Any]
    template: str = "register/_words.html"


Body = Facts | Table | Words | None
Tell = Callable[[Alliance, Any, date], Body]


def day_word(day: date | None) -> str:
    return day.strftime("%Y-%m-%d") if day else "—"


def identity(alliance: Alliance, user: Any, today: date) -> Body:
    """What it is called and what it is; ``alliance`` comes ``with_counts``."""
    around = Alliance.objects.visible_to(user).around(alliance).first()
    chains = now_("、").join(str(chain) for chain in alliance.chains.all())
    pairs = [
        (_("编号"), alliance.code or "—"),
        (_("状态"), alliance.get_state_display()),
        (_("组织形式"), alliance.get_form_display()),
        (_("组建方式"), alliance.get_formation_display()),
        (_("模式"), alliance.get_mode_display() or "—"),
        (_("链"), chains or "—"),
        (_("联建方式"), now_("、").join(alliance.crossings) or "—"),
        (_("服务区划"), alliance.region.name),
        (_("牵头党组织"), alliance.lead.name),
        (_("上级党组织"), alliance.supervising.name),
        (_("设立日期"), day_word(alliance.activated_on)),
        (_("批复文号"), alliance.document_number or "—"),
    ]
    if around is not None:
        pairs.append((_("上级联合体"), around.name))
    if alliance.established:
        pairs.append((_("成立时间（报道）"), alliance.established))
    if alliance.ended_on:
        pairs.append((_("终止日期"), day_word(alliance.ended_on)))
    return Facts(pairs)


def purpose(alliance: Alliance, user: Any, today: date) -> Body:
    return Words([alliance.purpose]) if alliance.purpose else None


def members(alliance: Alliance, user: Any, today: date) -> Body:
    """The current members, the lead first."""
    rows = list(alliance.memberships.current().select_related("organization__region").order_by("joined_on", "pk"))
    rows.sort(key=lambda m: m.organization_id != alliance.lead_id)
    cells = [
        (
            m.organization.name,
            now_("牵头") if m.organization_id == alliance.lead_id else now_("成员"),
            m.organization.get_sector_display(),
            m.organization.get_level_display(),
            m.organization.region.name,
            day_word(m.joined_on),
        )
        for m in rows[:LONGEST]
    ]
    heads = (_("成员党组织"), _("身份"), _("领域"), _("层级"), _("区划"), _("加入"))
    return Table(heads, cells, cut(len(rows), LONGEST)) if rows else None


def cut(number: int, shown: int) -> str:
    """Says how many there are where not all are shown."""
    words = now_("共 %(number)s 行，只列前 %(shown)s 行。") % {"number": number, "shown": shown}
    return words if number > shown else ""


def leadership(alliance: Alliance, user: Any, today: date) -> Body:
    posts = alliance.posts.select_related("organization")[:LONGEST]
    rows = [
        (post.person, post.title, post.organization.name if post.organization else "—", post.own_post or "—")
        for post in posts
    ]
    return Table((_("姓名"), _("在联合体任职"), _("所在党组织"), _("本单位职务")), rows) if rows else None


def nested(alliance: Alliance, user: Any, today: date) -> Body:
    rows: Any = alliance.nested.visible_to(user).with_counts().select_related("lead").order_by("pk")[:LONGEST]
    cells = [(a.name, a.get_form_display(), a.lead.name, a.members_now or 0, a.get_state_display()) for a in rows]
    return Table((_("所含联合体"), _("组织形式"), _("牵头"), _("成员"), _("状态")), cells) if cells else None


def means(alliance: Alliance, user: Any, today: date) -> Body:
    rows = [(one.get_kind_display(), one.text) for one in alliance.arrangements.all()[:LONGEST]]
    return Table((_("类别"), _("内容")), rows) if rows else None


def lists(alliance: Alliance, user: Any, today: date) -> Body:
    rows: Any = Listing.objects.visible_to(user).filter(alliance=alliance).exclude(state="superseded").with_counts()
    cells = [
        (one.period_label, one.get_kind_display(), one.get_state_display(), day_word(one.signed_on), one.items_now)
        for one in rows.order_by("-period_from", "kind")[:LATEST]
    ]
    return Table((_("时段"), _("清单"), _("状态"), _("签订"), _("事项数")), cells) if cells else None


def items(alliance: Alliance, user: Any, today: date) -> Body:
    """Problems and service items apart, by state."""
    seen = Item.objects.visible_to(user).filter(alliance=alliance)
    rows = []
    for label, some in ((Kind.PROBLEM.label, seen.problems()), (now_("服务事项（资源、供需、项目）"), seen.services())):
        parts = parts_of(some, Item)
        words = now_("；").join(f"{part.label} {part.count}" for part in parts)
        if parts:
            rows.append((label, sum(part.count for part in parts), words))
    return Table((_("事项"), _("合计"), _("按状态")), rows) if rows else None


def activities(alliance: Alliance, user: Any, today: date) -> Body:
    """What was held, by kind in this year, and the latest ones."""
    seen = Activity.objects.visible_to(user).filter(alliance=alliance)
    held = Session.objects.counted().filter(activity__in=seen.values("pk"))
    latest = held.select_related("activity__host").annotate(came=Count("attendances")).order_by("-held_on", "-pk")
    rows = [
        (day_word(s.held_on), s.activity.title, s.activity.get_kind_display(), s.activity.host.label, s.came)
        for s in latest[:LATEST]
    ]
    heads = (_("日期"), _("活动"), _("类型"), _("主办"), _("参加组织"))
    return Table(heads, rows, cut(held.count(), LATEST)) if rows else None


def meetings(alliance: Alliance, user: Any, today: date) -> Body:
    seen = Meeting.objects.visible_to(user).filter(alliance=alliance, state=Meeting.State.HELD)
    latest = seen.select_related("host").annotate(decided=Count("decisions")).order_by("-held_on", "-pk")
    rows = [
        (day_word(m.held_on), m.title, m.get_kind_display(), m.host.label, m.decided)
        for m in latest[:LATEST]
    ]
    heads = (_("日期"), _("会议"), _("类型"), _("主持"), _("决议"))
    return Table(heads, rows, cut(seen.count(), LATEST)) if rows else None


def decisions(alliance: Alliance, user: Any, today: date) -> Body:
    seen = Decision.objects.visible_to(user).filter(alliance=alliance).order_by("-year", "-serial", "-pk")
    rows = [(one.number, one.title, one.get_state_display()) for one in seen[:LATEST]]
    return Table((_("编号"), _("决议"), _("状态")), rows, cut(seen.count(), LATEST)) if rows else None


def figures(alliance: Alliance, user: Any, today: date) -> Body:
    """The figures of the running year; of an ended alliance those of its last year."""
    last = min(alliance.ended_on or today, today)
    period = Period(date(last.year, 1, 1), last)
    numbers = {key: METRICS[key].per_alliance(period, [alliance.pk])[alliance.pk] for key in FIGURES}
    pairs = [(METRICS[key].label, figure(key, value)) for key, value in numbers.items()]
    return Facts(pairs) if alliance.activated_on else None


def assessment(alliance: Alliance, user: Any, today: date) -> Body:
    scores = AllianceScore.objects.visible_to(user).filter(alliance=alliance).select_related("scheme")
    rows = [
        (s.scheme.year, s.scheme.title, s.score if s.score is not None else "—", s.grade or "—")
        for s in scores.order_by("-scheme__year")[:LATEST]
    ]
    return Table((_("年度"), _("方案"), _("得分"), _("等次")), rows) if rows else None


def standing(alliance: Alliance, user: Any, today: date) -> Body:
    """Points and lines, orders to rectify, rewards: one line each, newest first."""
    found = [(site.since, now_("示范点"), _until(site.until)) for site in alliance.demonstrations.all()]
    belts = Belt.objects.filter(stops__alliance=alliance)
    found += [(belt.since, belt.get_kind_display(), f"{belt.name}{_until(belt.until)}") for belt in belts]
    found += [(order.ordered_on, now_("规范整顿"), order.reason) for order in alliance.rectifications.all()]
    found += [(reward.granted_on, now_("政策资金倾斜"), reward.what) for reward in alliance.rewards.all()]
    found.sort(key=lambda line: line[0], reverse=True)
    rows = [(day_word(day), what, words) for day, what, words in found[:LATEST]]
    return Table((_("日期"), _("事由"), _("内容")), rows, cut(len(found), LATEST)) if rows else None


def _until(day: date | None) -> str:
    return now_("（至 %(day)s）") % {"day": day_word(day)} if day else ""


def facts(alliance: Alliance, user: Any, today: date) -> Body:
    """What published reports tell, with the report; never mixed with what is counted here."""
    rows = [
        (fact.name, _amount(fact), fact.period or "—", report_of(fact.source))
        for fact in alliance.facts.all()[:LONGEST]
    ]
    return Table((_("名称"), _("数值"), _("时期"), _("出处")), rows) if rows else None


def _amount(fact: Fact) -> str:
    return f"{now_('约') if fact.about else ''}{fact.amount}{fact.unit}{now_('以上') if fact.at_least else ''}"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the sheet."""

    key: str
    title: Any
    tell: Tell


SECTIONS = (
    Section("identity", _("基本信息"), identity),
    Section("purpose", _("为什么单个组织办不成"), purpose),
    Section("members", _("成员党组织"), members),
    Section("leadership", _("领导班子与任职"), leadership),
    Section("nested", _("所含联合体"), nested),
    Section("means", _("机制、阵地与服务"), means),
    Section("figures", _("本年数字"), figures),
    Section("lists", _("清单"), lists),
    Section("items", _("事项办理"), items),
    Section("meetings", _("会议"), meetings),
    Section("decisions", _("决议"), decisions),
    Section("activities", _("活动"), activities),
    Section("assessment", _("年度考核"), assessment),
    Section("standing", _("动态管理与示范带动"), standing),
    Section("facts", _("报道中的事实（不计入本系统的统计）"), facts),
)
"""The sheet, from top to bottom. A further section is a line here and its function above."""


def sheet_of(alliance: Alliance, user: Any, today: date) -> list[tuple[Section, Body]]:
    """The sections that have something to tell, as far as the reader may see it."""
    told = [(section, section.tell(alliance, user, today)) for section in SECTIONS]
    return [(section, body) for section, body in told if body is not None]
