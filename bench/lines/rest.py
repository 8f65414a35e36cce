"""Lists for programs: fifty items against nothing, with the same key."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bench.callers import ANYBODY, program
from bench.lines.line import Line, counted
from bench.timing import in_turn, repeated
from bench.urls import EMPTY, KEYED

ITEMS = "/api/v1/items/?page_size=50"
TIMES = 5


def lines(scale: str) -> Iterator[Line]:
    client = program("lists:read")
    assert len(json.loads(client.get(ITEMS))["results"]) == 50  # noqa: S101
    asked = [repeated(deed, TIMES) for deed in (client.asking(ITEMS), client.asking(KEYED), ANYBODY.asking(EMPTY))]
    ours, keyed, empty = in_turn(*asked)
    apart = ours.cpu - keyed.cpu + empty.cpu
    statements = counted(client.asking(ITEMS)) - counted(client.asking(KEYED))
    yield Line(
        "REST list of 50 items", "接口事项列表", ours, empty, apart / empty.cpu, 11,
        note=f"{TIMES} at a time, without the {(keyed.cpu - empty.cpu) / TIMES:.1f} ms of the key",
    )  # fmt: skip
    yield Line("REST list, statements", "查询数", ours, empty, statements, 2, "statements")
