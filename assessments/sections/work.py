"""What the alliance did: its figures, lists, items, meetings, decisions, activities, results and standing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from alliances.counting import per_alliance
from alliances.measures import Period
from alliances.models import Activity, Alliance, Belt, Decision, Fact, Meeting, Session
from alliances.sources import report_of
from assessments.models import AllianceScore
from assessments.organizations import parts_of
from assessments.sections.bodies import LATEST, LONGEST, Body, Facts, Table, cut, day_word
from assessments.statistics import METRICS
from assessments.words import figure
from listings.models import Item, Listing
from listings.models.listing import Kind

FIGURES = (
    "organizations_covered", "party_members_covered", "listings_signed", "items_claimed", "items_open",
    "problems_solved", "solve_rate", "median_days_to_solve", "activities_held", "theme_days_held",
    "service_person_times", "service_people",
)  # fmt: skip
"""The figures of the year, by their keys."""


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
    figures = per_alliance((METRICS[key] for key in FIGURES), period, [alliance.pk])
    numbers = {key: figures[key][alliance.pk] for key in FIGURES}
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
