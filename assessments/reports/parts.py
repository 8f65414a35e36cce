"""The chapters of a report, each a table made of figures and of rows that were done: nothing in them is typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from alliances.measures import Metric, Nature, Number
from alliances.metrics import sessions_held
from alliances.models import Activity, Alliance, Meeting, Rectification, Reward
from assessments.reports.frame import Frame
from assessments.reports.grids import Cell, Grid, amount, figure, text, written
from assessments.statistics import METRICS, Figures, Row, rows, whole
from listings.metrics import problems_collected, problems_solved
from listings.metrics.terms import overdue_at
from listings.models import Item
from members.models.region import child_length
from members.scope import under

FIGURES = (
    "alliances_active", "organizations_covered", "party_members_covered", "listings_signed", "items_open",
    "items_claimed", "problems_solved", "solve_rate", "median_days_to_solve", "satisfied_rate", "activities_held",
    "theme_days_held", "meetings_held", "service_person_times", "service_people", "whistle_response_rate",
    "whistle_solved_rate", "whistle_satisfied_rate", "alliances_rectified", "alliances_rewarded",
)  # fmt: skip
RATES = tuple(key for key in FIGURES if METRICS[key].nature is Nature.RATE)
PLACES = (
    "alliances_active", "organizations_covered", "listings_signed", "items_claimed", "problems_solved", "solve_rate",
    "activities_held", "service_person_times",
)  # fmt: skip
LONGEST, DECIDED, ALLIANCES = 10, 40, 60
"""So many rows of these tables stand on paper; how many there are is said beneath."""
FEW = 20
"""What was fewer than this moves by a number, not by a share of it."""


def compared_figures(frame: Frame) -> tuple[Grid, Figures]:
    """The figures of the span, of the one before and of a year ago, with what each rate divides by what."""
    now, before, past = frame.span.words[:3]
    spans = {before: (_("环比"), frame.span.before), past: (_("同比"), frame.span.year_before)}
    rates = [f"{key}_{part}" for key in RATES for part in ("numerator", "denominator")]
    found = whole(frame.question(*FIGURES, *rates))
    then = [whole(frame.question(*FIGURES, period=span.period)) for _change, span in spans.values()]
    lines = []
    for key in FIGURES:
        metric = METRICS[key]
        cells = [text(metric.label), text(metric.unit or _("比率")), figure(metric, found[key], frame.rows_url(key))]
        for figures in then:
            said = change(metric, found[key], figures[key]) if frame.finished else "—"
            cells += [figure(metric, figures[key]), Cell(said, said, number=True)]
        lines.append([*cells, text(parts_of(found, key))])
    heads = [_("指标"), _("单位"), now, *(word for was, (changed, _span) in spans.items() for word in (was, changed))]
    note = _("对比的基数不足 %(few)s 时列增减数，不列百分比。") % {"few": FEW}
    if not frame.finished:
        note = _("本期尚未结束，不作比较。")
    return Grid("figures", _("总体情况"), [*heads, _("分子 / 分母")], lines, note), found


def parts_of(found: Figures, key: str) -> str:
    """Of a rate, what it divides by what."""
    if key not in RATES:
        return ""
    return f"{found[f'{key}_numerator']:,} / {found[f'{key}_denominator']:,}"


def change(metric: Metric, now: Number, before: Number) -> str:
    """How a figure moved: counts in per cent, few as a number, rates in points, days in days; a dash where nothing
    can be compared."""
    if now is None or before is None:
        return "—"
    if now == before:
        return _("持平")
    if metric.nature is Nature.RATE:
        return _("%(points)s 个百分点") % {"points": f"{100 * (now - before):+.1f}"}
    if metric.nature is Nature.MEDIAN:
        return _("%(days)s 天") % {"days": f"{now - before:+.1f}".removesuffix(".0")}
    return f"{now / before - 1:+.1%}" if before >= FEW else f"{now - before:+,}"


def places(frame: Frame) -> tuple[Grid, list[Row]]:
    """The same figures one level down: regions in the order of their codes, or alliances where there is none."""
    if frame.alliances is not None or child_length(frame.region.code) is None:
        return of_alliances(frame), []
    question = frame.question(*PLACES)
    found = rows(question, "region")
    lines = [[text(row.label), *(figure(METRICS[key], row.figures[key]) for key in PLACES)] for row in found]
    note = _("按区划代码排列，不作排名。成员党组织按“去重”计，各行之和可能大于合计。")
    heads = [_("地区"), *(str(METRICS[key].label) for key in PLACES)]
    return Grid("places", _("各地情况"), heads, lines, note, total=sum_of(frame)), found


def of_alliances(frame: Frame) -> Grid:
    """A line an alliance."""
    keys = [key for key in PLACES if key != "alliances_active"]
    every = frame.running()
    shown = list(every.order_by("region_id", "id")[:ALLIANCES])
    ids = [alliance.pk for alliance in shown]
    numbers = {key: METRICS[key].per_alliance(frame.period, ids) for key in keys}
    lines = [
        [text(one.name, one.get_absolute_url()), *(figure(METRICS[key], numbers[key][one.pk]) for key in keys)]
        for one in shown
    ]
    heads = [_("联合体"), *(str(METRICS[key].label) for key in keys)]
    note = left_out(len(shown) if len(shown) < ALLIANCES else every.count(), len(shown))
    empty = _("期末没有运行中的联合体。")
    return Grid("places", _("各联合体情况"), heads, lines, note, empty, sum_of(frame, keys) if lines else ())


def sum_of(frame: Frame, keys: Iterable[str] = PLACES) -> list[Cell]:
    """The last line: the place as a whole, counted as a whole."""
    found = whole(frame.question(*keys))
    return [text(_("合计")), *(figure(METRICS[key], found[key]) for key in keys)]


def categories(frame: Frame) -> Grid:
    """What was asked and what was solved, by category; only those of which there is something to tell."""
    here = under(frame.region.code)
    asked, solved = (
        dict(frame.own(found.filter(here)).order_by().values_list("category").annotate(n=Count("pk")))
        for found in (problems_collected(frame.period), problems_solved(frame.period))
    )
    named = [(str(label), asked.get(key, 0), solved.get(key, 0)) for key, label in Item.Category.choices]
    lines = [[text(label), amount(n), amount(m)] for label, n, m in named if n or m]
    total = [text(_("合计")), amount(sum(asked.values())), amount(sum(solved.values()))] if lines else ()
    return Grid(
        "categories", _("问题解决情况"), [_("分类"), _("期内提出"), _("期内经确认解决")], lines,
        _("期内解决的问题可能是此前提出的，两列不能相除；解决率见“总体情况”。"),
        _("期内没有提出也没有解决的问题。"), total,
    )  # fmt: skip


def longest_overdue(frame: Frame) -> tuple[Grid, int]:
    """What was late at the end, the longest first; and how many there were of which the reader may know."""
    late = overdue_at(frame.period.last).filter(pk__in=frame.items().order_by().values("pk"))
    number = late.count()
    found = late.select_related("alliance", "region").order_by("due_then", "id")[:LONGEST]
    lines = [
        [
            text(one.title, one.get_absolute_url()), text(one.alliance), text(one.region), text(one.due_then),
            amount((frame.period.last - one.due_then).days),
        ]
        for one in found
    ]  # fmt: skip
    heads = [_("事项"), _("联合体"), _("地区"), _("当时期限"), _("逾期天数")]
    note = left_out(number, len(lines))
    return Grid("overdue", _("期末逾期最久的事项"), heads, lines, note, _("期末没有逾期事项。")), number


def gatherings(frame: Frame) -> Grid:
    """Activities and meetings by kind."""
    here = under(frame.region.code)
    sessions = frame.own(sessions_held(frame.period).filter(here), "activity__alliance").order_by()
    held = dict(sessions.values_list("activity__kind").annotate(n=Count("pk")))
    met = frame.own(Meeting.objects.counted().filter(here, held_on__range=frame.period.days)).order_by()
    meetings = dict(met.values_list("kind").annotate(n=Count("pk")))
    lines = [
        [text(word), text(label), amount(counts[key])]
        for word, kinds, counts in (
            (_("活动"), Activity.Kind.choices, held), (_("会议"), Meeting.Kind.choices, meetings)
        )
        for key, label in kinds
        if key in counts
    ]  # fmt: skip
    return Grid(
        "gatherings", _("活动与会议"), [_("类别"), _("类型"), _("场次")], lines,
        _("活动内容和次数由各联合体自定，此处只作记录，不设指标。"), _("期内没有活动和会议。"),
    )  # fmt: skip


def whistles(frame: Frame, found: Figures) -> Grid:
    """The three rates of whistles with what they divide by what."""
    keys = [key for key in RATES if key.startswith("whistle") and found[f"{key}_denominator"]]
    lines = [
        [
            text(METRICS[key].label), Cell(written(METRICS[key], found[key]), found[key], number=True),
            amount(int(found[f"{key}_numerator"] or 0)), amount(int(found[f"{key}_denominator"] or 0)),
        ]
        for key in keys
    ]  # fmt: skip
    heads = [_("指标"), _("比率"), _("分子"), _("分母")]
    return Grid("whistles", _("吹哨报到"), heads, lines, "", _("期内没有吹哨。"))


def decisions(frame: Frame) -> Grid:
    """What was founded, ended, rectified, re-checked and rewarded, day by day, of which the reader may know."""
    found = sorted(decided(frame), key=lambda row: (row[0], row[1].pk))
    shown = [
        [text(day), text(one.name, one.get_absolute_url()), text(one.region), text(word), text(why)]
        for day, one, word, why in found[:DECIDED]
    ]
    heads = [_("日期"), _("联合体"), _("地区"), _("决定"), _("内容")]
    note = left_out(len(found), len(shown))
    return Grid("decisions", _("设立、调整与动态管理"), heads, shown, note, _("期内没有设立、调整、整顿和倾斜的决定。"))


def decided(frame: Frame) -> list[tuple[date, Alliance, str, str]]:
    """Day, alliance, what was decided, why."""
    days = frame.period.days
    seen = Alliance.objects.visible_to(frame.reader).within(frame.region.code)
    known = frame.own(seen, "pk").order_by().values("pk")
    alliances = Alliance.objects.filter(pk__in=known).select_related("region")
    founded = [
        (one.activated_on, one, _("设立"), one.get_form_display()) for one in alliances.filter(activated_on__range=days)
    ]
    ended = [(one.ended_on, one, one.get_state_display(), "") for one in alliances.filter(ended_on__range=days)]
    orders: Any = Rectification.objects.counted().filter(alliance__in=known).select_related("alliance__region")
    ordered = [
        (one.ordered_on, one.alliance, _("下达规范整顿"), one.reason) for one in orders.filter(ordered_on__range=days)
    ]
    checked = [
        (one.ended_on, one.alliance, _("整顿复核通过") if one.passed else _("整顿终止"), "")
        for one in orders.filter(ended_on__range=days)
    ]
    favours = Reward.objects.filter(alliance__in=known, granted_on__range=days).select_related("alliance__region")
    rewarded = [(one.granted_on, one.alliance, _("政策资金倾斜"), one.what) for one in favours]
    return [*founded, *ended, *ordered, *checked, *rewarded]


def meanings() -> Grid:
    """What each figure counts."""
    shown = [METRICS[key] for key in FIGURES]
    return Grid("meanings", _("指标口径"), [_("指标"), _("口径")], [[text(m.label), text(m.definition)] for m in shown])


def left_out(number: int, shown: int) -> str:
    """Says how many there are where not all are shown."""
    return _("共 %(number)s 行，只列前 %(shown)s 行。") % {"number": number, "shown": shown} if number > shown else ""
