"""Who hears of a deed around alliances; a module a topic, gathered here."""

from __future__ import annotations

from collections.abc import Mapping

from alliances.notices import (
    activity,
    alliance,
    leadership,
    means,
    meeting,
    membership,
    papers,
    points,
    rectification,
    registration,
)
from members.notices import Writer

__all__ = ["WRITERS"]

WRITERS: Mapping[tuple[str, str], Writer] = {
    **alliance.WRITERS,
    **membership.WRITERS,
    **points.WRITERS,
    **activity.WRITERS,
    **meeting.WRITERS,
    **means.WRITERS,
    **leadership.WRITERS,
    **papers.WRITERS,
    **registration.WRITERS,
    **rectification.WRITERS,
}
