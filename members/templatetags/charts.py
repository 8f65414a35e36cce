"""The charts of ``members.charts`` as tags: the view gives the data, the template says what it is called."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from members import charts
from members.radar import radar

register = template.Library()


@register.simple_tag
def line_chart(
    labels: Sequence[str],
    series: Sequence[charts.Series],
    title: str,
    unit: str = "",
    unfinished: bool = False,
    rate: bool = False,
) -> SafeString:
    """Curves over months."""
    return charts.line(labels, series, title=title, unit=unit, write=writer(rate), unfinished=unfinished)


@register.simple_tag
def bar_chart(parts: Iterable[charts.Slice], title: str, unit: str = "", rate: bool = False) -> SafeString:
    """Lying bars; a rate's full width is one hundred per cent."""
    return charts.bars(parts, title=title, unit=unit, write=writer(rate), top=1 if rate else None)


@register.simple_tag
def funnel_chart(parts: Iterable[charts.Slice], title: str, unit: str = "") -> SafeString:
    """Stages of the closed loop."""
    return charts.funnel(parts, title=title, unit=unit)


@register.simple_tag
def donut_chart(parts: Iterable[charts.Slice], title: str, word: str, unit: str = "") -> SafeString:
    """Parts of a whole."""
    return charts.donut(parts, title=title, word=word, unit=unit)


@register.simple_tag
def radar_chart(
    labels: Sequence[str],
    series: Sequence[charts.Series],
    title: str,
    top: float = 100,
    words: Sequence[Sequence[str]] | None = None,
) -> SafeString:
    """Two shapes at most; ``words`` say the figures where the axes are scaled."""
    return radar(labels, series, title=title, top=top, words=words)


@register.simple_tag
def tile_map(
    tiles: Iterable[charts.Tile], title: str, unit: str = "", rate: bool = False, borders: Sequence[float] | None = None
) -> SafeString:
    """Regions as tiles that lead one level down."""
    return charts.tile_map(tiles, title=title, unit=unit, write=writer(rate), borders=borders)


@register.simple_tag
def network_chart(hub: str, nodes: Sequence[charts.Slice], title: str, unit: str = "") -> SafeString:
    """A lead and its members."""
    return charts.network(hub, nodes, title=title, unit=unit)


@register.simple_tag
def sparkline(values: Sequence[Any], title: str, tone: str = "blue") -> SafeString:
    """A small curve for a key figure: ``{% sparkline … as trend %}{% kpi … trend=trend %}``."""
    return charts.sparkline(values, title=title, tone=tone)


def writer(rate: bool) -> Callable[[charts.Number | None], str]:
    """Rates are kept as 0-1 and written in per cent."""
    return charts.share if rate else charts.count
