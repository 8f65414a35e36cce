"""Charts as SVG made on the server: printable, without script, safe under a strict CSP.

Every function takes plain data and returns markup: a picture with one sentence as its name, and beside it the
same figures as a table. Labels on axes are HTML around a stretched drawing, so that they keep their size.
None is a figure that is not known: a gap, a dash, a grey tile; never a zero.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from members.geometry import (
    CHIFENG,
    GRID_STEPS,
    Number,
    arcs,
    around,
    beside,
    ceiling,
    dot,
    fifths,
    level,
    runs,
    share_of,
    short,
    trace,
)

Write = Callable[[Number | None], str]

TONES = ("blue", "red", "violet", "green", "amber", "slate")
NETWORK_NODES = 12
NETWORK_LABEL = 12


@dataclass(frozen=True)
class Series:
    """One line or shape: its name and a value for each label."""

    label: str
    values: Sequence[Number | None]
    tone: str = ""


@dataclass(frozen=True)
class Slice:
    """One part of a donut, one bar, one stage of a funnel."""

    label: str
    value: Number | None
    tone: str = ""
    url: str = ""
    note: str = ""


Part = TypeVar("Part", Series, Slice)


@dataclass(frozen=True)
class Tile:
    """One region of a tile map; ``code`` finds its place, ``url`` leads one level down."""

    code: str
    label: str
    value: Number | None
    url: str = ""


def count(value: Number | None) -> str:
    """1234567 → 1,234,567; a dash for what is not known."""
    if value is None:
        return "—"
    return f"{value:,}" if value == int(value) and not isinstance(value, float) else f"{value:,.1f}".removesuffix(".0")


def share(value: Number | None) -> str:
    """0.964 → 96.4%."""
    return "—" if value is None else f"{value:.1%}"


def line(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    title: str,
    unit: str = "",
    write: Write = count,
    unfinished: bool = False,
) -> SafeString:
    """Curves over months. With ``unfinished`` the last month still runs: a dashed way to a hollow point."""
    series = toned(series)
    top = ceiling(max((value for one in series for value in one.values if value is not None), default=0))
    middle = [100 * (n + 0.5) / len(labels) for n in range(len(labels))]
    drawn = format_html_join(
        "", "{}", ((curve(one, middle, top, unfinished, first=one is series[0]),) for one in series)
    )
    grid = format_html_join(
        "", '<path class="plot__grid" d="M0 {0}H100"/>', ((short(100 * n / GRID_STEPS),) for n in range(GRID_STEPS + 1))
    )
    sentence = _("%(title)s：%(parts)s") % {
        "title": title,
        "parts": "；".join(spoken(one, labels, unit, write, unfinished) for one in series),
    }
    return render(
        "line",
        title,
        sentence,
        series=series,
        labels=labels,
        picture=format_html("{}{}", grid, drawn),
        unfinished=unfinished,
        scale=[write(top * n / GRID_STEPS) for n in range(GRID_STEPS, -1, -1)],
        head=[_("月份"), *(one.label for one in series)],
        rows=[(label, [write(one.values[n]) for one in series], "") for n, label in enumerate(labels)],
    )


def bars(
    parts: Iterable[Slice], *, title: str, unit: str = "", write: Write = count, top: Number | None = None
) -> SafeString:
    """Lying bars in the order given (regions: by code, never by rank); ``top`` is the full width."""
    return measured("bars", list(parts), title, unit, write, top)


def funnel(parts: Iterable[Slice], *, title: str, unit: str = "") -> SafeString:
    """Stages of a process, each with its share of the first."""
    stages = list(parts)
    whole = stages[0].value if stages else None
    noted = [Slice(part.label, part.value, part.tone, part.url, share_of(part.value, whole)) for part in stages]
    return measured("bars--funnel", noted, title, unit, count, whole)


def donut(parts: Iterable[Slice], *, title: str, word: str, unit: str = "") -> SafeString:
    """Parts of a whole with the sum in the middle and ``word`` under it."""
    slices = toned(list(parts))
    total = sum(part.value or 0 for part in slices)
    ring = format_html_join(
        "",
        '<circle class="donut__arc chart__mark tone-{0}" cx="50" cy="50" r="42" pathLength="100"'
        ' stroke-dasharray="{1} 100" stroke-dashoffset="{2}" transform="rotate(-90 50 50)"/>',
        ((part.tone, *arc) for part, arc in zip(slices, arcs([part.value for part in slices]), strict=True)),
    )
    named = "，".join(f"{part.label} {count(part.value)}" for part in slices)
    sentence = _("%(title)s：共 %(total)s%(unit)s，其中%(parts)s") % {
        "title": title,
        "total": count(total),
        "unit": unit,
        "parts": named or _("暂无数据"),
    }
    return render(
        "donut",
        title,
        sentence,
        unit=unit,
        slices=[(part, count(part.value)) for part in slices],
        picture=ring,
        total=count(total),
        word=word,
        head=[_("类别"), unit or _("数量")],
        rows=[(part.label, [count(part.value)], part.url) for part in slices],
    )


def tile_map(
    tiles: Iterable[Tile], *, title: str, unit: str = "", write: Write = count, borders: Sequence[Number] | None = None
) -> SafeString:
    """Regions as tiles in five classes; Chifeng's lie where they lie, any others in the order of their codes.

    ``borders`` are the four lower bounds of classes 2-5; without them the values are cut in fifths.
    """
    laid = sorted(tiles, key=lambda tile: tile.code)
    known = sorted(tile.value for tile in laid if tile.value is not None)
    borders = list(borders if borders is not None else fifths(known))
    mapped = bool(laid) and all(tile.code[:6] in CHIFENG and len(tile.code) == 6 for tile in laid)
    shown = [
        {
            "tile": tile,
            "value": write(tile.value),
            "level": level(tile.value, borders),
            "place": CHIFENG[tile.code] if mapped else None,
        }
        for tile in laid
    ]
    sentence = _("%(title)s：%(parts)s") % {
        "title": title,
        "parts": "，".join(f"{tile.label} {write(tile.value)}{unit}" for tile in laid) or _("暂无数据"),
    }
    return render(
        "map",
        title,
        sentence,
        unit=unit,
        tiles=shown,
        legend=classes(borders, write),
        linked=any(tile.url for tile in laid),
        missing=any(tile.value is None for tile in laid),
        head=[_("地区"), unit or _("数值")],
        rows=[(tile.label, [write(tile.value)], tile.url) for tile in laid],
    )


def network(hub: str, nodes: Sequence[Slice], *, title: str, unit: str = "") -> SafeString:
    """One organisation and those around it; the more they share (``value``), the thicker the tie.

    The first twelve are drawn. A name stands outside the circle on its dot's side, cut to what fits there, so that
    neighbours do not run into each other; the table names all in full.
    """
    most = max((float(node.value or 0) for node in nodes), default=0) or 1
    drawn = nodes[:NETWORK_NODES]
    placed = [(node, *around(n, len(drawn), 118, 280, 170)) for n, node in enumerate(drawn)]
    strokes = ((short(x), short(y), short(1 + 4 * float(node.value or 0) / most)) for node, x, y in placed)
    ties = format_html_join("", '<path class="network__tie" d="M280 170L{0} {1}" stroke-width="{2}"/>', strokes)
    dots = format_html_join(
        "",
        '<circle class="chart__mark tone-{0}" cx="{1}" cy="{2}" r="9"/>'
        '<text class="network__label" x="{3}" y="{4}" text-anchor="{5}">{6}</text>',
        (
            (node.tone or "blue", short(x), short(y), *beside(x, y), Truncator(node.label).chars(NETWORK_LABEL))
            for node, x, y in placed
        ),
    )
    middle = format_html(
        '<circle class="network__hub" cx="280" cy="170" r="40"/><text class="network__hub-label"'
        ' x="280" y="175" text-anchor="middle">{}</text>',
        hub,
    )
    sentence = _("%(title)s：%(hub)s与 %(count)s 个党组织") % {"title": title, "hub": hub, "count": len(nodes)}
    return render(
        "network",
        title,
        sentence,
        picture=format_html("{}{}{}", ties, dots, middle),
        head=[_("党组织"), unit or _("数量")],
        rows=[(node.label, [count(node.value)], node.url) for node in nodes],
    )


def sparkline(values: Sequence[Number | None], *, title: str, tone: str = "blue") -> SafeString:
    """A small curve beside a figure; nothing when fewer than two values are known."""
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return SafeString("")
    low, span = min(known), (max(known) - min(known)) or 1.0
    points = [
        (short(100 * n / (len(values) - 1)), short(90 - 80 * (float(value) - low) / span))
        for n, value in enumerate(values)
        if value is not None
    ]
    sentence = _("%(title)s：从 %(first)s 到 %(last)s") % {
        "title": title,
        "first": count(known[0]),
        "last": count(known[-1]),
    }
    return format_html(
        '<svg class="spark tone-{0}" viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="{1}">'
        '<path class="spark__fill" d="{2}V100H{3}Z"/><path class="plot__line chart__mark" d="{2}"/>{4}</svg>',
        tone,
        sentence,
        trace(points),
        points[0][0],
        dot(points[-1], "spark__dot"),
    )


# What the pictures are made of


def render(kind: str, title: str, sentence: str, **context: object) -> SafeString:
    """A picture with its sentence and its table, by the partial of its kind."""
    return render_to_string("_chart.html", {"kind": kind, "title": title, "sentence": sentence, **context})


def toned(parts: Sequence[Part], tones: Sequence[str] = TONES) -> list[Part]:
    """Every part with a colour: its own, else the next of the row."""
    return [part if part.tone else replace(part, tone=tones[n % len(tones)]) for n, part in enumerate(parts)]


def measured(css: str, parts: Sequence[Slice], title: str, unit: str, write: Write, top: Number | None) -> SafeString:
    """Bars against a full width: the largest value, or ``top``."""
    full = float(top or max((part.value for part in parts if part.value is not None), default=0)) or 1.0
    rows = [
        {
            "part": part,
            "tone": part.tone or "blue",
            "value": write(part.value),
            "width": short(min(100.0, 100 * float(part.value or 0) / full)),
        }
        for part in parts
    ]
    named = "，".join(f"{part.label} {write(part.value)}{unit}" for part in parts)
    sentence = _("%(title)s：%(parts)s") % {"title": title, "parts": named or _("暂无数据")}
    return render(
        "bars",
        title,
        sentence,
        css=css,
        bars=rows,
        unit=unit,
        head=[_("名称"), unit or _("数值")],
        rows=[(part.label, [write(part.value)], part.url) for part in parts],
    )


def curve(one: Series, middle: Sequence[float], top: float, unfinished: bool, first: bool) -> SafeString:
    """One line of a chart, broken where a value is not known; the last point is marked."""
    points = [
        None if value is None else (short(x), short(100 - 100 * float(value) / top))
        for x, value in zip(middle, one.values, strict=True)
    ]
    whole = points[:-1] if unfinished else points
    drawn = [format_html('<path class="plot__line chart__mark" d="{}"/>', trace(run)) for run in runs(whole)]
    if first and len(whole) > 1 and None not in whole:
        ground = format_html('<path class="plot__fill" d="{}V100H{}Z"/>', trace(whole), short(middle[0]))
        drawn.insert(0, ground)
    if unfinished and points[-1] is not None:
        if len(points) > 1 and points[-2] is not None:
            drawn.append(format_html('<path class="plot__line plot__line--open" d="{}"/>', trace(points[-2:])))
        drawn += [dot(points[-1]), dot(points[-1], "plot__hole")]
    elif points and points[-1] is not None:
        drawn.append(dot(points[-1]))
    return format_html('<g class="tone-{}">{}</g>', one.tone, format_html_join("", "{}", ((part,) for part in drawn)))


def spoken(one: Series, labels: Sequence[str], unit: str, write: Write, unfinished: bool) -> str:
    """A curve in words: from, to, and the highest of the finished months."""
    values = list(one.values[:-1] if unfinished else one.values)
    known = [(float(value), n) for n, value in enumerate(values) if value is not None]
    if not known:
        return _("%(label)s暂无数据") % {"label": one.label}
    peak = max(known)[1]
    return _("%(label)s从%(from)s %(first)s%(unit)s 到%(to)s %(last)s%(unit)s，最高%(peak)s %(most)s%(unit)s") % {
        "label": one.label,
        "unit": unit,
        "from": labels[known[0][1]],
        "first": write(values[known[0][1]]),
        "to": labels[known[-1][1]],
        "last": write(values[known[-1][1]]),
        "peak": labels[peak],
        "most": write(values[peak]),
    }


def classes(borders: Sequence[Number], write: Write) -> list[tuple[int, str]]:
    """The legend of a map: class and range."""
    if not borders:
        return []
    lowest = 5 - len(borders)
    first = (lowest, _("低于 %(border)s") % {"border": write(borders[0])})
    between = [(lowest + n, _("%(low)s 起") % {"low": write(low)}) for n, low in enumerate(borders, 1)]
    return [first, *between]
