"""The network (关系图): which organisations are in several alliances, and which alliances they link.

Drawn as two columns with ties between them, laid out by fixed rules: the left stands in the order of codes, the right
in the order of the middle of its ties, so that the same data give the same picture. Up to some sixty names are drawn;
a larger place is drawn by the places beneath it. What is drawn, and what was left out, stands in tables as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext as _

from alliances.models import Alliance, Membership
from members.models import Organization, Region
from members.models.region import child_length

DRAWN, LISTED, NAMED = 60, 100, 4
TONES = ("blue", "violet", "green", "amber", "red", "slate")


@dataclass(frozen=True, slots=True)
class Node:
    """A name of a column, with its way on (none where the reader may not go there); ``about`` says how many ties."""

    label: str
    url: str
    about: str = ""
    tone: str = "slate"


Nodes = dict[Any, Node]


@dataclass(frozen=True, slots=True)
class Tie:
    """A line from the left to the right, as a path in a square of a hundred."""

    path: str
    tone: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two of the left column and what they have in common."""

    one: str
    other: str
    count: int
    names: str


@dataclass(frozen=True)
class Web:
    """The picture and its tables. ``alone`` are those of the left that share nothing; ``notes`` say what was left
    out."""

    heads: tuple[str, str]
    left: list[Node] = field(default_factory=list)
    right: list[Node] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    alone: list[Node] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The picture in words."""
        return _("%(left)s %(n)s 个，%(right)s %(m)s 个，其间联系 %(ties)s 条") % {
            "left": self.heads[0], "n": len(self.left), "right": self.heads[1], "m": len(self.right),
            "ties": len(self.ties),
        }  # fmt: skip


def web_of_place(user: Any, code: str, today: date, within: QuerySet | None = None, link: Any = None) -> Web:
    """The running alliances of a place that the user follows, and who is in several of them; a place with more than can
    be drawn by the places beneath it, linked by who is in alliances of several of these."""
    followed = Alliance.objects.followed_by(user).within(code).as_of(today)
    if within is not None:
        followed = followed.filter(pk__in=within.order_by().values("pk"))
    alliances = followed.distinct()
    joined = Membership.objects.as_of(today).filter(alliance__in=alliances.order_by().values("pk"), state="accepted")
    several = joined.order_by().values("organization").annotate(n=Count("alliance", distinct=True)).filter(n__gte=2)
    if alliances.count() + several.count() <= DRAWN or child_length(code) is None:
        found = joined.filter(organization__in=several.values("organization"))
        edges = list(found.values_list("alliance_id", "organization_id").order_by("alliance_id", "organization_id"))
        left = {one.pk: Node(one.name, way_to(one.pk)) for one in alliances.order_by("region_id", "id")}
        return drawn((_("联合体"), _("参加多个联合体的党组织")), left, edges, user)
    return by_place(user, code, joined, link)


def by_place(user: Any, code: str, joined: QuerySet, link: Any) -> Web:
    """The places beneath, linked by who is in alliances of two or more of them."""
    placed = joined.annotate(place=Substr("alliance__region", 1, child_length(code))).order_by()
    several = placed.values("organization").annotate(n=Count("place", distinct=True)).filter(n__gte=2)
    found = placed.filter(organization__in=several.values("organization"))
    edges = sorted(set(found.values_list("place", "organization_id")))
    names = Region.objects.children_of(code).order_by("code").values_list("code", "name")
    left = {place: Node(name, link(place) if link else "") for place, name in names}
    left[code] = Node(_("本级"), "")
    web = drawn((_("地区"), _("参加多地联合体的党组织")), left, edges, user)
    web.notes.insert(0, _("联合体较多，按下一级地区合并；进入下一级可看到各联合体。"))
    return web


def way_to(pk: int) -> str:
    """Where an alliance's own network is."""
    return reverse("reports:alliance", args=[pk])


def web_of_alliance(user: Any, alliance: Alliance, today: date) -> Web:
    """The members of one alliance, and the others that they are in, as far as the user follows these."""
    members = Membership.objects.as_of(today).filter(alliance=alliance, state="accepted").select_related("organization")
    ids = {one.organization_id: one.organization for one in members.order_by("id")}
    others = Alliance.objects.followed_by(user).as_of(today).exclude(pk=alliance.pk).distinct()
    shared = Membership.objects.as_of(today).filter(state="accepted", organization__in=ids)
    found = shared.filter(alliance__in=others.order_by().values("pk"))
    edges = list(found.values_list("organization_id", "alliance_id").order_by("organization_id", "alliance_id"))
    seen = reachable(user, ids)
    left = {pk: Node(one.name, one.get_absolute_url() if pk in seen else "") for pk, one in ids.items()}
    known = {one.pk: one for one in Alliance.objects.filter(pk__in={pk for _member, pk in edges})}
    right = {pk: Node(one.name, way_to(pk)) for pk, one in known.items()}
    return laid_out((_("本联合体的成员"), _("它们还参加的联合体")), left, right, edges)


