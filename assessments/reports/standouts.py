"""What stands out in a report: sentences by fixed rules, each with the rule's number in it; places in code order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from alliances.measures import Period
from alliances.metrics import sessions_held
from alliances.models import Meeting
from assessments.reports.frame import Frame
from assessments.statistics import Figures, Row, whole

QUIET = timedelta(days=90)
"""So long without a meeting or an activity, and an alliance is named (联而不动)."""
NAMED, ENOUGH = 8, 10
"""How many are named in a sentence; from how many problems on a jump means anything."""


def standouts(frame: Frame, found: Figures, places: list[Row], overdue: int) -> list[str]:
    """The sentences that hold, in their order."""
    return [*of_places(places), *of_alliances(frame), *of_work(frame, found, overdue)]


def of_places(places: list[Row]) -> Iterator[str]:
    """Places where alliances run and nobody claimed, or where problems were asked and none is solved."""
    idle = [row.label for row in places if row.figures["alliances_active"] and not row.figures["items_claimed"]]
    if idle:
        yield _("有联合体而期内没有认领事项的地区 %(count)s 个：%(names)s。") % named(idle)
    stuck = [row.label for row in places if row.figures["solve_rate"] == 0]
    if stuck:
        yield _("期内提出了问题、到期末一件也没有经确认解决的地区 %(count)s 个：%(names)s。") % named(stuck)


def of_alliances(frame: Frame) -> Iterator[str]:
    """Alliances that have met for nothing for a quarter, and are not newer than that."""
    last = frame.period.last
    window = Period(last - QUIET + timedelta(days=1), last)
    held = sessions_held(window).filter(activity__alliance=OuterRef("pk"))
    met = Meeting.objects.counted().filter(alliance=OuterRef("pk"), held_on__range=window.days)
    quiet = frame.running().filter(~Exists(held), ~Exists(met), activated_on__lt=window.first)
    names = list(quiet.order_by("region_id", "id").values_list("name", flat=True))
    if names:
        yield _("到期末 %(days)s 天内既没有活动也没有会议的联合体 %(count)s 个：%(names)s。") % {
            "days": QUIET.days, **named(names)
        }  # fmt: skip


def of_work(frame: Frame, found: Figures, overdue: int) -> Iterator[str]:
    """What is late, what displeased, and whether the number of solved problems halved or doubled."""
    if overdue:
        yield _("期末逾期未办结的事项 %(count)s 项。") % {"count": overdue}
    judged, content = found["satisfied_rate_denominator"] or 0, found["satisfied_rate_numerator"] or 0
    if judged > content:
        yield _("提出方评价为不满意的 %(count)s 件（作了评价的 %(judged)s 件）。") % {
            "count": judged - content, "judged": judged
        }  # fmt: skip
    called, answered = (found[f"whistle_response_rate_{part}"] or 0 for part in ("denominator", "numerator"))
    if called > answered:
        yield _("吹哨呼叫的部门到期末未签收的 %(count)s 家次。") % {"count": called - answered}
    if frame.finished:
        before = whole(frame.question("problems_solved", period=frame.span.before.period))["problems_solved"] or 0
        now = found["problems_solved"] or 0
        if max(now, before) >= ENOUGH and (now * 2 <= before or before * 2 <= now):
            words = {"now": now, "before": before, "was": frame.span.words[1]}
            yield _("解决问题 %(now)s 件，%(was)s为 %(before)s 件，变动超过一倍或一半。") % words


def named(names: list[str]) -> dict[str, object]:
    """How many, and the first of them by name."""
    shown = "、".join(names[:NAMED])
    return {"count": len(names), "names": shown + (_("等") if len(names) > NAMED else "")}
