"""The verbs of idea calls (金点子): call, hand in, study, select, publish. A chosen idea is a project in one step."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance
from alliances.transitions.alliance import refuse_idle
from listings.models import Idea, IdeaCall, Item, Project
from listings.models.listing import Kind
from listings.transitions.item import collect, study
from listings.transitions.listing import current_list
from members.lifecycle import lock, moving, note
from members.models import Organization
from members.states import Refused

WORDS_OF_A_CALL = ("theme", "about", "opens_on", "closes_on")
WORDS_OF_AN_IDEA = ("title", "detail", "category", "place")


@transaction.atomic
def open_call(
    alliance: Alliance, *, theme: str, about: str = "", opens_on: date, closes_on: date, by: Any, at: datetime
) -> IdeaCall:
    """Call for ideas in the alliance's region, from ``opens_on`` to ``closes_on``. Refused ``not_running``."""
    lock(alliance)
    refuse_idle(alliance)
    call = IdeaCall(
        alliance=alliance, region_id=alliance.region_id, theme=theme.strip(), about=about.strip(), opens_on=opens_on,
        closes_on=closes_on,
    )  # fmt: skip
    _check(call, WORDS_OF_A_CALL)
    if closes_on < opens_on or closes_on < timezone.localdate(at):
        raise ValidationError({"closes_on": _("征集止日不能早于起日，也不能早于今天。")})
    call.save()
    note(call, "open_call", at=at, by=by, organization=alliance.lead, to_state=IdeaCall.State.OPEN)
    return call


def close_call(call: IdeaCall, *, by: Any = None, at: datetime) -> IdeaCall:
    """No more ideas: the selection begins, over all of them at once. Refused ``no_ideas`` where there is none."""
    with moving(call, IdeaCall.State.SELECTING, at=at, by=by, verb="close_call"):
        if not call.ideas.exclude(state=Idea.State.WITHDRAWN).exists():
            raise Refused("no_ideas", _("还没有人提交金点子，不能开始评选；不再征集的，可以撤销。"))
        call.closes_on = max(call.opens_on, min(call.closes_on, timezone.localdate(at)))
    return call


def cancel_call(call: IdeaCall, *, by: Any = None, at: datetime, reason: str) -> IdeaCall:
    """Take back a call that nobody has answered. Refused ``answered``: what was handed in, and not withdrawn,
    deserves an answer."""
    with moving(call, IdeaCall.State.CANCELLED, at=at, by=by, reason=_said(reason), verb="cancel_call"):
        if call.ideas.exclude(state=Idea.State.WITHDRAWN).exists():
            raise Refused("answered", _("已有人提交金点子，应逐条答复后公布，不能撤销。"))
    return call


def publish_call(call: IdeaCall, *, by: Any = None, at: datetime) -> IdeaCall:
    """Make known what was chosen. Refused ``undecided`` while an idea is without its answer."""
    with moving(call, IdeaCall.State.PUBLISHED, at=at, by=by, verb="publish_call"):
        left = call.ideas.undecided().count()
        if left:
            raise Refused("undecided", _("还有 %(left)s 条金点子没有答复，逐条答复后再公布。") % {"left": left})
        call.published_on = timezone.localdate(at)
    return call


@transaction.atomic
def propose_idea(
    call: IdeaCall,
    *,
    proposed_by: Organization,
    title: str,
    detail: str = "",
    category: str = Item.Category.OTHER,
    place: str = "",
    for_resident: bool = False,
    by: Any,
    at: datetime,
) -> Idea:
    """Hand in an idea for an organisation, perhaps on behalf of residents whose names are not asked.

    Refused ``not_open`` before its first day, after its last one, and when it is no longer open; ``not_running``.
    """
    lock(call)
    refuse_idle(call.alliance)
    day = timezone.localdate(at)
    if call.state != IdeaCall.State.OPEN or not call.opens_on <= day <= call.closes_on:
        raise Refused("not_open", _("不在征集期内，不能提交。"))
    idea = Idea(
        call=call, proposed_by=proposed_by, title=title.strip(), detail=detail.strip(), category=category,
        place=place.strip(), for_resident=for_resident, proposed_on=day,
        entered_by=by if hasattr(by, "duty") else None,
    )  # fmt: skip
    _check(idea, WORDS_OF_AN_IDEA)
    idea.save()
    note(idea, "propose_idea", at=at, by=by, organization=proposed_by, to_state=Idea.State.SUBMITTED)
    return idea


def study_idea(idea: Idea, *, by: Any = None, at: datetime, finding: str) -> Idea:
    """Look into an idea (研究): is it needed, can it be done. The finding stays with those who select."""
    with moving(idea, Idea.State.STUDIED, at=at, by=by, verb="study_idea"):
        idea.finding = _said(finding, "finding")
    return idea


def withdraw_idea(idea: Idea, *, by: Any = None, at: datetime, reason: str) -> Idea:
    """Taken back by who handed it in, before it is decided."""
    with moving(idea, Idea.State.WITHDRAWN, at=at, by=by, organization=idea.proposed_by, reason=_said(reason),
                verb="withdraw_idea"):  # fmt: skip
        return idea


def decline_idea(idea: Idea, *, by: Any = None, at: datetime, reason: str) -> Idea:
    """It becomes no project: who handed it in reads why, also where the alliance has ended meanwhile.
    Refused ``not_selecting`` while the call is still open."""
    with moving(idea, Idea.State.DECLINED, at=at, by=by, reason=_said(reason), verb="decline_idea"):
        _decide(idea, reason, at)
    return idea


def choose(idea: Idea, *, by: Any = None, at: datetime, reason: str) -> Project:
    """It becomes a project: in one step an item stands on the alliance's current project list, asked by who had the
    idea (and who confirms it in the end), and a provider is sought.

    Refused ``not_selecting`` while the call is still open, ``not_running``.
    """
    with moving(idea, Idea.State.CHOSEN, at=at, by=by, reason=_said(reason), verb="choose"):
        _decide(idea, reason, at)
        alliance = idea.call.alliance
        refuse_idle(alliance)
        item = collect(
            current_list(alliance, Kind.PROJECT, by=by, at=at), title=idea.title, detail=idea.detail,
            category=idea.category, place=idea.place, asked_by=idea.proposed_by, for_resident=idea.for_resident,
            by=by, at=at,
        )  # fmt: skip
        study(item, by=by, at=at, reason=reason.strip())
        project = Project.objects.create(
            item=item, idea=idea, alliance=alliance, region_id=alliance.region_id, fixed_on=timezone.localdate(at),
            synthetic=idea.synthetic,
        )
        note(project, "fix", at=at, by=by, organization=alliance.lead, to_state=Project.State.SEEKING)
    return project


def _decide(idea: Idea, reason: str, at: datetime) -> None:
    call = idea.call
    lock(call)
    if call.state != IdeaCall.State.SELECTING:
        raise Refused("not_selecting", _("征集截止、开始评选后才能决定入选与否。"))
    idea.answer, idea.decided_on = reason.strip(), timezone.localdate(at)


def _said(words: str, field: str = "reason") -> str:
    """The words; ValidationError where there are none."""
    if not words.strip():
        raise ValidationError({field: _("请写明理由。")})
    return words.strip()


def _check(thing: Any, names: tuple[str, ...]) -> None:
    """ValidationError, field by field, for what no form would let through."""
    thing.clean_fields(exclude=[field.name for field in thing._meta.fields if field.name not in names])
