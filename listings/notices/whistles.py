"""Who hears of whistles: the caller's head, then the called departments, and the caller of each of their answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from listings.models import Call, Whistle
from members.models import Role, Step, User
from members.models.region import ancestors
from members.notices import Message, Writer, heads_of


def heads_over(whistle: Whistle, step: Step) -> set[User]:
    """Who may decide: the caller's other accounts, those of its superior, and the nearest town or banner that has
    anybody. Never the one who asked."""
    caller = whistle.caller
    own = {caller.pk, *([caller.parent_id] if caller.parent_id else [])}
    found = set(heads_of(own, step))
    roles = Role.objects.as_of(localdate(step.at)).filter(role__in=(Role.Kind.TOWN, Role.Kind.BANNER))
    for code in [caller.region_id, *reversed(ancestors(caller.region_id))]:
        near = set(User.objects.active().filter(Q(pk__in=roles.filter(region=code).values("user"))))
        if near:
            found |= near
            break
    return {user for user in found if user.pk != whistle.asked_by_id}


def _whistle_of(step: Step) -> Whistle:
    thing: Any = step.thing
    return thing.whistle if isinstance(thing, Call) else thing


def _blown(step: Step) -> Iterable[Message]:
    whistle = _whistle_of(step)
    text = _("%(caller)s请求吹哨，等您批准：%(title)s")
    for user in heads_over(whistle, step):
        yield user, text % {"caller": whistle.caller.label, "title": whistle}, whistle.get_absolute_url()


def _to_called(text: str) -> Writer:
    """Tells every department that has been called."""

    def write(step: Step) -> Iterable[Message]:
        whistle = _whistle_of(step)
        called = whistle.calls.filter(called_on__isnull=False).values_list("organization_id", flat=True)
        said = _(text) % {"caller": whistle.caller.label, "title": whistle, "reason": step.reason}
        for user in heads_of(called, step):
            yield user, said, whistle.get_absolute_url()

    return write


def _called_in(step: Step) -> Iterable[Message]:
    call: Any = step.thing
    text = _("%(caller)s吹哨，请贵组织签收：%(title)s")
    for user in heads_of([call.organization_id], step):
        yield user, text % {"caller": call.whistle.caller.label, "title": call.whistle}, call.get_absolute_url()


def _to_caller(text: str) -> Writer:
    """Tells the caller how a department has answered, or what its head has said."""

    def write(step: Step) -> Iterable[Message]:
        whistle = _whistle_of(step)
        who = step.organization.label if step.organization else ""
        next_ = getattr(step.thing, "where_next", "")
        said = _(text) % {"who": who, "title": whistle, "reason": step.reason, "next": next_}
        for user in heads_of([whistle.caller_id], step):
            yield user, said, whistle.get_absolute_url()

    return write


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("listings.whistle", "blow"): _blown,
    ("listings.whistle", "approve"): _to_called(noop("%(caller)s吹哨，请贵组织签收：%(title)s")),
    ("listings.whistle", "turn_down"): _to_caller(noop("吹哨未获批准：%(title)s。%(reason)s")),
    ("listings.whistle", "call_off"): _to_called(noop("%(caller)s的吹哨已撤销：%(title)s。%(reason)s")),
    ("listings.whistle", "all_reported"): _to_caller(noop("部门均已报告，请评价：%(title)s")),
    ("listings.whistle", "evaluate"): _to_called(noop("%(caller)s已评价吹哨：%(title)s")),
    ("listings.call", "call_in"): _called_in,
    ("listings.call", "sign_for"): _to_caller(noop("%(who)s已签收：%(title)s")),
    ("listings.call", "arrive"): _to_caller(noop("%(who)s已到场：%(title)s。%(reason)s")),
    ("listings.call", "report"): _to_caller(noop("%(who)s已报告：%(title)s。%(reason)s")),
    ("listings.call", "refuse"): _to_caller(
        noop("%(who)s说明不由其承担：%(title)s。%(reason)s应当找：%(next)s")
    ),
}
