"""Who hears of what happens between the opening of a year and its publication."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.notices.audience import supervisors_of
from assessments import scoring
from assessments.reminders import left_to
from members.models import Role, Step, User
from members.notices import Message, Writer, heads_of


def _returned(step: Step) -> Iterable[Message]:
    report: Any = step.thing
    text = _("“%(alliance)s”的自评报告被退回：%(reason)s") % {"alliance": report.alliance, "reason": step.reason}
    return [(user, text, report.get_absolute_url()) for user in heads_of([report.alliance.lead_id], step)]


def _closed(step: Step) -> Iterable[Message]:
    """To each lead once, however many alliances it leads: its preliminary results are there, and may be appealed."""
    scheme: Any = step.thing
    leads = set(scoring.assessed_by(scheme).order_by().values_list("lead", flat=True))
    text = _("“%(scheme)s”的初步结果可以查看，%(day)s 前可对指标提出申诉。")
    words = {"scheme": scheme, "day": scheme.appeals_until}
    return [(user, text % words, scheme.get_absolute_url()) for user in heads_of(leads, step)]


def _reminded(step: Step) -> Iterable[Message]:
    """One message with all that is left; nobody is told who has nothing left."""
    scheme: Any = step.thing
    parts = {"reports": _("自评 %(n)s 份"), "ratings": _("评价 %(n)s 项")}
    for user, left in left_to(scheme, timezone.localdate(step.at)).items():
        told = "、".join(parts[kind] % {"n": left[kind]} for kind in parts if left[kind])
        text = _("“%(scheme)s”您还有%(left)s没有完成。") % {"scheme": scheme, "left": told}
        yield user, text, scheme.get_absolute_url()


def _judges(case: Any, step: Step) -> list[User]:
    """The department whose scheme it is."""
    roles = Role.objects.as_of(timezone.localdate(step.at)).filter(
        role__in=Role.DEPARTMENTS, region=case.scheme.region_id
    )
    return list(User.objects.active().filter(pk__in=roles.values("user")).order_by("pk"))


def _appealed(step: Step) -> Iterable[Message]:
    """To the department that decides, and to the superior that may forward it with an opinion."""
    case: Any = step.thing
    text = _("“%(alliance)s”对“%(indicator)s”提出申诉。") % {"alliance": case.alliance, "indicator": case.indicator}
    hear = {user.pk: user for user in (*_judges(case, step), *supervisors_of(case.alliance, step))}
    return [(user, text, case.get_absolute_url()) for user in hear.values()]


def _forwarded(step: Step) -> Iterable[Message]:
    case: Any = step.thing
    text = _("“%(alliance)s”的申诉已由上级转报。") % {"alliance": case.alliance}
    return [(user, text, case.get_absolute_url()) for user in _judges(case, step)]


def _decided(step: Step) -> Iterable[Message]:
    """To the lead that appealed."""
    case: Any = step.thing
    words = {"alliance": case.alliance, "indicator": case.indicator, "state": case.get_state_display()}
    text = _("“%(alliance)s”对“%(indicator)s”的%(state)s。") % words
    return [(user, text, case.get_absolute_url()) for user in heads_of([case.alliance.lead_id], step)]


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("assessments.selfreport", "return"): _returned,
    ("assessments.scheme", "close"): _closed,
    ("assessments.scheme", "remind"): _reminded,
    ("assessments.appeal", "appeal"): _appealed,
    ("assessments.appeal", "forward"): _forwarded,
    ("assessments.appeal", "upheld"): _decided,
    ("assessments.appeal", "dismissed"): _decided,
}
