"""Who hears of matching: the owner of a resource, whoever looks for it, whoever is named responsible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from listings.models import Item, Match
from members.models import Step
from members.notices import Message, Writer, heads_of


def _words(step: Step, match: Match) -> dict[str, Any]:
    what = match.resource or match.organization.label
    return {"need": match.need.title, "what": what, "who": match.organization.label, "reason": step.reason}


def _to_owner(text: str) -> Writer:
    """Tells the organisation whose resource is meant; who speaks for it knows of its own deeds."""

    def write(step: Step) -> Iterable[Message]:
        match: Any = step.thing
        for user in heads_of([match.organization_id], step):
            yield user, _(text) % _words(step, match), match.get_absolute_url()

    return write


def _to_seekers(text: str) -> Writer:
    """Tells whoever asked and the lead."""

    def write(step: Step) -> Iterable[Message]:
        match: Any = step.thing
        need = match.need
        for user in heads_of({need.asked_by_id, need.alliance.lead_id}, step):
            yield user, _(text) % _words(step, match), match.get_absolute_url()

    return write


def _studied(step: Step) -> Iterable[Message]:
    """Whoever is responsible by its duties hears of it, once: a hint, no order."""
    item: Any = step.thing
    if item.responsible_id is not None:
        for user in heads_of([item.responsible_id], step):
            yield user, _("研判认为归口贵组织，是否认领由贵组织决定：%(title)s") % {"title": item.title}, _url(item)


def _joined(step: Step) -> Iterable[Message]:
    item: Any = step.thing
    for user in heads_of([item.asked_by_id], step):
        yield user, _("贵组织的诉求与另一事项一并办理：%(title)s") % {"title": item.title}, _url(item)


def _url(item: Item) -> str:
    return item.get_absolute_url()


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("listings.match", "match"): _to_owner(noop("供需对接：%(need)s 希望用贵组织的“%(what)s”，请答复。%(reason)s")),
    ("listings.match", "accept"): _to_seekers(noop("%(who)s同意对接：%(need)s")),
    ("listings.match", "decline"): _to_seekers(noop("%(who)s未同意对接：%(need)s。%(reason)s")),
    ("listings.match", "withdraw"): _to_owner(noop("对接已撤回：%(need)s。%(reason)s")),
    ("listings.item", "study"): _studied,
    ("listings.item", "join"): _joined,
}
