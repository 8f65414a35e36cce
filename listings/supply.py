"""The resources that could meet a need, fetched in a constant number of statements and ranked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q

from alliances.models import MemberSkill, Skill
from listings.matching import Need, Ranked, Resource, Words, explain, rank
from listings.models import Claim, Item, Match
from listings.transitions.shares import shared_out
from members.models import Organization
from members.scope import rights_of

ITEM, PEOPLE = "item", "people"
COLUMNS = (
    "pk", "asked_by", "asked_by__short_name", "asked_by__name", "title", "category", "skills", "site", "region",
    "listing__period_from", "listing__period_to", "taken", "capacity",
)  # fmt: skip
FEW = 3
"""So many stand on an item's own page."""

WORDS = Words(dict(Item.Category.choices), dict(Skill.choices))


def resources_for(item: Item, user: Any, today: date) -> list[Ranked]:
    """What could meet the item's need, the best first: resources that the user may see, and members whose people have
    wanted skills; not of who is in it already."""
    need, busy = need_of(item), _busy(item)
    found = [*_items(item, user, today), *_people(item, today)]
    return rank(need, (one for one in found if one.organization not in busy), WORDS)


def need_of(item: Item) -> Need:
    """What is looked for, as the ranking reads it; ``item`` with its counts."""
    category = "" if item.category == Item.Category.OTHER else item.category
    wanted = item.capacity - getattr(item, "taken", 0)
    return Need(category, frozenset(item.skills), item.spot, item.due_on, wanted)


def _busy(item: Item) -> set[int]:
    """Who has been asked already, or is at work or in line."""
    asked = Match.objects.of(item).present().values_list("organization", flat=True)
    held = Claim.objects.in_line().filter(item=item).values_list("organization", flat=True)
    return set(asked.order_by().union(held.order_by()))


def _items(item: Item, user: Any, today: date) -> Iterator[Resource]:
    seen = Item.objects.filter(pk__in=Item.objects.visible_to(user).values("pk"))
    rows = seen.supplying(item, today).order_by().values_list(*COLUMNS)
    for pk, owner, short, name, title, category, skills, site, region, begins, ends, taken, capacity in rows:
        yield Resource(
            ITEM, pk, owner, short or name, title, category, frozenset(skills), site or region, begins, ends,
            capacity - taken, capacity,
        )  # fmt: skip


def _people(item: Item, today: date) -> Iterator[Resource]:
    """Members of the alliance whose Party members have one of the wanted skills, a row an organisation."""
    if not item.skills:
        return
    members = item.alliance.memberships.current().values("organization")
    there = Q(person__since__lte=today) & (Q(person__until=None) | Q(person__until__gt=today))
    skilled = MemberSkill.objects.filter(there, skill__in=item.skills, person__organization__in=members)
    known: dict[int, Any] = {}
    of = "person__organization"
    rows = skilled.exclude(person__organization=item.asked_by_id).order_by().values_list(
        of, f"{of}__short_name", f"{of}__name", f"{of}__region", "skill"
    )  # fmt: skip
    for pk, short, name, region, skill, people in rows.annotate(people=Count("person")):
        _title, _region, skills, most = known.setdefault(pk, (short or name, region, set(), 0))
        skills.add(skill)
        known[pk] = (_title, _region, skills, max(most, people))
    for pk, (name, region, skills, people) in known.items():
        title = "、".join(str(WORDS.skills[skill]) for skill in sorted(skills))
        yield Resource(PEOPLE, pk, pk, name, title, "", frozenset(skills), region, None, None, people, people)


def open_to(ranked: list[Ranked], item: Item, user: Any) -> list[Ranked]:
    """Those with which the user may meet the need: all for whoever asked or oversees it, else those of one's own."""
    if Item.objects.seekable_by(user).filter(pk=item.pk).exists():
        return ranked
    own = rights_of(user).organizations
    return [one for one in ranked if one.resource.organization in own]


def explained(match: Match, today: date) -> Ranked:
    """Why need and resource of a match fit, as they are now."""
    item = match.resource
    resource = _people_of(match, today) if item is None else _item_of(item, match.organization)
    return explain(need_of(match.need), resource, WORDS)


def _item_of(item: Item, owner: Organization) -> Resource:
    left = item.capacity - item.claims.holding().count() - shared_out(item)
    return Resource(
        ITEM, item.pk, owner.pk, owner.label, item.title, item.category, frozenset(item.skills), item.spot,
        item.listing.period_from, item.listing.period_to, left, item.capacity,
    )  # fmt: skip


def _people_of(match: Match, today: date) -> Resource:
    owner = match.organization
    found = next((one for one in _people(match.need, today) if one.organization == owner.pk), None)
    nothing = Resource(
        PEOPLE, owner.pk, owner.pk, owner.label, "", "", frozenset(), owner.region_id, None, None, 0, 0
    )  # fmt: skip
    return found or nothing


def panel(item: Item, user: Any, today: date) -> dict[str, Any]:
    """What an item's page says of matching: for a need the best few resources open to the user and who has been asked;
    for a resource what it is given to. ``item`` with its counts."""
    if item.is_resource:
        given = item.given.present().select_related("organization", "need").order_by("pk")
        return {"given": list(given.filter(need__in=Item.objects.visible_to(user).values("pk")))}
    asked = Match.objects.visible_to(user).of(item).exclude(state="withdrawn")
    matches = list(asked.select_related("organization", "resource").order_by("pk"))
    met = [one for one in matches if one.state == Match.State.ACCEPTED]
    may = Item.objects.matchable_by(user).filter(pk=item.pk).exists()
    ranked = open_to(resources_for(item, user, today), item, user) if may else []
    return {"matches": matches, "met": len(met), "may": may, "ranked": ranked[:FEW]}
