"""Who hears of joint cases: the departments that take part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from members.models import Step
from members.notices import Message, Writer, heads_of


def _to_departments(text: str) -> Writer:
    """Tells those who take part; with ``organizations`` in the step's detail only these."""

    def write(step: Step) -> Iterable[Message]:
        case: Any = step.thing
        named = step.detail.get("organizations") or case.takings.values_list("organization_id", flat=True)
        for user in heads_of(named, step):
            yield user, _(text) % {"case": case, "reason": step.reason}, case.get_absolute_url()

    return write


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("listings.jointcase", "begin"): _to_departments(noop("贵组织参加联动：%(case)s")),
    ("listings.jointcase", "take_in"): _to_departments(noop("贵组织参加联动：%(case)s")),
    ("listings.jointcase", "measure_by"): _to_departments(noop("“%(case)s”增加成效项目：%(reason)s")),
    ("listings.jointcase", "close_case"): _to_departments(noop("联动已结束：%(case)s。%(reason)s")),
}
