"""Who hears of belts: the lead of each alliance on the belt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from members.models import Step
from members.notices import Message, Writer, heads_of


def _to_the_stops(text: str) -> Writer:
    """Tells the lead of each alliance on the belt."""

    def write(step: Step) -> Iterable[Message]:
        belt: Any = step.thing
        for stop in belt.stops.select_related("alliance").order_by("position"):
            said = _(text) % {"alliance": stop.alliance, "belt": belt}
            for user in heads_of([stop.alliance.lead_id], step):
                yield user, said, belt.get_absolute_url()

    return write


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("alliances.belt", "lay"): _to_the_stops(noop("“%(alliance)s”已列入“%(belt)s”。")),
    ("alliances.belt", "end_belt"): _to_the_stops(noop("“%(belt)s”已撤销命名，“%(alliance)s”不再列入。")),
}
