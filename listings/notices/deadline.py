"""Who hears of terms: pauses, extensions, and supervision level by level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from listings.models import Item
from members.models import Step
from members.notices import Message, Writer, department_of, heads_of


def _told(step: Step, item: Item, organizations: Iterable[int], text: str) -> Iterable[Message]:
    for user in heads_of(organizations, step):
        yield user, text, item.get_absolute_url()


def _workers(item: Item) -> list[int]:
    return list(item.claims.active().values_list("organization_id", flat=True))


def _all_concerned(item: Item) -> set[int]:
    return {item.asked_by_id, item.alliance.lead_id, *_workers(item)}


def _paused(step: Step) -> Iterable[Message]:
    item: Any = step.thing
    words = {"title": item.title, "reason": step.reason}
    return _told(step, item, _all_concerned(item), _("暂停计时：%(title)s。%(reason)s") % words)


def _resumed(step: Step) -> Iterable[Message]:
    item: Any = step.thing
    words = {"title": item.title, "reason": step.reason}
    return _told(step, item, _all_concerned(item), _("恢复计时：%(title)s。%(reason)s") % words)


def _extension_asked(step: Step) -> Iterable[Message]:
    """To the lead and to the supervising organisation, not to who asks: they do not answer themselves."""
    asked: Any = step.thing
    alliance = asked.item.alliance
    words = {"who": asked.organization.label, "day": asked.until, "title": asked.item.title}
    text = _("%(who)s申请延期至%(day)s，请答复：%(title)s") % words
    return _told(step, asked.item, {alliance.lead_id, alliance.supervising_id} - {asked.organization_id}, text)


def _extension_answered(step: Step) -> Iterable[Message]:
    asked: Any = step.thing
    words = {"day": asked.until, "title": asked.item.title, "reason": asked.answer}
    granted, refused = _("已同意延期至%(day)s：%(title)s。%(reason)s"), _("未同意延期：%(title)s。%(reason)s")
    text = granted if asked.state == "granted" else refused
    return _told(step, asked.item, [asked.organization_id], text % words)


def _extended(step: Step) -> Iterable[Message]:
    """To whoever asked for the item; the claimant has been answered already."""
    item: Any = step.thing
    words = {"title": item.title, "reason": step.reason}
    return _told(step, item, {item.asked_by_id}, _("办理期限延长：%(title)s，%(reason)s") % words)


def _escalated(step: Step) -> Iterable[Message]:
    """Level 1: the lead and who works on it. Level 2: the supervising organisation. Level 3: the organisation
    department. Those below hear that it has gone up."""
    item: Any = step.thing
    level = step.detail["level"]
    words = {"level": step.reason, "title": item.title, "day": step.detail["due_on"]}
    text = _("%(level)s：%(title)s，办理期限%(day)s，至今未办结") % words
    below = {item.alliance.lead_id, *_workers(item)}
    if level >= Item.Supervision.SUPERVISING:
        below.add(item.alliance.supervising_id)
    people = {user.pk: user for user in heads_of(below, step)}
    if level == Item.Supervision.DEPARTMENT:
        people |= {user.pk: user for user in department_of(item.region_id, step)}
    for user in people.values():
        yield user, text, item.get_absolute_url()


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("listings.item", "pause"): _paused,
    ("listings.item", "resume"): _resumed,
    ("listings.item", "extend"): _extended,
    ("listings.item", "escalate"): _escalated,
    ("listings.extension", "ask"): _extension_asked,
    ("listings.extension", "grant"): _extension_answered,
    ("listings.extension", "refuse"): _extension_answered,
}
