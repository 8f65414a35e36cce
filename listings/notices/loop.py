"""Who hears of the closed loop: whoever asked, whoever claimed, whoever has still to sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from alliances.notices.audience import members_of, supervisors_of
from listings.models import Claim, Item
from listings.transitions.listing import unsigned_members
from members.models import Step
from members.notices import Message, Writer, heads_of


def _of(step: Step) -> Any:
    """The item or list; tell() asks nobody about a thing that is gone."""
    return step.thing


def _to(step: Step, organizations: Iterable[int], text: str) -> Iterable[Message]:
    for user in heads_of(organizations, step):
        yield user, text, _of(step).get_absolute_url()


def _claimants(item: Item) -> list[int]:
    held = item.claims.exclude(state=Claim.State.RELEASED)
    return list(held.values_list("organization_id", flat=True))


def _collected(step: Step) -> Iterable[Message]:
    item = _of(step)
    return _to(step, [item.alliance.lead_id], _("新事项待研判：%(title)s") % {"title": item.title})


def _returned(step: Step) -> Iterable[Message]:
    return _to(step, [_of(step).asked_by_id], _("事项被退回：%(title)s。%(reason)s。%(next)s") % _with_next(step))


def _refused(step: Step) -> Iterable[Message]:
    return _to(step, [_of(step).asked_by_id], _("事项不予受理：%(title)s。%(reason)s。%(next)s") % _with_next(step))


def _with_next(step: Step) -> dict[str, str]:
    """The words of a return or a refusal: what, why, and where next."""
    goes_to = step.detail.get("goes_to", "")
    onward = _("下一步：%(goes_to)s") % {"goes_to": goes_to} if goes_to else _("可补充后重新提出。")
    return {"title": _of(step).title, "reason": step.reason, "next": onward}


def _claimed(step: Step) -> Iterable[Message]:
    words = {"title": _of(step).title, "who": step.organization.label if step.organization else ""}
    return _to(step, [_of(step).asked_by_id], _("%(who)s认领了：%(title)s") % words)


def _to_the_waiting(text: str) -> Writer:
    """Tells the organisation whose place in line it is."""

    def write(step: Step) -> Iterable[Message]:
        claim: Any = step.thing
        until = claim.offered_until
        words = {"title": claim.item.title, "until": f"{localtime(until):%m-%d %H:%M}" if until else ""}
        for user in heads_of([claim.organization_id], step):
            yield user, _(text) % words, reverse("claims:detail", args=[claim.pk])

    return write


def _released(step: Step) -> Iterable[Message]:
    item, words = _of(step), {"title": _of(step).title, "reason": step.reason}
    asked = [item.asked_by_id, item.alliance.lead_id]
    return _to(step, asked, _("有单位退出认领：%(title)s。%(reason)s") % words)


def _done(step: Step) -> Iterable[Message]:
    """Also those whose linked problems the item answers: each confirms for itself."""
    item = _of(step)
    asked = {item.asked_by_id, *item.answers.values_list("asked_by_id", flat=True)}
    return _to(step, asked, _("已报告办结，请确认：%(title)s") % {"title": item.title})


def _sent_back(step: Step) -> Iterable[Message]:
    words = {"title": _of(step).title, "reason": step.reason}
    return _to(step, _claimants(_of(step)), _("提出方退回重办：%(title)s。%(reason)s") % words)


def _confirmed(step: Step) -> Iterable[Message]:
    """To the claimants; where whoever asked is not content, to those who oversee it as well."""
    item = _of(step)
    if step.detail.get("satisfaction") != Item.Satisfaction.DISSATISFIED:
        return _to(step, _claimants(item), _("提出方已确认办结：%(title)s") % {"title": item.title})
    text = _("提出方确认办结，但不满意：%(title)s。%(reason)s") % {"title": item.title, "reason": step.reason}
    told = {user.pk: user for user in heads_of([*_claimants(item), item.alliance.lead_id], step)}
    told |= {user.pk: user for user in supervisors_of(item.alliance, step)}
    return [(user, text, item.get_absolute_url()) for user in told.values()]


def _signing(step: Step) -> Iterable[Message]:
    return _to(step, unsigned_members(_of(step)), _("请会签：%(listing)s") % {"listing": _of(step)})


def _enacted(step: Step) -> Iterable[Message]:
    """All members hear that a decision has become an item; the item's own notice goes to the lead."""
    decision = _of(step)
    item = Item.objects.filter(pk=step.detail.get("item")).first()
    if item is not None:
        words = {"number": decision.number, "title": item.title}
        for user in heads_of(members_of(decision.alliance), step):
            yield user, _("决议%(number)s已列入清单：%(title)s") % words, item.get_absolute_url()


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("alliances.decision", "enact"): _enacted,
    ("listings.item", "collect"): _collected,
    ("listings.item", "return"): _returned,
    ("listings.item", "refuse"): _refused,
    ("listings.item", "claim"): _claimed,
    ("listings.item", "release"): _released,
    ("listings.claim", "offer"): _to_the_waiting(noop("候补的名额轮到贵组织：%(title)s，请在 %(until)s 前接受。")),
    ("listings.claim", "lapse"): _to_the_waiting(noop("候补已失效：%(title)s")),
    ("listings.item", "done"): _done,
    ("listings.item", "send_back"): _sent_back,
    ("listings.item", "confirm"): _confirmed,
    ("listings.listing", "signing"): _signing,
}
