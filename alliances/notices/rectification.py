"""Who hears of an order being carried out: the department that looks at plans, the lead that answers, who decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from alliances.notices.audience import supervisors_of
from members.models import Role, Step, User
from members.notices import Message, Writer, department_of, heads_of

Audience = Callable[[Any, Step], Iterable[User]]


def _lead(thing: Any, step: Step) -> Iterable[User]:
    return heads_of([thing.alliance.lead_id], step)


def _department(thing: Any, step: Step) -> Iterable[User]:
    return department_of(thing.region_id, step)


def _above(thing: Any, step: Step) -> Iterable[User]:
    """The lead, the supervising committee and the department, each person once."""
    everybody = [*_lead(thing, step), *supervisors_of(thing.alliance, step), *_department(thing, step)]
    return list(dict.fromkeys(everybody))


def _answering(appeal: Any, step: Step) -> list[User]:
    """Who decides on an appeal: the department to which it is addressed, without the two who decided before."""
    roles = Role.objects.as_of(localdate(step.at)).filter(role__in=Role.DEPARTMENTS, region=appeal.addressed_to_id)
    return list(User.objects.active().filter(pk__in=roles.values("user")).exclude(pk__in=appeal.deciders.values("pk")))


def _lodged_to(appeal: Any, step: Step) -> Iterable[User]:
    """Those, and the town committee on the way."""
    town = str(appeal.region_id)[:9]
    roles = Role.objects.as_of(localdate(step.at)).filter(role=Role.Kind.TOWN, region=town)
    towns = User.objects.active().filter(pk__in=roles.values("user"))
    return list(dict.fromkeys([*_answering(appeal, step), *towns]))


def _decided(appeal: Any, step: Step) -> Iterable[User]:
    """The lead, and the two whose order it was about."""
    return list(dict.fromkeys([*_lead(appeal, step), *appeal.deciders.filter(is_active=True)]))


def _to(audience: Audience, text: str) -> Writer:
    """Tells the audience; ``text`` has places for the alliance's name, the reason and the term."""

    def write(step: Step) -> Iterable[Message]:
        thing: Any = step.thing
        said = _(text) % {"alliance": thing.alliance, "reason": step.reason, "day": step.detail.get("due_on", "")}
        for user in audience(thing, step):
            yield user, said, thing.get_absolute_url()

    return write


ORDER, APPEAL = "alliances.rectification", "alliances.rectificationappeal"

WRITERS: Mapping[tuple[str, str], Writer] = {
    (ORDER, "order"): _to(_lead, noop("请为“%(alliance)s”报送整改方案：%(reason)s")),
    (ORDER, "plan"): _to(_department, noop("“%(alliance)s”报送了整改方案，等待审核。")),
    (ORDER, "accept_plan"): _to(_lead, noop("“%(alliance)s”的整改方案已同意，请按方案整改。")),
    (ORDER, "return_plan"): _to(_lead, noop("“%(alliance)s”的整改方案被退回：%(reason)s")),
    (ORDER, "declare_ready"): _to(_department, noop("“%(alliance)s”整改完成，申请复核。")),
    (ORDER, "remind"): _to(_lead, noop("“%(alliance)s”的整顿期限是 %(day)s，请抓紧整改、申请复核。")),
    (ORDER, "pass_term"): _to(_above, noop("“%(alliance)s”的整顿期限 %(day)s 已过，还没有复核。")),
    (APPEAL, "lodge"): _to(_lodged_to, noop("“%(alliance)s”对规范整顿提出申诉，等待办理。")),
    (APPEAL, "forward"): _to(_answering, noop("“%(alliance)s”的申诉已转呈：%(reason)s")),
    (APPEAL, "uphold"): _to(_decided, noop("“%(alliance)s”的申诉成立：%(reason)s")),
    (APPEAL, "dismiss"): _to(_decided, noop("“%(alliance)s”的申诉不成立，维持原决定：%(reason)s")),
    (APPEAL, "withdraw_appeal"): _to(_answering, noop("“%(alliance)s”撤回了申诉。")),
}
