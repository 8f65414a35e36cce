"""What is still to be done under an open scheme, by organisation and by superior: one sum for each who is reminded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from alliances.models import Membership
from assessments import progress, scoring
from assessments.models import Rating, Scheme
from members.models import Role, User

Direction = Rating.Direction


def left_to(scheme: Scheme, day: date) -> Mapping[User, Counter[str]]:
    """User -> how many ``reports`` and ``ratings`` are left to them, as heads of organisations and as superiors."""
    left: dict[int, Counter[str]] = defaultdict(Counter)
    heads = Role.objects.as_of(day).filter(role=Role.Kind.BRANCH).values_list("organization", "user")
    for kind, owed in owed_by_organization(scheme).items():
        for organization, user in heads.filter(organization__in=list(owed)):
            left[user][kind] += owed[organization]
    above = owed_by_superiors(scheme)
    for region, user in Role.objects.as_of(day).filter(region__in=list(above)).values_list("region", "user"):
        left[user]["ratings"] += above[region]
    users = User.objects.active().filter(pk__in=list(left)).order_by("pk")
    return {user: left[user.pk] for user in users}


def owed_by_organization(scheme: Scheme) -> dict[str, Counter[int]]:
    """``reports`` by lead, and ``ratings`` by member and by lead: organisation id -> how many."""
    assessed = scoring.assessed_by(scheme)
    silent = progress.unreported(scheme, assessed).order_by()
    reports = Counter(dict(silent.values_list("lead").annotate(n=Count("pk"))))
    as_members = _unrated(scheme, Direction.MEMBERS).values_list("organization").annotate(n=Count("pk"))
    as_leads = _unrated(scheme, Direction.ALLIANCE).values_list("alliance__lead").annotate(n=Count("pk"))
    return {"reports": reports, "ratings": Counter(dict(as_members)) + Counter(dict(as_leads))}


def owed_by_superiors(scheme: Scheme) -> dict[str, int]:
    """Division code of the supervising organisation -> how many alliances it has still to rate."""
    given = scheme.ratings.filter(direction=Direction.SUPERIOR, alliance=OuterRef("pk"))
    asked = scoring.rated_in(scheme, Direction.SUPERIOR)
    owed = asked.exclude(Exists(given)).order_by().values_list("supervising__region")
    return dict(owed.annotate(n=Count("pk")))


def _unrated(scheme: Scheme, direction: str) -> QuerySet[Membership]:
    """Pairs without their rating in that direction."""
    given = scheme.ratings.filter(
        direction=direction, alliance=OuterRef("alliance"), organization=OuterRef("organization")
    )
    asked = scoring.rated_in(scheme, direction).order_by().values("pk")
    joined = Membership.objects.current().filter(alliance__in=asked).exclude(organization=F("alliance__lead"))
    return joined.exclude(Exists(given)).order_by()
