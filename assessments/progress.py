"""Where a year stands (进度): who has reported, how many of each group have rated, what is still open. Only numbers:
who has said what is shown to nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from alliances.models import Alliance, Membership
from assessments import scoring
from assessments.fingerprints import fingerprint
from assessments.models import Appeal, Rating, Scheme, SelfReport
from assessments.querysets import SHOWN_FROM
from assessments.querysets.year import OPEN_APPEALS
from members.scope import rights_of

Direction = Rating.Direction
MOST_OWN = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one alliance is: its self-report (None: not begun), and of each group how many have rated, of how many.
    ``slips`` are the invitations handed out to the masses."""

    alliance: Alliance
    report: SelfReport | None
    members: int
    members_due: int
    rated: int
    superior: bool
    opinions: int
    slips: int

    @property
    def silent(self) -> list[str]:
        """The groups of which fewer have spoken than are shown and counted."""
        asked = [("members", self.members, self.members_due), ("masses", self.opinions, self.slips)]
        quiet = [group for group, said, due in asked if due and said < SHOWN_FROM]
        return quiet if self.superior else [*quiet, "superior"]


@dataclass(frozen=True, slots=True)
class Totals:
    """The same of all alliances together. A group is silent in an alliance where fewer than three have spoken."""

    alliances: int
    reports: dict[str, int]
    late: int
    members: int
    members_due: int
    rated: int
    superior: int
    opinions: int
    slips: int
    silent_members: int
    silent_masses: int
    appeals: dict[str, int]

    @property
    def reported(self) -> int:
        return self.reports.get("submitted", 0)

    @property
    def unreported(self) -> int:
        return self.alliances - self.reported

    @property
    def silent_superior(self) -> int:
        return self.alliances - self.superior

    @property
    def appealed(self) -> int:
        return sum(self.appeals.values())

    @property
    def appeals_open(self) -> int:
        return sum(self.appeals.get(state, 0) for state in OPEN_APPEALS)

    @property
    def upheld(self) -> int:
        return self.appeals.get("upheld", 0)

    @property
    def dismissed(self) -> int:
        return self.appeals.get("dismissed", 0)


def alliances_of(scheme: Scheme, user: Any) -> QuerySet[Alliance]:
    """The assessed alliances of which the user may know how far they are: those in the subtrees that one governs."""
    return scoring.assessed_by(scheme).governed_by(user)


def unreported(scheme: Scheme, alliances: QuerySet[Alliance]) -> QuerySet[Alliance]:
    """Those without a submitted self-report."""
    said = SelfReport.objects.filter(scheme=scheme, alliance=OuterRef("pk"), state="submitted")
    return alliances.exclude(Exists(said))


def unheard(scheme: Scheme, alliances: QuerySet[Alliance]) -> QuerySet[Alliance]:
    """Those in which too few members have spoken to be counted."""
    said = scheme.ratings.filter(direction=Direction.MEMBERS).values("alliance").annotate(n=Count("pk"))
    due = members_due(alliances.order_by().values("pk")).values("alliance")
    return alliances.filter(pk__in=due).exclude(pk__in=said.filter(n__gte=SHOWN_FROM).values("alliance"))


def standings(scheme: Scheme, alliances: Iterable[Alliance]) -> list[Standing]:
    """One each, in the given order, with a fixed number of statements."""
    alliances = list(alliances)
    ids = [alliance.pk for alliance in alliances]
    reports = {report.alliance_id: report for report in scheme.self_reports.filter(alliance__in=ids)}
    for report in reports.values():
        report.scheme = scheme
    given = scheme.ratings.filter(alliance__in=ids).order_by().values_list("alliance", "direction")
    rated = {(pk, way): count for pk, way, count in given.annotate(n=Count("pk"))}
    due = counted(members_due(ids), "alliance")
    said = counted(scheme.opinions.filter(alliance__in=ids), "alliance")
    slips = handed_out(scheme, ids)
    return [
        Standing(
            alliance=one, report=reports.get(one.pk), members=rated.get((one.pk, "members"), 0),
            members_due=due.get(one.pk, 0), rated=rated.get((one.pk, "alliance"), 0),
            superior=(one.pk, "superior") in rated, opinions=said.get(one.pk, 0), slips=slips.get(one.pk, 0),
        )
        for one in alliances
    ]  # fmt: skip


