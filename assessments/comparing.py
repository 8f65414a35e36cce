"""Numbers in words: as pages and files write them, and beside those of the same days of the year before (同比)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alliances.measures import DENOMINATOR, NUMERATOR, Metric, Nature, Number
from assessments.statistics import METRICS, Figures, difference
from members.charts import count, share


def written(metric: Metric, value: Number) -> str:
    """A number as pages and files show it."""
    return share(value) if metric.nature is Nature.RATE else count(value)


def parts_of(metric: Metric, figures: Figures) -> str:
    """A rate's numerator and denominator: 37 / 52; nothing for other figures, or where they were not counted."""
    some, every = (figures.get(metric.key + part) for part in (NUMERATOR, DENOMINATOR))
    return "" if metric.nature is not Nature.RATE or every is None else f"{count(some)} / {count(every)}"


def in_full(metric: Metric, figures: Figures) -> str:
    """The number with its unit; a rate with what it divides: 71.2%（37 / 52 件）."""
    value, parts = written(metric, figures[metric.key]), parts_of(metric, figures)
    if parts:
        return f"{value}（{parts} {METRICS[metric.key + DENOMINATOR].unit}）"
    return f"{value} {metric.unit}" if metric.unit and figures[metric.key] is not None else value


def signed(metric: Metric, now: Number, before: Number) -> str:
    """The difference with its sign: +12, or for rates +3.2 in percentage points; 持平 for none, a dash for unknown."""
    change = difference(now, before)
    if change is None:
        return "—"
    if not change:
        return _("持平")
    if metric.nature is Nature.RATE:
        return f"{100 * change:+.1f}"
    return f"{'+' if change > 0 else '-'}{count(abs(change))}"


def plain(metric: Metric, value: Number) -> Number | str:
    """A number as a file holds it: to reckon on; a rate as it is written, what is not known as a dash."""
    return written(metric, value) if value is None or metric.nature is Nature.RATE else value


def plain_change(metric: Metric, now: Number, before: Number) -> Number | str:
    """The difference as a file holds it, of rates in percentage points."""
    change = difference(now, before)
    if change is None:
        return "—"
    return round(100 * change, 2) if metric.nature is Nature.RATE else change


def compared(metric: Metric, now: Number, before: Number) -> str:
    """The difference in words, with its share of the year before where that was more than nothing."""
    change = difference(now, before)
    if change is None:
        return _("上年同期无此数") if before is None else _("本期无此数")
    if not change:
        return _("与上年同期持平")
    size = {"size": signed(metric, abs(change), 0).lstrip("+"), "unit": metric.unit}
    if metric.nature is Nature.RATE:
        words = _("比上年同期上升 %(size)s 个百分点") if change > 0 else _("比上年同期下降 %(size)s 个百分点")
    elif metric.nature is Nature.MEDIAN:
        words = _("比上年同期延长 %(size)s %(unit)s") if change > 0 else _("比上年同期缩短 %(size)s %(unit)s")
    else:
        words = _("比上年同期增加 %(size)s %(unit)s") if change > 0 else _("比上年同期减少 %(size)s %(unit)s")
    shared = metric.nature in {Nature.STOCK, Nature.FLOW} and before
    return words % size + (f"（{change / before:+.1%}）" if shared and before else "")
