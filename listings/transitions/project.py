"""The verbs of projects: offer, choose who carries out, milestones, pay, look after, accept.

Who works on a project holds its row; the item and its claims are moved by their own verbs within the same step.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import FundEntry
from alliances.money import amount_of, in_yuan
from alliances.transitions.alliance import refuse_idle
from alliances.transitions.fund import spend
from listings.models import Candidate, Claim, Item, Milestone, Payment, Project, Visit
from listings.projects.account import paid_for
from listings.transitions.claim import finish, report
from listings.transitions.deadline import set_term
from listings.transitions.item import FURTHEST, open_, refuse
from listings.transitions.order import lock_items, retried
from listings.transitions.places import seat, stand_as_member
from members.lifecycle import lock, moving, note, touch
from members.models import Organization
from members.scope import rights_of
from members.states import MoveRefused, Refused


@retried
@transaction.atomic
def bid(project: Project, *, organization: Organization, plan: str, by: Any, at: datetime) -> Candidate:
    """A member offers to carry out the project, with its plan. Several may.

    Refused ``not_member``; ``own_project`` for the lead, which chooses, and for whoever had the idea, which confirms in
    the end; ``already_bid``; ``not_seeking``.
    """
    stand_as_member(project.item, organization)  # before the project, as who leaves does
    lock(project)
    refuse_idle(project.alliance)
    if project.state != Project.State.SEEKING:
        raise Refused("not_seeking", _("这个项目现在不在选承接方。"))
    _refuse_own(project, organization)
    made = Candidate(
        project=project, organization=organization, plan=_said(plan, "plan"), applied_on=timezone.localdate(at)
    )
    made.clean_fields(exclude=["project", "organization"])
    already = Refused("already_bid", _("本组织已经申请承接。"))
    if project.candidates.filter(organization=organization, state=Candidate.State.ASKING).exists():
        raise already
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as clash:
        raise already from clash
    note(made, "bid", at=at, by=by, organization=organization, to_state=Candidate.State.ASKING)
    return made


def withdraw_bid(candidate: Candidate, *, by: Any, at: datetime, reason: str = "") -> Candidate:
    """The member no longer offers."""
    with moving(candidate, Candidate.State.WITHDRAWN, at=at, by=by, organization=candidate.organization, reason=reason,
                verb="withdraw_bid"):  # fmt: skip
        return candidate


@retried
def appoint(
    candidate: Candidate, *, by: Any, at: datetime, reason: str, budget: Decimal = Decimal("0.00")
) -> Candidate:
    """Choose who carries out the project (选定承接方), and what money it is granted. The others read why.

    The provider claims the item in the same step. Nobody chooses their own organisation: PermissionDenied is the
    page's business, Refused ``own_project`` this verb's. Refused ``not_seeking`` where somebody was chosen meanwhile,
    ValidationError for less money than a former provider has been paid.
    """
    project = candidate.project
    with transaction.atomic():
        stand_as_member(project.item, candidate.organization)
        item = lock_items(Q(pk=project.item_id))[0]
        lock(project)
        if candidate.organization_id in rights_of(by).organizations:
            raise Refused("own_project", _("不能选定自己所在的组织承接。"))
        if project.state != Project.State.SEEKING:
            raise Refused("not_seeking", _("这个项目现在不在选承接方。"))
        refuse_idle(project.alliance)
        with moving(candidate, Candidate.State.CHOSEN, at=at, by=by, reason=_said(reason), verb="appoint"):
            candidate.answer = reason.strip()
        with moving(project, Project.State.RUNNING, at=at, by=by, organization=candidate.organization,
                    reason=reason.strip(), verb="appoint"):  # fmt: skip
            project.provider, project.begun_on = candidate.organization, timezone.localdate(at)
            project.budget = _budget(budget, paid_for(project))
        _decline_others(project, by=by, at=at, reason=reason.strip())
        if item.state == Item.State.STUDIED:
            item = open_(item, by=by, at=at)
        seat(item, [], candidate.organization, Claim.Role.LEAD, by=by, at=at, support=candidate.plan)
    return candidate


def _decline_others(project: Project, *, by: Any, at: datetime, reason: str) -> None:
    words = {"who": project.provider.label if project.provider else "", "reason": reason}
    why = _("已选定%(who)s承接：%(reason)s") % words
    for other in project.candidates.filter(state=Candidate.State.ASKING).order_by("pk"):
        with moving(other, Candidate.State.DECLINED, at=at, by=by, reason=why, verb="decline_bid"):
            other.answer = why


def _budget(budget: Decimal, paid: Decimal) -> Decimal:
    """Nothing, or an amount to the fen: some projects cost nothing. It covers what has been paid already."""
    nothing = isinstance(budget, Decimal) and budget == 0
    granted = Decimal("0.00") if nothing else amount_of(budget, "budget")
    if granted < paid:
        words = {"paid": in_yuan(paid)}
        raise ValidationError({"budget": _("此前已支付 %(paid)s 元，核定经费应包含这一部分。") % words})
    return granted


@transaction.atomic
def set_milestone(project: Project, *, title: str, due_on: date, by: Any, at: datetime) -> Milestone:
    """Agree on a part of the project and its day: the item is not due before its last part.

    Refused ``not_under_way``.
    """
    item = lock_items(Q(pk=project.item_id))[0]
    lock(project)
    _refuse_idle_project(project)
    today = timezone.localdate(at)
    if due_on < today:
        raise ValidationError({"due_on": _("完成期限不能早于今天。")})
    if due_on > today + FURTHEST:
        raise ValidationError({"due_on": _("完成期限不能晚于今后五年。")})
    made = Milestone(project=project, title=title.strip(), due_on=due_on)
    made.clean_fields(exclude=["project"])
    made.save()
    if item.paused_at is None and (item.due_on is None or item.due_on < due_on):
        set_term(item, due_on)
        item.save()
    touch(project)
    note(made, "set_milestone", at=at, by=by, organization=project.provider, to_state=Milestone.State.PLANNED)
    return made


def drop_milestone(milestone: Milestone, *, by: Any, at: datetime, reason: str) -> Milestone:
    """It is no longer part of the project. What has been reported is accepted or given back instead."""
    with moving(milestone, Milestone.State.DROPPED, at=at, by=by, reason=_said(reason), verb="drop_milestone"):
        return milestone


@retried
def report_milestone(milestone: Milestone, *, by: Any, at: datetime, text: str) -> Milestone:
    """The provider says that the part is done. It is progress on its claim as well, so that the item is in hand."""
    with transaction.atomic():
        project = milestone.project
        claim = _claim_of(project)
        with moving(milestone, Milestone.State.REPORTED, at=at, by=by, organization=project.provider,
                    verb="report_milestone"):  # fmt: skip
            milestone.report, milestone.reported_on = _said(text, "text"), timezone.localdate(at)
        report(claim, _("里程碑“%(title)s”：%(text)s") % {"title": milestone, "text": text.strip()}, by=by, at=at)
    return milestone


def accept_milestone(milestone: Milestone, *, by: Any, at: datetime) -> Milestone:
    """Whoever asked, or who steers, has looked and accepts it. Refused ``own_project`` for the provider."""
    _never_the_provider(milestone.project, by)
    with moving(milestone, Milestone.State.ACCEPTED, at=at, by=by, verb="accept_milestone"):
        milestone.accepted_on = timezone.localdate(at)
    return milestone


def return_milestone(milestone: Milestone, *, by: Any, at: datetime, reason: str) -> Milestone:
    """Not yet: it is given back to the provider, saying what is missing."""
    with moving(milestone, Milestone.State.PLANNED, at=at, by=by, reason=_said(reason), verb="return_milestone"):
        milestone.reported_on = None
    return milestone


@retried
@transaction.atomic
def pay(
    milestone: Milestone, *, amount: Decimal, on: date, document: str = "", by: Any, at: datetime
) -> FundEntry:
    """Pay for an accepted milestone from the alliance's fund: one line of its ledger, and no other place for the sum.

    Refused ``not_accepted``; ``over_budget`` where the project would cost more than it was granted; ``not_enough`` (of
    the ledger) where the money has not come in: an outside grant is recorded as received first.
    """
    project = milestone.project
    lock(project.alliance)  # first, as who leaves and who ends an alliance does
    lock(project)
    lock(milestone)
    _never_the_provider(project, by)
    if milestone.state != Milestone.State.ACCEPTED:
        raise Refused("not_accepted", _("里程碑验收之后才能付款。"))
    left = project.budget - paid_for(project)
    if amount_of(amount) > left:
        words = {"left": in_yuan(max(left, Decimal(0)))}
        raise Refused("over_budget", _("超出核定经费：还可支付 %(left)s 元。") % words)
    purpose = _("项目“%(project)s”：%(milestone)s") % {"project": project, "milestone": milestone}
    entry = spend(project.alliance, amount=amount, on=on, purpose=purpose[:120], document=document, by=by, at=at)
    Payment.objects.create(milestone=milestone, entry=entry)
    touch(milestone)
    note(milestone, "pay", at=at, by=by, organization=project.provider, detail={"entry": entry.pk})
    return entry


@transaction.atomic
def visit(
    project: Project, *, visited_on: date, seen: str, findings: str = "", follow_up: str = "", by: Any, at: datetime
) -> Visit:
    """Write into the supervision log: what was looked at, found, and is to follow. Nobody watches over themself."""
    lock(project)
    _refuse_idle_project(project)
    _never_the_provider(project, by)
    if visited_on > timezone.localdate(at) or (project.begun_on and visited_on < project.begun_on):
        raise ValidationError({"visited_on": _("监督日期应在承接之后，不晚于今天。")})
    made = Visit(
        project=project, visited_on=visited_on, seen=_said(seen, "seen"), findings=findings.strip(),
        follow_up=follow_up.strip(), by=by if hasattr(by, "duty") else None,
    )  # fmt: skip
    made.clean_fields(exclude=["project", "by"])
    made.save()
    note(made, "visit", at=at, by=by, organization=project.provider)
    return made


@transaction.atomic
def follow_up(visit: Visit, *, by: Any, at: datetime, text: str) -> Visit:
    """The provider says what it has done about a visit. Refused ``followed`` where nothing is left to follow."""
    lock(visit)
    if not visit.is_open:
        raise Refused("followed", _("这次监督没有待落实的要求。"))
    visit.answer, visit.answered_on = _said(text, "text"), timezone.localdate(at)
    visit.clean_fields(exclude=["project", "by"])
    visit.save()
    note(visit, "follow_up", at=at, by=by, organization=visit.project.provider)
    return visit


@retried
def accept_project(project: Project, *, by: Any, at: datetime) -> Project:
    """Accept the whole (验收): the provider's claim is finished, and whoever had the idea is asked to confirm.

    Refused ``no_milestones``, ``milestones_left``, ``to_follow``; ``own_project`` for the provider.
    """
    with transaction.atomic():
        lock_items(Q(pk=project.item_id))
        lock(project)
        _never_the_provider(project, by)
        _refuse_unready(project)
        with moving(project, Project.State.ACCEPTED, at=at, by=by, organization=project.provider,
                    verb="accept_project"):  # fmt: skip
            project.accepted_on = timezone.localdate(at)
        finish(_claim_of(project), by=by, at=at, outcome=_("项目已验收"))
    return project


def stop_project(project: Project, *, by: Any, at: datetime, reason: str) -> Project:
    """Nobody is sought any more: the item is refused with the reason, and the lead is named as whom to ask. MoveRefused
    while somebody carries it out: they give their claim back first."""
    if project.state != Project.State.SEEKING:
        raise MoveRefused(project, Project.State.STOPPED)
    refuse(project.item, by=by, at=at, reason=_said(reason), goes_to=project.alliance.lead.label)
    project.refresh_from_db()
    return project


def _refuse_unready(project: Project) -> None:
    milestones = project.milestones.exclude(state=Milestone.State.DROPPED)
    if not milestones.exists():
        raise Refused("no_milestones", _("还没有里程碑，不能验收。"))
    if milestones.exclude(state=Milestone.State.ACCEPTED).exists():
        raise Refused("milestones_left", _("还有里程碑没有验收。"))
    if project.visits.open().exists():
        raise Refused("to_follow", _("监督中提出的要求还没有全部落实。"))


def _refuse_idle_project(project: Project) -> None:
    if project.state != Project.State.RUNNING:
        raise Refused("not_under_way", _("项目不在实施中。"))


def _refuse_own(project: Project, organization: Organization) -> None:
    if organization.pk == project.alliance.lead_id:
        raise Refused("own_project", _("牵头党组织负责选定承接方，不能自己承接。"))
    if organization.pk == project.item.asked_by_id:
        raise Refused("own_project", _("提出金点子的单位最后要确认办结，不能自己承接。"))


def _never_the_provider(project: Project, by: Any) -> None:
    if project.provider_id in rights_of(by).organizations:
        raise Refused("own_project", _("承接方不能监督、验收、支付自己承接的项目。"))


def _claim_of(project: Project) -> Claim:
    """The provider's claim on the item, at work."""
    claim = project.item.claims.unfinished().filter(organization=project.provider).first()
    if claim is None:
        raise Refused("not_under_way", _("承接方现在没有在办理这一事项。"))
    return claim


def _said(words: str, field: str = "reason") -> str:
    """The words; ValidationError where there are none."""
    if not words.strip():
        raise ValidationError({field: _("请写明内容。")})
    return words.strip()
