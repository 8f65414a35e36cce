"""The radar: shapes over axes that share one scale. A chart like the others of ``members.charts``."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from members.charts import Series, Write, count, render, toned
from members.geometry import Number, axis_label, corners


def radar(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    title: str,
    top: Number = 100,
    write: Write = count,
    words: Sequence[Sequence[str]] | None = None,
) -> SafeString:
    """Two shapes at most over three or more axes that share one scale from 0 to ``top``.

    ``words`` is what sentence and table say of each shape, where the axes had to be scaled to lie on one radar.
    """
    series = toned(series, ("red", "slate"))
    said = words or [[write(value) for value in one.values] for one in series]
    rings = format_html_join(
        "",
        '<polygon class="radar__grid" points="{}"/>',
        ((corners([part / 4] * len(labels)),) for part in (1, 2, 3, 4)),
    )
    shapes = format_html_join(
        "",
        '<polygon class="radar__shape chart__mark tone-{0}{1}" points="{2}"/>',
        (
            (one.tone, " radar__shape--second" if n else "", corners([float(v or 0) / float(top) for v in one.values]))
            for n, one in enumerate(series)
        ),
    )
    names = format_html_join(
        "",
        '<text class="radar__label" x="{0}" y="{1}" text-anchor="{2}">{3}</text>',
        (axis_label(n, len(labels), label) for n, label in enumerate(labels)),
    )
    sentence = _("%(title)s：%(parts)s") % {
        "title": title,
        "parts": "；".join(
            f"{one.label} " + "，".join(f"{label} {word}" for label, word in zip(labels, told, strict=True))
            for one, told in zip(series, said, strict=True)
        ),
    }
    return render(
        "radar",
        title,
        sentence,
        series=series,
        picture=format_html("{}{}{}", rings, shapes, names),
        head=[_("方面"), *(one.label for one in series)],
        rows=[(label, [told[n] for told in said], "") for n, label in enumerate(labels)],
    )
