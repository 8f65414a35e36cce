"""The verbs by which an alliance changes shape: it goes into another, one is split off, its superior changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alliances.models import Alliance
from alliances.nesting import beneath
from alliances.transitions.alliance import check, found, refuse_ended, refuse_idle, said_why, wind_up
from alliances.transitions.membership import invite
from members.lifecycle import lock, moving, note
from members.models import Organization
from members.states import MoveRefused, Refused

State = Alliance.State


@transaction.atomic
def merge(alliance: Alliance, into: Alliance, *, by: Any, at: datetime, reason: str) -> Alliance:
    """End an alliance in favour of another running one (并入): its members are invited there, never enrolled.

    What was nested in it is nested in the other from now on. Its items are the affair of the verb ``fold_into``
    among the lists. Raises Refused ``not_mergeable`` for itself or one nested in it, ``not_running``.
    """
    list(Alliance.objects.filter(pk__in=(alliance.pk, into.pk)).order_by("pk").select_for_update(of=("self",)))
    into.refresh_from_db()
    refuse_idle(into)
    if into.pk in {alliance.pk, *(inner.pk for level in beneath([alliance]) for inner in level)}:
        raise Refused("not_mergeable", _("不能并入自己，也不能并入自己所含的联合体。"))
    members = list(Organization.objects.filter(pk__in=alliance.memberships.current().values("organization")))
    with moving(
        alliance, State.MERGED, verb="merge", at=at, by=by, organization=alliance.lead, reason=said_why(reason),
        detail={"into": into.pk, "name": into.name},
    ):  # fmt: skip
        alliance.merged_into = into
        wind_up(alliance, by=by, at=at)
    present = set(into.memberships.present().values_list("organization_id", flat=True))
    for organization in members:
        if organization.pk not in present:
            invite(into, organization, by=by, at=at)
    return alliance


@transaction.atomic
def split(
    alliance: Alliance,
    *,
    name: str,
    form: str,
    formation: str,
    lead: Organization,
    supervising: Organization,
    organizations: Iterable[Organization],
    purpose: str,
    mode: str = "",
    by: Any,
    at: datetime,
) -> Alliance:
    """Draw up a draft out of a running alliance (分出): the chosen members are invited, nobody leaves by this.

    The draft remembers where it came from. ValidationError where lead or invited are no current members.
    """
    lock(alliance)
    refuse_idle(alliance)
    members = set(alliance.memberships.current().values_list("organization_id", flat=True))
    others = [organization for organization in organizations if organization.pk != lead.pk]
    if lead.pk not in members or not {organization.pk for organization in others} <= members:
        raise ValidationError({"organizations": _("只能邀请本联合体的现有成员，并由其中一个牵头。")})
    if not others:
        raise ValidationError({"organizations": _("请至少再选一个成员党组织。")})
    made = found(
        name=name, region=alliance.region, form=form, formation=formation, lead=lead, supervising=supervising,
        mode=mode, purpose=purpose, split_from=alliance, by=by, at=at,
    )  # fmt: skip
    for organization in others:
        invite(made, organization, by=by, at=at)
    note(alliance, "split", at=at, by=by, organization=lead, detail={"alliance": made.pk, "name": made.name})
    return made


@transaction.atomic
def place_under(alliance: Alliance, supervising: Organization, *, by: Any, at: datetime, reason: str) -> Alliance:
    """Another Party committee above the lead and the place supervises from now on. The lead's affiliation stays.

    ValidationError for one that does not stand above both, or already does; MoveRefused while an application lies
    with the present one.
    """
    lock(alliance)
    refuse_ended(alliance)
    if alliance.state == State.SUBMITTED:
        raise MoveRefused(alliance, State.SUBMITTED)
    before = alliance.supervising_id
    if supervising.pk == before:
        raise ValidationError({"supervising": _("已经由它领导。")})
    alliance.supervising = supervising
    check(alliance)
    alliance.save()
    note(
        alliance, "place_under", at=at, by=by, organization=supervising, reason=said_why(reason),
        detail={"from": before, "to": supervising.pk},
    )  # fmt: skip
    return alliance
