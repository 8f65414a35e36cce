"""Who hears of charters, agreements and rotation: who is asked, who has to sign, whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from alliances.models import HostTurn
from alliances.notices.audience import members_of
from members.models import Step
from members.notices import Message, Writer, heads_of

Whom = Callable[[Any], Iterable[int]]


def of_alliance(thing: Any) -> Iterable[int]:
    """The lead and all current members."""
    return members_of(thing.alliance)


def parties_of(agreement: Any) -> Iterable[int]:
    """The parties that are still members, and the lead."""
    named = set(agreement.parties.values_list("organization", flat=True))
    return {agreement.alliance.lead_id} | named & set(members_of(agreement.alliance))


def lead_of(thing: Any) -> Iterable[int]:
    return [thing.alliance.lead_id]


def writer(whom: Whom, text: str) -> Writer:
    """Tells the heads of those organisations; the text may name alliance, version, title, reason and last day."""

    def write(step: Step) -> Iterable[Message]:
        thing: Any = step.thing
        words = {
            "alliance": thing.alliance, "version": getattr(thing, "version", ""), "title": getattr(thing, "title", ""),
            "who": step.organization or "", "reason": step.reason, "day": getattr(thing, "valid_to", ""),
        }  # fmt: skip
        for user in heads_of(whom(thing), step):
            yield user, _(text) % words, thing.get_absolute_url()

    return write


def if_put(write: Writer) -> Writer:
    """Nobody hears of a draft that was never put to them."""

    def wrapped(step: Step) -> Iterable[Message]:
        thing: Any = step.thing
        return write(step) if thing.put_on else ()

    return wrapped


def _begun(step: Step) -> Iterable[Message]:
    """The host whose turn it is, and the one before."""
    turn: Any = step.thing
    words = {"alliance": turn.alliance, "who": turn.organization.label, "day": f"{turn.last_day:%Y-%m-%d}"}
    for user in heads_of([turn.organization_id], step):
        yield user, _("“%(alliance)s”轮到贵组织主持，到%(day)s为止。") % words, turn.get_absolute_url()
    before = HostTurn.objects.filter(rotation=turn.rotation_id, until=turn.since, state=HostTurn.State.OVER).first()
    if before is not None and before.organization_id != turn.organization_id:
        for user in heads_of([before.organization_id], step):
            yield user, _("“%(alliance)s”本期轮值结束，由%(who)s接任。") % words, turn.get_absolute_url()


def swap_writer(side: str, text: str) -> Writer:
    """Tells one of the two sides of a swap; the text may name both, the alliance and the reason."""

    def write(step: Step) -> Iterable[Message]:
        swap: Any = step.thing
        words = {
            "alliance": swap.turn.alliance, "asked_by": swap.asked_by.label, "asked_of": swap.asked_of.label,
            "reason": step.reason,
        }  # fmt: skip
        for user in heads_of([getattr(swap, side)], step):
            yield user, _(text) % words, swap.get_absolute_url()

    return write


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("alliances.charter", "put"): writer(
        of_alliance, noop("“%(alliance)s”章程第%(version)s版征求同意，请表态；逾期未表态视为同意。")
    ),
    ("alliances.charter", "object"): writer(
        lead_of, noop("%(who)s对“%(alliance)s”章程第%(version)s版有异议：%(reason)s")
    ),
    ("alliances.charter", "in_force"): writer(of_alliance, noop("“%(alliance)s”章程第%(version)s版已生效。")),
    ("alliances.charter", "withdraw"): if_put(
        writer(of_alliance, noop("“%(alliance)s”章程第%(version)s版已撤回：%(reason)s"))
    ),
    ("alliances.agreement", "put"): writer(parties_of, noop("“%(alliance)s”的《%(title)s》等待签署。")),
    ("alliances.agreement", "signed"): writer(parties_of, noop("“%(alliance)s”的《%(title)s》已全部签署。")),
    ("alliances.agreement", "remind"): writer(parties_of, noop("“%(alliance)s”的《%(title)s》将于%(day)s到期。")),
    ("alliances.agreement", "expired"): writer(parties_of, noop("“%(alliance)s”的《%(title)s》已到期。")),
    ("alliances.agreement", "withdraw"): if_put(
        writer(parties_of, noop("“%(alliance)s”的《%(title)s》已撤回：%(reason)s"))
    ),
    ("alliances.rotation", "set"): writer(of_alliance, noop("“%(alliance)s”轮值表已排定，请看贵组织的轮值日期。")),
    ("alliances.rotation", "close_up"): writer(
        of_alliance, noop("“%(alliance)s”有成员退出，轮值顺次提前。")
    ),
    ("alliances.rotation", "end"): writer(of_alliance, noop("“%(alliance)s”轮值表已结束：%(reason)s")),
    ("alliances.hostturn", "begin"): _begun,
    ("alliances.swap", "ask"): swap_writer(
        "asked_of_id", noop("%(asked_by)s请求与贵组织调换“%(alliance)s”的轮值：%(reason)s")
    ),
    ("alliances.swap", "accept"): swap_writer("asked_by_id", noop("%(asked_of)s同意调换“%(alliance)s”的轮值。")),
    ("alliances.swap", "refuse"): swap_writer(
        "asked_by_id", noop("%(asked_of)s不同意调换“%(alliance)s”的轮值：%(reason)s")
    ),
    ("alliances.swap", "lapsed"): swap_writer(
        "asked_by_id", noop("“%(alliance)s”轮值有变，提出的调换已失效。")
    ),
}
