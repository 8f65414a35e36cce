"""The lines of the table, by topic, and the run that measures them."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from bench.lines import claims, files, pages, regions, rest, review, search, statistics
from bench.lines.line import Line, Topic

TOPICS: dict[str, Topic] = {
    "statistics": statistics.lines,
    "review": review.lines,
    "claims": claims.lines,
    "rest": rest.lines,
    "pages": pages.lines,
    "search": search.lines,
    "files": files.lines,
    "regions": regions.lines,
    "screens": pages.screens,
}


def measure(scale: str, wanted: tuple[str, ...], target: Path) -> list[Line]:
    """The wanted topics (all of them without a word); each line is printed as soon as it is there."""
    from django.conf import settings
    from django.test.utils import override_settings

    logging.disable()
    measured = []
    with override_settings(ROOT_URLCONF="bench.urls", ALLOWED_HOSTS=[*settings.ALLOWED_HOSTS, "localhost"]):
        for name in wanted or TOPICS:
            for line in TOPICS[name](scale):
                print(row(line), flush=True)
                measured.append(line)
    target.write_text(json.dumps([line.saved() for line in measured], ensure_ascii=False, indent=1))
    return measured


def row(line: Line) -> str:
    sign = "≥" if line.at_least else "≤"
    mark = "ok  " if line.passed else "MISS"
    return (
        f"{mark} {line.key:44} {line.ours.cpu:9.1f} {line.floor.cpu:9.1f} {line.ours.wall:9.1f} {line.floor.wall:9.1f}"
        f" {line.ratio:8.2f} {sign} {line.bar:6.2f} {line.unit}  {line.note}"
    )
