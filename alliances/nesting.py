"""How alliances stand within each other: a joint committee, its joint general branches, their joint branches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alliances.models import Alliance

DEEPEST = 4
"""Levels of nesting at most: working committee, committee, general branch, branch."""

Form = Alliance.Form
RANKS: dict[str, int] = {
    Form.JOINT_WORKING_COMMITTEE: 0, Form.JOINT_COMMITTEE: 1, Form.JOINT_GENERAL_BRANCH: 2, Form.JOINT_BRANCH: 3,
}  # fmt: skip
"""A form never stands beneath one of a larger rank; leagues and others stand anywhere."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the tree: an alliance, how deep it stands, and whether it is the one whose tree is shown."""

    alliance: Alliance
    depth: int
    here: bool


def wrong_nesting(alliance: Alliance) -> str:
    """Why the alliance may not stand where its ``parent`` puts it; empty where it may."""
    parent = alliance.parent
    if parent is None:
        return ""
    above = chain_above(alliance)
    if above is None or parent.ended_on:
        return _("上级联合体应是另一个未终止的联合体，且不能互相包含。")
    if not fits(parent.form, alliance.form):
        return _("“%(inner)s”不能设在“%(outer)s”里：联合党委下设联合党总支，党总支下设党支部。") % {
            "inner": alliance.get_form_display(),
            "outer": parent.get_form_display(),
        }
    if len(above) + _height(alliance) > DEEPEST:
        return _("联合体最多嵌套 %(n)s 级。") % {"n": DEEPEST}
    return ""


def fits(outer: str, inner: str) -> bool:
    """Whether an alliance of the form ``inner`` may stand within one of the form ``outer``."""
    return outer not in RANKS or inner not in RANKS or RANKS[inner] >= RANKS[outer]


def chain_above(alliance: Alliance) -> list[Alliance] | None:
    """Those around it, the nearest first; None where the chain leads back to the alliance itself."""
    found: list[Alliance] = []
    above = alliance.parent
    while above is not None:
        if above.pk == alliance.pk or len(found) > 2 * DEEPEST:
            return None
        found.append(above)
        above = above.parent
    return found


def beneath(alliances: Iterable[Alliance]) -> list[list[Alliance]]:
    """Those nested in the alliances, a list for each level, without the ended ones."""
    levels: list[list[Alliance]] = []
    present = [alliance.pk for alliance in alliances if alliance.pk]
    while present and len(levels) < DEEPEST:
        level = list(Alliance.objects.standing().filter(parent__in=present).order_by("region_id", "pk"))
        if level:
            levels.append(level)
        present = [inner.pk for inner in level]
    return levels


def tree_of(alliance: Alliance, user: Any) -> list[Place]:
    """The tree above and beneath, top first, as far as the user may see it: what is hidden hides what hangs on it."""
    above = [outer.pk for outer in chain_above(alliance) or ()]
    below = [inner.pk for level in beneath([alliance]) for inner in level]
    shown = Alliance.objects.visible_to(user).with_counts().select_related("lead").in_bulk([*above, *below])
    seen_above: list[Alliance] = []
    for pk in above:
        if pk not in shown:
            break
        seen_above.insert(0, shown[pk])
    places = [Place(outer, depth, False) for depth, outer in enumerate(seen_above)]
    places.append(Place(alliance, len(places), True))
    inside: dict[int | None, list[Alliance]] = {}
    for pk in below:
        if pk in shown:
            inside.setdefault(shown[pk].parent_id, []).append(shown[pk])
    _hang(places, inside, alliance.pk, len(places))
    return places


def _hang(places: list[Place], inside: dict[int | None, list[Alliance]], root: int, depth: int) -> None:
    for inner in inside.get(root, ()):
        places.append(Place(inner, depth, False))
        _hang(places, inside, inner.pk, depth + 1)


def _height(alliance: Alliance) -> int:
    """How many levels the alliance and what is nested in it make."""
    return 1 + len(beneath([alliance]))
