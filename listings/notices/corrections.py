"""Who hears of the closed loop's hard cases: to whom it is done, with the reason, and who decides next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from alliances.notices.audience import supervisors_of
from listings.models import Item
from members.models import Step, User
from members.notices import Message, Writer, heads_of

Audience = Iterable[int]


def _say(
    step: Step, organizations: Audience, text: str, *, also: Iterable[User] = (), **words: Any
) -> Iterable[Message]:
    thing: Any = step.thing
    said = {"title": getattr(thing, "item", thing).title, "reason": step.reason, **words}
    told = {user.pk: user for user in (*heads_of(organizations, step), *also)}
    for user in told.values():
        yield user, _(text) % said, thing.get_absolute_url()


def _claimants(item: Item) -> set[int]:
    held = (item.answered_by or item).claims.exclude(state__in=("released", "waiting", "declined", "lapsed"))
    return set(held.values_list("organization_id", flat=True))


def _parties(item: Item) -> set[int]:
    return {item.asked_by_id, *_claimants(item)}


def _force_released(step: Step) -> Iterable[Message]:
    """The released organisation is told why; the item's own step tells the asker and the lead."""
    claim: Any = step.thing
    return _say(step, [claim.organization_id], noop("贵组织的认领被收回：%(title)s。%(reason)s"))


def _force_released_on(step: Step) -> Iterable[Message]:
    item: Any = step.thing
    who = step.organization.label if step.organization else ""
    told = {item.asked_by_id, item.alliance.lead_id} - {step.organization_id}
    return _say(step, told, noop("%(who)s的认领已被收回：%(title)s。%(reason)s"), who=who)


def _corrected(step: Step) -> Iterable[Message]:
    return _say(step, _parties(step.thing), noop("原来的确认已更正作废，请提出方重新确认：%(title)s。%(reason)s"))  # type: ignore[arg-type]


def _told_by_the_dispute(step: Step) -> Iterable[Message]:
    return ()


def _confirmed_for(step: Step) -> Iterable[Message]:
    """The asker above all: what was said in their place."""
    return _say(step, _parties(step.thing), noop("上级已代提出方确认办结：%(title)s。%(reason)s"))  # type: ignore[arg-type]


def _disputed(step: Step) -> Iterable[Message]:
    """The other side, and whoever may rule."""
    case: Any = step.thing
    who = case.organization.label
    above = supervisors_of(case.alliance, step)
    told = _parties(case.item) | {case.alliance.supervising_id}
    return _say(step, told - {case.organization_id}, noop("%(who)s提请裁定：%(title)s"), also=above, who=who)


def _ruled(text: str) -> Writer:
    def write(step: Step) -> Iterable[Message]:
        case: Any = step.thing
        return _say(step, {*_parties(case.item), case.organization_id}, text)

    return write


def _reopened(step: Step) -> Iterable[Message]:
    """Those who worked on it hear that it is back; the new item's own step tells the lead."""
    return _say(step, _claimants(step.thing), noop("您办结的事项又出现了问题：%(title)s。%(reason)s"))  # type: ignore[arg-type]


def _offered(step: Step) -> Iterable[Message]:
    offer: Any = step.thing
    told = {offer.into.lead_id}
    return _say(step, told, noop("%(who)s转来一个事项，请接收或退回：%(title)s。"), who=offer.item.alliance.name)


def _answered(text: str) -> Writer:
    """Whoever asked, and the lead of where it came from."""

    def write(step: Step) -> Iterable[Message]:
        offer: Any = step.thing
        told = {offer.item.asked_by_id, offer.item.alliance.lead_id}
        return _say(step, told, text, into=offer.into.name, goes_to=offer.item.goes_to)

    return write


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("listings.claim", "force_release"): _force_released,
    ("listings.item", "force_release"): _force_released_on,
    ("listings.item", "correct"): _corrected,
    ("listings.item", "ruled_done"): _told_by_the_dispute,
    ("listings.item", "confirm_for"): _confirmed_for,
    ("listings.item", "reopen"): _reopened,
    ("listings.dispute", "dispute"): _disputed,
    ("listings.dispute", "ruled_done"): _ruled(noop("上级裁定已办成，请提出方确认：%(title)s。%(reason)s")),
    ("listings.dispute", "ruled_back"): _ruled(noop("上级裁定继续办理：%(title)s。%(reason)s")),
    ("listings.dispute", "ruled_out"): _ruled(noop("上级裁定收回认领：%(title)s。%(reason)s")),
    ("listings.forwarding", "forward"): _offered,
    ("listings.forwarding", "take_over"): _answered(noop("事项已转办，去向：%(goes_to)s。%(title)s")),
    ("listings.forwarding", "pass_back"): _answered(noop("“%(into)s”没有接收转办：%(title)s。%(reason)s")),
}