def drawn(heads: tuple[str, str], left: Nodes, edges: list[tuple[Any, int]], user: Any) -> Web:
    """The picture with organisations on the right."""
    ids = {pk for _left, pk in edges}
    seen = reachable(user, ids)
    organizations = Organization.objects.filter(pk__in=ids).only("id", "name")
    right = {one.pk: Node(one.name, one.get_absolute_url() if one.pk in seen else "") for one in organizations}
    return laid_out(heads, left, right, edges)


def reachable(user: Any, ids: Iterable[int]) -> set[int]:
    """Those of the organisations whose page the user may open."""
    return set(Organization.objects.visible_to(user).filter(pk__in=list(ids)).values_list("pk", flat=True))


def laid_out(
    heads: tuple[str, str], left: Nodes, right: Nodes, edges: list[tuple[Any, int]]
) -> Web:
    """Places for all, by the order of ``left`` and the middles of the ties; so many ties at least that all fit in."""
    pairs = pairs_of(left, right, edges)
    tied = {one for one, _other in edges}
    alone = [node for key, node in left.items() if key not in tied]
    kept, fewest = thinned(edges)
    rows = [key for key in left if any(key == one for one, _other in kept)]
    place = {key: n for n, key in enumerate(rows)}
    ends: dict[int, list[int]] = defaultdict(list)
    for one, other in kept:
        ends[other].append(place[one])
    columns = sorted(ends, key=lambda pk: (sum(ends[pk]) / len(ends[pk]), pk))
    tone = {key: TONES[n % len(TONES)] for n, key in enumerate(rows)}
    ties = [Tie(curve(place[one], len(rows), columns.index(other), len(columns)), tone[one]) for one, other in kept]
    counts = {key: sum(1 for one, _other in edges if one == key) for key in rows}
    notes = [_("图中只画联系在 %(n)s 条以上的；其余见下表。") % {"n": fewest}] if fewest > 1 else []
    if len(pairs) > LISTED:
        notes.append(_("共同成员表共 %(n)s 对，只列前 %(shown)s 对。") % {"n": len(pairs), "shown": LISTED})
    return Web(
        heads,
        [Node(left[key].label, left[key].url, str(counts[key]), tone[key]) for key in rows],
        [Node(right[pk].label, right[pk].url, str(len(ends[pk]))) for pk in columns],
        ties, pairs[:LISTED], alone, notes,
    )  # fmt: skip


def thinned(edges: list[tuple[Any, int]]) -> tuple[list[tuple[Any, int]], int]:
    """The ties of those on the right that have the most, so that all names fit in; and how many ties that is."""
    count: dict[int, int] = defaultdict(int)
    for _one, other in edges:
        count[other] += 1
    fewest, kept = 1, edges
    while len({one for one, _other in kept}) + len({other for _one, other in kept}) > DRAWN and kept:
        fewest += 1
        kept = [edge for edge in kept if count[edge[1]] >= fewest]
    return kept, fewest


def pairs_of(left: Nodes, right: Nodes, edges: list[tuple[Any, int]]) -> list[Pair]:
    """Which of the left share something, in their order."""
    held: dict[int, list[Any]] = defaultdict(list)
    for one, other in edges:
        held[other].append(one)
    order = {key: n for n, key in enumerate(left)}
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    for other, ones in sorted(held.items()):
        for pair in combinations(sorted(order[one] for one in ones), 2):
            shared[pair].append(right[other].label)
    labels = [node.label for node in left.values()]
    return [
        Pair(labels[one], labels[other], len(names), "、".join(names[:NAMED]) + (_("等") if len(names) > NAMED else ""))
        for (one, other), names in sorted(shared.items())
    ]


def curve(row: int, rows: int, column: int, columns: int) -> str:
    """A line from the middle of one row to that of another."""
    one, other = (f"{100 * (n + 0.5) / of:.2f}" for n, of in ((row, rows), (column, columns)))
    return f"M0 {one}C45 {one} 55 {other} 100 {other}"