def totals(scheme: Scheme, alliances: QuerySet[Alliance]) -> Totals:
    """Of all of them, in a fixed number of statements."""
    ids = alliances.order_by().values("pk")
    reports = scheme.self_reports.filter(alliance__in=ids)
    given = scheme.ratings.filter(alliance__in=ids).order_by().values_list("direction").annotate(n=Count("pk"))
    rated = dict(given)
    masses = scheme.opinions.filter(alliance__in=ids).order_by().values("alliance").annotate(n=Count("pk"))
    slips = handed_out(scheme, ids)
    late = Q(submitted_on__gt=scheme.report_by) if scheme.report_by else Q(pk__in=())
    return Totals(
        alliances=alliances.count(), reports=counted(reports, "state"), late=reports.filter(late).count(),
        members=rated.get("members", 0), members_due=members_due(ids).count(), rated=rated.get("alliance", 0),
        superior=rated.get("superior", 0), opinions=scheme.opinions.filter(alliance__in=ids).count(),
        slips=sum(slips.values()), silent_members=unheard(scheme, alliances).count(),
        silent_masses=len(slips) - masses.filter(n__gte=SHOWN_FROM).count(),
        appeals=counted(scheme.appeals.filter(alliance__in=ids), "state"),
    )  # fmt: skip


def members_due(alliances: Any) -> QuerySet[Membership]:
    """The pairs of a member and its alliance that are to be rated both ways: current members but the lead."""
    return Membership.objects.current().filter(alliance__in=alliances).exclude(organization=F("alliance__lead"))


def handed_out(scheme: Scheme, alliances: Any) -> dict[int, int]:
    """Alliance id -> how many slips the masses were handed."""
    batches = scheme.slip_batches.filter(alliance__in=alliances).order_by().values_list("alliance")
    return dict(batches.annotate(handed=Sum("count")))


def counted(rows: QuerySet, by: str) -> dict[Any, int]:
    """How many rows there are of each."""
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))




@dataclass(frozen=True, slots=True)
class Own:
    """What the lead has to do with one of its alliances under a scheme."""

    alliance: Alliance
    report: SelfReport | None
    appeals: list[Appeal]


def handing_out(scheme: Scheme, user: Any) -> list[Alliance]:
    """Alliances of others for which the user's community or village may hand out slips."""
    rights = rights_of(user)
    joined = Membership.objects.current().filter(
        organization__in=rights.organizations, organization__place__in=rights.places
    )
    mine = scoring.assessed_by(scheme).filter(pk__in=joined.values("alliance"))
    return list(mine.exclude(lead__in=rights.organizations)[:MOST_OWN])


def own_of(scheme: Scheme, user: Any) -> list[Own]:
    """The assessed alliances that the user leads, with their self-reports and appeals."""
    led = list(scoring.assessed_by(scheme).filter(lead__in=rights_of(user).organizations)[:MOST_OWN])
    reports = {report.alliance_id: report for report in scheme.self_reports.filter(alliance__in=led)} if led else {}
    appeals = list(scheme.appeals.filter(alliance__in=led).select_related("indicator")) if led else []
    return [Own(one, reports.get(one.pk), [case for case in appeals if case.alliance_id == one.pk]) for one in led]


def term_over(scheme: Scheme, day: date) -> bool:
    """Whether nobody may appeal any more."""
    return scheme.appeals_until is not None and day > scheme.appeals_until


def told_of(scheme: Scheme, alliance: Alliance, user: Any, day: date) -> dict[str, Any]:
    """What stands beside a result: the appeals that the user may see, whether one may appeal, and to who checks or
    leads, what the masses said in words: from three on, and in an order that is nobody's."""
    leads = alliance.lead_id in rights_of(user).organizations
    cases = scheme.appeals.visible_to(user).filter(alliance=alliance).select_related("indicator")
    concerned = leads or rights_of(user).governs(alliance.region_id)
    said = scheme.opinions.filter(alliance=alliance)
    spoken = concerned and said.count() >= SHOWN_FROM
    texts = sorted(said.exclude(words="").values_list("words", flat=True), key=fingerprint) if spoken else []
    return {
        "heard_appeals": list(cases),
        "appealable": leads and scheme.state == Scheme.State.SCORING and not term_over(scheme, day),
        "said_words": texts,
    }


def submitted_of(scheme: Scheme, alliance: Alliance, user: Any) -> SelfReport | None:
    """The self-report that who rates the alliance reads beside the form."""
    seen = SelfReport.objects.visible_to(user).filter(scheme=scheme, alliance=alliance, state="submitted")
    return seen.select_related("scheme").first()
