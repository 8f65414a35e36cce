"""Who hears of what is done with lists and items; a module a topic, gathered here."""

from __future__ import annotations

from collections.abc import Mapping

from listings.notices import cases, corrections, deadline, loop, matching, project, whistles
from members.notices import Writer

__all__ = ["WRITERS"]

WRITERS: Mapping[tuple[str, str], Writer] = {
    **corrections.WRITERS,
    **loop.WRITERS,
    **deadline.WRITERS,
    **whistles.WRITERS,
    **matching.WRITERS,
    **project.WRITERS,
    **cases.WRITERS,
}
