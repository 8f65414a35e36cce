"""For a need the resources that fit it, ranked, each saying why (供需对接): a pure function over rows.

The score is the sum of named parts, each with its most: category 30, skill 30, place 20, time 10, room 10. Where the
need names a category or skills, only what meets one of them is ranked. Equal points stand in the order of kind and id,
so that the same rows in whatever order always give the same list. People decide: nothing here is an assignment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CATEGORY, SKILL, PLACE, TIME, ROOM = "category", "skill", "place", "time", "room"
MOST: Mapping[str, int] = {CATEGORY: 30, SKILL: 30, PLACE: 20, TIME: 10, ROOM: 10}
LABELS: Mapping[str, str | Promise] = {
    CATEGORY: gettext_lazy("分类"), SKILL: gettext_lazy("专长"), PLACE: gettext_lazy("距离"),
    TIME: gettext_lazy("时间"), ROOM: gettext_lazy("余量"),
}  # fmt: skip

NEARNESS: Sequence[tuple[int, int, str | Promise]] = (
    (12, 20, gettext_lazy("同一社区（嘎查村）")),
    (9, 15, gettext_lazy("同一乡镇街道")),
    (6, 10, gettext_lazy("同一旗县区")),
    (4, 5, gettext_lazy("同一市")),
)
"""So many digits of the two division codes agree -> points and words, the nearest first."""


@dataclass(frozen=True)
class Words:
    """Categories and skills in words."""

    categories: Mapping[str, str | Promise]
    skills: Mapping[str, str | Promise]


@dataclass(frozen=True)
class Need:
    """What is looked for. ``category`` is empty where none is named; ``wanted`` organisations are still missing."""

    category: str
    skills: frozenset[str]
    place: str
    due_on: date | None
    wanted: int = 1

    @property
    def is_open(self) -> bool:
        """Whether it names nothing by which resources could be told apart."""
        return not self.category and not self.skills


@dataclass(frozen=True)
class Resource:
    """What an organisation could give: an item of a resource list (``item``), or its people's skills (``people``).

    ``skills`` and ``category`` are words of the vocabularies; ``begins`` and ``ends`` the days on which it is there
    (None: always); ``free`` of ``capacity`` parts are left.
    """

    kind: str
    id: int
    organization: int
    owner: str
    title: str
    category: str
    skills: frozenset[str]
    place: str
    begins: date | None
    ends: date | None
    free: int
    capacity: int

    @property
    def key(self) -> str:
        """By which a form names it."""
        return f"{self.kind}-{self.id}"


@dataclass(frozen=True)
class Part:
    """One part of a score: its name, the points of at most so many, and why."""

    name: str
    points: int
    why: str

    @property
    def label(self) -> str | Promise:
        return LABELS[self.name]

    @property
    def most(self) -> int:
        return MOST[self.name]


@dataclass(frozen=True)
class Ranked:
    """A resource with the parts of its score, in the order of their names above."""

    resource: Resource
    parts: tuple[Part, ...]

    @cached_property
    def points(self) -> int:
        return sum(part.points for part in self.parts)

    @property
    def reasons(self) -> list[str]:
        """What speaks for it, in words."""
        return [part.why for part in self.parts if part.points]


def rank(need: Need, resources: Iterable[Resource], words: Words) -> list[Ranked]:
    """Those that fit, the best first; ``words`` puts categories and skills into words."""
    ranked = [explain(need, resource, words) for resource in resources if fits(need, resource)]
    return sorted(ranked, key=lambda one: (-one.points, one.resource.kind, one.resource.id))


def fits(need: Need, resource: Resource) -> bool:
    """Something is left of it, and it meets the category or one of the skills, if the need names any."""
    meets = need.is_open or need.category == resource.category != "" or bool(need.skills & resource.skills)
    return resource.free > 0 and meets


def explain(need: Need, resource: Resource, words: Words) -> Ranked:
    """The score of one resource, part by part."""
    parts = (
        _category(need, resource, words), _skill(need, resource, words), _place(need, resource), _time(need, resource),
        _room(need, resource),
    )  # fmt: skip
    return Ranked(resource, parts)


def _category(need: Need, resource: Resource, words: Words) -> Part:
    if need.category and need.category == resource.category:
        why = _("分类相同：%(category)s") % {"category": words.categories.get(need.category, need.category)}
        return Part(CATEGORY, MOST[CATEGORY], why)
    return Part(CATEGORY, 0, _("分类不同") if need.category and resource.category else _("没有限定分类"))


def _skill(need: Need, resource: Resource, words: Words) -> Part:
    met = need.skills & resource.skills
    if not met:
        return Part(SKILL, 0, _("没有所需专长") if need.skills else _("没有要求专长"))
    named = "、".join(str(words.skills.get(skill, skill)) for skill in sorted(met))
    told = {"met": len(met), "all": len(need.skills), "skills": named}
    why = _("符合 %(met)s/%(all)s 项专长：%(skills)s") % told
    return Part(SKILL, MOST[SKILL] * len(met) // len(need.skills), why)


def _place(need: Need, resource: Resource) -> Part:
    for digits, points, why in NEARNESS:
        if len(need.place) >= digits and need.place[:digits] == resource.place[:digits]:
            return Part(PLACE, points, str(why))
    return Part(PLACE, 0, _("不在同一市"))


def _time(need: Need, resource: Resource) -> Part:
    due, begins, ends = need.due_on, resource.begins, resource.ends
    if due is None or (begins is None and ends is None):
        return Part(TIME, MOST[TIME], _("时间不限"))
    if begins is not None and due < begins:
        return Part(TIME, 0, _("办理期限过后才有（%(day)s起）") % {"day": f"{begins:%m-%d}"})
    if ends is not None and due > ends:
        return Part(TIME, MOST[TIME] // 2, _("办理期限前到期（%(day)s止）") % {"day": f"{ends:%m-%d}"})
    return Part(TIME, MOST[TIME], _("时段覆盖办理期限"))


def _room(need: Need, resource: Resource) -> Part:
    wanted = max(need.wanted, 1)
    left = {"free": resource.free, "capacity": resource.capacity}
    return Part(ROOM, MOST[ROOM] * min(resource.free, wanted) // wanted, _("还有 %(free)s/%(capacity)s 份") % left)
