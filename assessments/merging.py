"""To merge two records of one organisation (合并重复登记): who looks alike, what would pass over, the deed itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ForeignKey, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.clashes import GROUND, Clash, label_of, own_work, references, twins, walls
from listings.models import Claim
from listings.transitions import release
from members.lifecycle import moving
from members.models import Organization, User
from members.mouths import LARGEST_ID, fetch
from members.names import alike
from members.organizations import absorb
from members.states import Refused

CANDIDATES = 100

@dataclass(frozen=True, slots=True)
class Plan:
    """What a merger would do: how many rows pass over from where, and the clashes."""

    former: Organization
    into: Organization
    counts: list[tuple[str, int]]
    clashes: list[Clash] = field(default_factory=list)

    @property
    def blocked(self) -> bool:
        return any(clash.blocks for clash in self.clashes)


def candidates(user: Any) -> list[list[Organization]]:
    """Groups of organisations of the user's department whose names look the same, where one's place contains the
    other's: in code order, at most a hundred groups. One query, then work in memory."""
    rows = Organization.objects.mergeable_by(user).select_related("region", "parent").order_by("region_id", "code")
    by_id = {row.pk: row for row in rows.defer("contact", "phone", "pinyin")}
    found: list[list[Organization]] = []
    for keys in alike((pk, row.name) for pk, row in by_id.items()):
        group = [by_id[pk] for pk in keys]
        near = [one for one in group if any(_nested(one, other) for other in group if other is not one)]
        if near:
            found.append(near)
    return found[:CANDIDATES]


def _nested(one: Organization, other: Organization) -> bool:
    return one.region_id.startswith(other.region_id) or other.region_id.startswith(one.region_id)


def heir_of(user: Any, pk: int) -> Organization | None:
    """The organisation that took over the record of that id, as far as the user may see it."""
    return Organization.objects.visible_to(user).filter(former=pk).first() if pk <= LARGEST_ID else None


def plan_of(former: Organization, into: Organization) -> Plan:
    """Read only: everything that would happen. Refused ``same`` for one record twice."""
    if former.pk == into.pk:
        raise Refused("same", _("不能并入自己。"))
    counted = ((key, key.model._base_manager.filter(**{key.name: former}).count()) for key in references())
    counts = [(f"{key.model._meta.verbose_name}（{key.verbose_name}）", number) for key, number in counted if number]
    return Plan(former, into, counts, [*walls(former, into), *twins(former, into), *own_work(former, into)])


@transaction.atomic
def merge(former: Organization, *, heir: int, by: User, at: datetime, reason: str) -> Organization:
    """``former`` is one with the organisation ``heir``: nothing but history names it afterwards.

    Spoken by the second person. Raises Refused ``merge_blocked`` with every reason where something stands in the way,
    ``gone`` where one of the two has been merged meanwhile.
    """
    both = Organization.objects.standing().filter(pk__in=(former.pk, heir)).order_by("pk")
    locked = {row.pk: row for row in both.select_for_update(of=("self",))}
    if len(locked) != 2:
        raise Refused("gone", _("其中一个党组织已经并入别处，不能再合并。"))
    plan = plan_of(locked[former.pk], locked[heir])
    refuse_blocked(plan)
    for clash in plan.clashes:
        SETTLE[clash.label](clash.row, by=by, at=at, reason=reason)
    for key in references():
        if label_of(key) not in GROUND:
            _pass_on(key, plan, at)
    return absorb(plan.into, plan.former, by=by, at=at, reason=reason)


def refuse_blocked(plan: Plan) -> None:
    """Raise Refused ``merge_blocked``, naming everything that stands in the way."""
    walls = [f"{clash.what}：{clash.outcome}" for clash in plan.clashes if clash.blocks]
    if walls:
        raise Refused("merge_blocked", _("还不能合并。") + " ".join(walls))


def _pass_on(key: ForeignKey, plan: Plan, at: datetime) -> None:
    """One statement; programs that ask for what was updated since see the rows again."""
    changed: dict[str, Any] = {key.name: plan.into}
    if any(f.name == "updated_at" for f in key.model._meta.concrete_fields):
        changed["updated_at"] = at
    stay = [clash.row.pk for clash in plan.clashes if clash.label == "keep" and isinstance(clash.row, key.model)]
    key.model._base_manager.filter(**{key.name: plan.former}).exclude(pk__in=stay).update(**changed)


# What becomes of the second row -----------------------------------------------------------------------------------


ENDS = {
    "invited": "declined", "asking": "declined", "accepted": "left",
    "asked": "withdrawn", "linked": "ended", "registered": "ended",
}  # fmt: skip
"""Where a membership, a link or a registration goes that gives way to the same one of the other record."""

DAYS = {"left": "left_on", "ended": "ended_on"}


def _end(row: Any, *, by: User, at: datetime, reason: str) -> None:
    to = ENDS[row.state]
    with moving(row, to, verb="merge", at=at, by=by, reason=reason):
        if to in DAYS:
            setattr(row, DAYS[to], timezone.localdate(at))


def _drop(row: Model, *, by: User, at: datetime, reason: str) -> None:
    row.delete()


def _release(claim: Claim, *, by: User, at: datetime, reason: str) -> None:
    claim.refresh_from_db()
    if claim.state != Claim.State.RELEASED:
        release(claim, by=by, at=at, reason=reason)


def _keep(row: Model, *, by: User, at: datetime, reason: str) -> None:
    """It stays as it was published."""


SETTLE: dict[str, Callable[..., None]] = {
    "end": _end,
    "drop": _drop,
    "release": _release,
    "keep": _keep,
}


def propose_to(user: Any, former: Organization, pk: Any) -> dict[str, int]:
    """The arguments of a proposal to merge into another organisation of the user's department.

    Http404 for any other id; Refused ``merge_blocked`` where something stands in the way.
    """
    into = fetch(Organization.objects.mergeable_by(user), pk)
    refuse_blocked(plan_of(former, into))
    return {"heir": into.pk}
