"""What the house knows of one Party organisation: its alliances, what it asked, what it took on, how that ended.

Nothing here is typed in by anybody: it is all read from what was done. ``known_to`` is for the organisation's page and
shows what the reader may see; ``year_of`` counts a whole year for the organisation itself and its superiors.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.measures import Period
from alliances.metrics import services
from alliances.models import Alliance, Membership, Post, Session
from assessments.models import MemberScore
from listings.metrics import CONTENT
from listings.models import Claim, Item
from members.models import Organization

SHOWN = 10
CHILDREN_SHOWN = 30
FIRST_YEAR = 2016


@dataclass(frozen=True, slots=True)
class Part:
    """How many rows stand in a state: its value, its word, the number."""

    value: str
    label: str
    count: int


def known_to(user: Any, organization: Organization) -> dict[str, Any]:
    """What the user may read of the organisation, beside its record; a number of queries that does not grow."""
    asked = Item.objects.visible_to(user).filter(asked_by=organization)
    claims = Claim.objects.visible_to(user).filter(organization=organization)
    children = Organization.objects.visible_to(user).filter(parent=organization)
    alliances = Alliance.objects.visible_to(user)
    posts = Post.objects.visible_to(user).standing().filter(organization=organization).select_related("alliance")
    return {
        "parent": Organization.objects.visible_to(user).filter(children=organization).first(),
        "children": list(children.order_by("region_id", "code")[:CHILDREN_SHOWN]),
        "children_count": children.count(),
        "memberships": memberships_of(organization, user),
        "supervised_count": alliances.running().filter(supervising=organization).count(),
        "posts": list(posts.order_by("pk")[:CHILDREN_SHOWN]),
        "asked": list(asked.select_related("alliance").order_by("-collected_on", "-pk")[:SHOWN]),
        "asked_parts": parts_of(asked, Item),
        "claims": list(claims.select_related("item__alliance").order_by("-claimed_at", "-pk")[:SHOWN]),
        "claims_parts": parts_of(claims, Claim),
        "outcome": outcome_of(claims),
        "scores": list(scores_of(organization, user)[:SHOWN]),
    }


def memberships_of(organization: Organization, user: Any) -> list[Membership]:
    """Its part in the alliances that the user may see: the present first, then what has ended, the newest before."""
    rows = Membership.objects.visible_to(user).filter(organization=organization).exclude(state="declined")
    rows = rows.select_related("alliance__region").order_by("state", "-joined_on", "-pk")
    return list(rows[: CHILDREN_SHOWN * 2])


def parts_of(rows: QuerySet, model: type[Item] | type[Claim]) -> list[Part]:
    """By state, in the order in which states follow each other; what nobody stands in is left out."""
    counted = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return [Part(value, str(label), counted[value]) for value, label in model.State.choices if counted.get(value)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Claims that whoever asked has confirmed, and of how many they were content (of those who said)."""

    confirmed: int
    satisfied: int
    judged: int


def outcome_of(claims: QuerySet, period: Period | None = None) -> Outcome:
    """Of the given claims: confirmed by whoever asked (in the period), and to their satisfaction."""
    confirmed = claims.filter(state=Claim.State.CONFIRMED)
    if period is not None:
        confirmed = confirmed.filter(item__confirmed_on__range=period.days)
    words = Item.objects.filter(pk__in=confirmed.values("item_id")).aggregate(
        judged=Count("pk", filter=~Q(satisfaction="")), satisfied=Count("pk", filter=Q(satisfaction__in=CONTENT))
    )
    return Outcome(confirmed.count(), words["satisfied"], words["judged"])


def scores_of(organization: Organization, user: Any) -> QuerySet[MemberScore]:
    """Its published results in its alliances, as far as the user may read them, the newest year first; also those of
    records that were merged into it, which stay as they were published."""
    own = Q(organization=organization) | Q(organization__merged_into=organization)
    rows = MemberScore.objects.visible_to(user).filter(own)
    return rows.select_related("scheme", "alliance").order_by("-scheme__year", "alliance__code")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paper: a name, a number or word, its unit, and what was counted."""

    label: Any
    value: Any
    unit: Any = ""
    note: Any = ""


def years_of(organization: Organization, today: date) -> range:
    """The years that the paper can be drawn up for: from the first alliance's year to this one, newest first."""
    first = organization.memberships.exclude(joined_on=None).order_by("joined_on").values_list("joined_on", flat=True)
    begun = min((day.year for day in first[:1] if day), default=today.year)
    return range(today.year, min(max(begun, FIRST_YEAR), today.year) - 1, -1)


