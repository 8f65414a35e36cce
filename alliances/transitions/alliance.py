"""The verbs of an alliance itself: it is founded, approved or agreed upon, edited, handed over, ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Activity, Agreement, Alliance, Chain, DemonstrationSite, Meeting, Membership
from alliances.nesting import fits, wrong_nesting
from alliances.transitions.leaving import end_means, end_parts, end_posts, end_sharing, end_votes
from alliances.transitions.papers import lay_aside
from alliances.transitions.rectification import end_orders
from alliances.transitions.turns import end_rotations
from members.lifecycle import lock, moving, note
from members.models import Organization, Region
from members.pinyin import pinyin_of
from members.scope import rights_of
from members.states import MoveRefused, Refused

State = Alliance.State
SUPERVISING_KINDS = (Organization.Kind.COMMITTEE, Organization.Kind.WORKING_COMMITTEE)
EDITABLE = ("name", "form", "mode", "purpose", "document_number", "parent")


@transaction.atomic
def found(
    *,
    name: str,
    region: Region,
    form: str,
    formation: str,
    lead: Organization,
    supervising: Organization,
    mode: str = "",
    chains: Iterable[str] = (),
    purpose: str = "",
    parent: Alliance | None = None,
    split_from: Alliance | None = None,
    by: Any,
    at: datetime,
) -> Alliance:
    """Draw up a draft. The lead is a member by its own application; where somebody else applies, it is invited.

    The supervising organisation is a Party committee above the lead, and over the place that the alliance serves:
    ValidationError otherwise.
    """
    alliance = Alliance(
        name=name, pinyin=pinyin_of(name), region=region, form=form, formation=formation, lead=lead, mode=mode,
        supervising=supervising, purpose=purpose, parent=parent, split_from=split_from, applied_by=by,
    )  # fmt: skip
    check(alliance)
    alliance.save()
    _put_on_chains(alliance, chains)
    note(alliance, "found", at=at, by=by, organization=lead, to_state=State.DRAFT)
    _enter_the_lead(alliance, by=by, at=at)
    return alliance


def submit(alliance: Alliance, *, by: Any, at: datetime) -> Alliance:
    """Apply to the superior. ``by`` becomes the applicant, who cannot approve.

    Refused ``needs_no_approval``, or ``needs_purpose`` where nobody has said why no single organisation can do it.
    """
    with moving(alliance, State.SUBMITTED, verb="submit", at=at, by=by, organization=alliance.lead):
        if alliance.formation != Alliance.Formation.NON_ESTABLISHED:
            raise Refused("needs_no_approval", _("签订协议或召集共议组建的联合体不需要审批，可以直接启动。"))
        if not alliance.purpose.strip():
            raise Refused("needs_purpose", _("请先写明为什么单个组织办不成，再提交审批。"))
        alliance.applied_by = by
    return alliance


def approve(alliance: Alliance, *, by: Any, at: datetime, document_number: str = "") -> Alliance:
    """The superior approves: the alliance runs from this day on and has its number.

    Raises PermissionDenied for the applicant, Refused ``needs_members`` before the lead and one more have accepted.
    """
    with moving(alliance, State.ACTIVE, verb="approve", at=at, by=by, detail={"document_number": document_number}):
        _only_from(alliance, State.ACTIVE, State.SUBMITTED)
        if by is not None and alliance.applied_by_id == by.pk:
            raise PermissionDenied(_("申请人不能审批自己的申请，请由另一位同志审批。"))
        alliance.document_number = document_number
        _start(alliance, at)
    return alliance


def return_(alliance: Alliance, *, by: Any, at: datetime, reason: str) -> Alliance:
    """The superior returns the application, saying why."""
    with moving(alliance, State.RETURNED, verb="return", at=at, by=by, reason=said_why(reason)):
        if by is not None and alliance.applied_by_id == by.pk:
            raise PermissionDenied(_("申请人不能审批自己的申请，请由另一位同志审批。"))
    return alliance


def activate(alliance: Alliance, *, by: Any, at: datetime) -> Alliance:
    """Start an alliance whose members signed an agreement or were convened: nobody need approve.

    Raises Refused ``needs_agreement`` before the lead and one more member have signed where an agreement founds it.
    """
    with moving(alliance, State.ACTIVE, verb="activate", at=at, by=by, organization=alliance.lead):
        _only_from(alliance, State.ACTIVE, State.DRAFT)
        if alliance.formation == Alliance.Formation.NON_ESTABLISHED:
            raise Refused("needs_approval", _("设立非建制性联合党组织要由上级党组织审批，请先提交申请。"))
        if alliance.formation == Alliance.Formation.AGREEMENT and not _agreed(alliance):
            raise Refused("needs_agreement", _("牵头党组织和至少一个成员党组织签署共建协议之后，即可启动。"))
        _start(alliance, at)
    return alliance


def withdraw(alliance: Alliance, *, by: Any, at: datetime, reason: str = "") -> Alliance:
    """Give up a draft or a returned application: it never ran, so nobody need agree."""
    with moving(alliance, State.DISSOLVED, verb="withdraw", at=at, by=by, reason=reason):
        _only_from(alliance, State.DISSOLVED, State.DRAFT, State.RETURNED)
        wind_up(alliance, by=by, at=at)
    return alliance


def dissolve(alliance: Alliance, *, by: Any, at: datetime, reason: str) -> Alliance:
    """End a running alliance (撤销): its memberships end with it, and what it had only planned is cancelled."""
    with moving(alliance, State.DISSOLVED, verb="dissolve", at=at, by=by, reason=said_why(reason)):
        _only_from(alliance, State.DISSOLVED, State.ACTIVE, State.RECTIFYING)
        wind_up(alliance, by=by, at=at)
    return alliance


@transaction.atomic
def edit(alliance: Alliance, *, by: Any, at: datetime, chains: Iterable[str] | None = None, **changes: Any) -> Alliance:
    """Change what the alliance says of itself (``EDITABLE`` and its chains); state, region, lead are not its affair.

    The Step's detail names each changed field. Raises Refused ``ended`` for an ended alliance.
    """
    lock(alliance)
    refuse_ended(alliance)
    changed = [name for name in EDITABLE if name in changes and changes[name] != getattr(alliance, name)]
    for name in changed:
        setattr(alliance, name, changes[name])
    if "name" in changed:
        alliance.pinyin = pinyin_of(alliance.name)
    check(alliance)
    alliance.save()
    if chains is not None and set(chains) != set(alliance.chains.values_list("kind", flat=True)):
        changed.append("chains")
        _put_on_chains(alliance, chains)
    if changed:
        note(alliance, "edit", at=at, by=by, detail={"fields": changed})
    return alliance


@transaction.atomic
def hand_over(alliance: Alliance, organization: Organization, *, by: Any, at: datetime, reason: str) -> Alliance:
    """Another current member becomes the lead: exactly one at a time. The former lead stays a member.

    Raises Refused ``ended`` or ``not_member``, ValidationError where the committee does not stand above the new lead.
    """
    lock(alliance)
    refuse_ended(alliance)
    if not alliance.memberships.current().filter(organization=organization).exists():
        raise Refused("not_member", _("只能把牵头移交给现有的成员党组织。"))
    before, alliance.lead = alliance.lead_id, organization
    check(alliance)
    alliance.save()
    note(
        alliance, "hand_over", at=at, by=by, organization=organization, reason=said_why(reason), detail={"from": before}
    )
    return alliance


def refuse_ended(alliance: Alliance) -> None:
    """Raise Refused ``ended`` for what was merged or dissolved."""
    if alliance.state in {State.MERGED, State.DISSOLVED}:
        raise Refused("ended", _("“%(alliance)s”已经终止，不能再办理。") % {"alliance": alliance})


def refuse_idle(alliance: Alliance) -> None:
    """Raise Refused ``not_running`` for what has not begun or has ended."""
    if not alliance.runs:
        raise Refused("not_running", _("“%(alliance)s”不在运行中，不能这样办理。") % {"alliance": alliance})


def said_why(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    return reason


def _only_from(alliance: Alliance, to: str, *states: str) -> None:
    """``MOVES`` knows where one may go; some verbs start from fewer states than the table has ways."""
    if alliance.state not in states:
        raise MoveRefused(alliance, to)


def check(alliance: Alliance) -> None:
    """Shape of the fields, and that the committee stands above the lead and the place."""
    alliance.clean_fields(
        exclude=["code", "applied_by", "region", "lead", "supervising", "parent", "merged_into", "split_from"]
    )
    wrong: dict[str, str] = {}
    above = alliance.supervising.region_id
    if alliance.supervising.kind not in SUPERVISING_KINDS or alliance.supervising_id == alliance.lead_id:
        wrong["supervising"] = _("上级党组织应是牵头党组织之上的一个党委或党工委。")
    elif not alliance.lead.region_id.startswith(above):
        wrong["supervising"] = _("上级党组织的区划应包含牵头党组织所在的区划。")
    if not alliance.region_id.startswith(above):
        wrong["region"] = _("服务区划应在上级党组织的区划之内。")
    if said := wrong_nesting(alliance):
        wrong["parent"] = said
    if alliance.pk and any(not fits(alliance.form, inner.form) for inner in alliance.nested.standing()):
        wrong["form"] = _("它所含的联合体不能设在这种组织形式里。")
    if wrong:
        raise ValidationError(wrong)


def _put_on_chains(alliance: Alliance, kinds: Iterable[str]) -> None:
    wanted = set(kinds)
    if wanted - set(Chain.Kind.values):
        raise ValidationError({"chains": _("没有这样的链。")})
    alliance.chains.exclude(kind__in=wanted).delete()
    Chain.objects.bulk_create([Chain(alliance=alliance, kind=k) for k in sorted(wanted)], ignore_conflicts=True)


def _enter_the_lead(alliance: Alliance, *, by: Any, at: datetime) -> None:
    day, own = timezone.localdate(at), alliance.lead_id in rights_of(by).organizations
    state = Membership.State.ACCEPTED if own else Membership.State.INVITED
    membership = Membership.objects.create(
        alliance=alliance, organization=alliance.lead, state=state, invited_on=day, joined_on=day if own else None
    )
    note(membership, "accept" if own else "invite", at=at, by=by, organization=alliance.lead, to_state=state)


def _start(alliance: Alliance, at: datetime) -> None:
    """The alliance runs from this day on, once its lead and at least one more member have accepted."""
    joined = set(alliance.memberships.current().values_list("organization_id", flat=True))
    if alliance.lead_id not in joined or len(joined) < 2:
        raise Refused("needs_members", _("牵头党组织和至少一个成员党组织接受之后，联合体才能成立。"))
    alliance.activated_on = timezone.localdate(at)
    alliance.code = f"LHT-{alliance.region_id[:6]:0<6}-{alliance.pk:06d}"


def _agreed(alliance: Alliance) -> bool:
    """Whether the lead and at least one more have signed an agreement of the alliance."""
    signing = Agreement.objects.filter(alliance=alliance, state__in=("signing", "signed"))
    by_lead = signing.filter(parties__organization=alliance.lead, parties__signed_on__isnull=False)
    return any(agreement.parties.filter(signed_on__isnull=False).count() > 1 for agreement in by_lead)


def wind_up(alliance: Alliance, *, by: Any, at: datetime) -> None:
    """Everything that lasts only as long as the alliance ends on the same day; what is nested in it moves up, or into
    the alliance into which it goes."""
    day = alliance.ended_on = timezone.localdate(at)
    alliance.rectify_by = None
    reason = _("联合体终止")
    end_orders(alliance, by=by, at=at, reason=reason)
    DemonstrationSite.objects.filter(alliance=alliance, until=None).update(until=day)
    for inner in alliance.nested.standing().order_by("pk"):
        lock(inner)
        inner.parent = alliance.merged_into or alliance.parent
        inner.save()
        note(inner, "edit", at=at, by=by, reason=reason, detail={"fields": ["parent"]})
    for membership in alliance.memberships.present().order_by("pk"):
        joined = membership.state == Membership.State.ACCEPTED
        with moving(membership, "left" if joined else "declined", verb="end", at=at, by=by, reason=reason):
            membership.left_on = day if joined else None
    end_posts(alliance, by=by, at=at, reason=reason)
    end_parts(alliance, by=by, at=at, reason=reason)
    end_sharing(alliance, by=by, at=at, reason=reason)
    end_means(alliance, by=by, at=at, reason=reason)
    end_votes(alliance, by=by, at=at, reason=reason)
    for activity in alliance.activities.filter(state=Activity.State.PLANNED).order_by("pk"):
        with moving(activity, Activity.State.CANCELLED, verb="cancel", at=at, by=by, reason=reason):
            pass
    for meeting in alliance.meetings.filter(state=Meeting.State.PLANNED).order_by("pk"):
        with moving(meeting, Meeting.State.CANCELLED, verb="cancel", at=at, by=by, reason=reason):
            pass
    lay_aside(alliance, by=by, at=at, reason=reason)
    end_rotations(alliance, day=day, by=by, at=at, reason=reason)