def year_of(organization: Organization, year: int, today: date, user: Any) -> dict[str, Any]:
    """What the organisation did in the year, up to ``today``: everything counted from what was done."""
    period = Period(date(year, 1, 1), date(year, 12, 31)).until(today)
    memberships = organization.memberships.exclude(joined_on=None).filter(alliance__activated_on__lte=period.last)
    memberships = memberships.select_related("alliance__region")
    there = list(
        memberships.filter(joined_on__lte=period.last).exclude(left_on__lt=period.first).order_by("joined_on", "pk")
    )
    claims = organization.claims.all()
    asked = organization.asked.exclude(state="refused")
    return {
        "period": period,
        "memberships": there[:CHILDREN_SHOWN],
        "lines": [
            *alliance_lines(there, organization, period),
            *activity_lines(organization, period),
            *claim_lines(claims, period),
            *asked_lines(asked, period),
            *service_lines(organization, period),
        ],
        "confirmed": list(
            claims.filter(state="confirmed", item__confirmed_on__range=period.days)
            .select_related("item__alliance", "item__asked_by")
            .order_by("item__confirmed_on", "pk")[:CHILDREN_SHOWN]
        ),
        "sessions": list(
            attended(organization, period).select_related("activity__host", "activity__alliance")[:CHILDREN_SHOWN]
        ),
        "scores": list(scores_of(organization, user).filter(scheme__year=year)),
    }


def alliance_lines(rows: list[Membership], organization: Organization, period: Period) -> list[Line]:
    """Of the memberships that touch the period: how many stood at its end, how many began, how many it led."""
    stood = [m for m in rows if not m.left_on or m.left_on > period.last]
    joined = sum(period.first <= m.joined_on <= period.last for m in rows if m.joined_on)
    led = sum(m.alliance.lead_id == organization.pk for m in stood)
    note = _("其中牵头 %(led)s 个；本年新加入 %(joined)s 个") % {"led": led, "joined": joined}
    return [Line(_("参加联合体"), len({m.alliance_id for m in stood}), _("个"), note)]


def attended(organization: Organization, period: Period) -> QuerySet[Session]:
    """Sessions of the period in which it took part; a late record once a second person has confirmed it."""
    held = Session.objects.counted().filter(held_on__range=period.days, attendances__organization=organization)
    return held.order_by("held_on", "pk")


def activity_lines(organization: Organization, period: Period) -> list[Line]:
    hosted = Session.objects.counted().filter(held_on__range=period.days, activity__host=organization).count()
    note = _("其中本组织主办 %(hosted)s 场") % {"hosted": hosted}
    return [Line(_("参加活动"), attended(organization, period).count(), _("场"), note)]


def claim_lines(claims: QuerySet, period: Period) -> list[Line]:
    """What it took on and what whoever asked has confirmed; satisfaction says numerator and denominator."""
    taken = claims.filter(claimed_at__date__range=period.days).count()
    outcome = outcome_of(claims, period)
    note = _("提出方表示满意 %(satisfied)s / %(judged)s 项") % {
        "satisfied": outcome.satisfied,
        "judged": outcome.judged,
    }
    return [
        Line(_("认领事项"), taken, _("项"), _("之后退出的也计")),
        Line(_("认领后经提出方确认办结"), outcome.confirmed, _("项"), note if outcome.judged else ""),
    ]


def asked_lines(asked: QuerySet, period: Period) -> list[Line]:
    new = asked.filter(collected_on__range=period.days)
    problems = new.filter(kind="problem").count()
    solved = asked.filter(kind="problem", confirmed_on__range=period.days).count()
    note = _("其中问题 %(problems)s 件") % {"problems": problems}
    return [
        Line(_("提出事项"), new.count(), _("项"), note),
        Line(_("提出的问题经本组织确认解决"), solved, _("件"), _("按确认之日计")),
    ]


def service_lines(organization: Organization, period: Period) -> list[Line]:
    served = services(period).filter(person__organization=organization)
    counted = served.aggregate(times=Count("pk"), people=Count("person", distinct=True))
    note = _("%(people)s 名党员参加") % {"people": counted["people"]}
    return [Line(_("党员志愿服务"), counted["times"], _("人次"), note if counted["people"] else "")]
