"""The whole bench: one process a scale, then the table of all of them and how the cost grew from M to L.

    python -m bench [SCALE ...]            (make bench SCALES="S M L" REGIONS=regions.csv.gz)

Everything it keeps is in ``var/bench``: a PostgreSQL a scale, used again as long as the recipe of the world is the
same, and SCALE.json with what was measured last.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from bench.runs import ROOT

GROWTH = {"banner, year": 1.5, "city, year": 1.5, "banner, quarter": 2.5, "city, quarter": 2.5}
"""By how much a figure may cost more in a world ten times as large; whatever looks at everything: 15 times."""


def main(*scales: str) -> int:
    missed = 0
    for scale in scales:
        print(f"\n{scale}{'':48}{'ours':>6}{'floor':>10} ms CPU{'ours':>8}{'floor':>10} ms{'':7}bar", flush=True)
        done = subprocess.run([sys.executable, "-m", "bench.runs", scale], check=False)  # noqa: S603
        if done.returncode:
            return done.returncode
        missed += sum(not line["passed"] for line in saved(scale))
    if {"M", "L"} <= {*scales}:
        missed += growth(saved("M"), saved("L"))
    print(f"\n{missed} lines beyond their bar")
    return 0


def saved(scale: str) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = json.loads((ROOT / f"{scale}.json").read_text())
    return lines


def growth(small: list[dict[str, Any]], large: list[dict[str, Any]]) -> int:
    """How much more the same question costs; prints a line for each that both scales have."""
    print("\nM to L, ten times the rows")
    before, missed = {line["key"]: line["ours"]["cpu"] for line in small}, 0
    for line in large:
        if line["key"] not in before or not line["key"].startswith(("statistics", "review")):
            continue
        grown = line["ours"]["cpu"] / before[line["key"]]
        bar = GROWTH.get(line["key"].removeprefix("statistics, "), 15)
        missed += grown > bar
        print(f"{'ok  ' if grown <= bar else 'MISS'} {line['key']:44} {grown:8.2f} ≤ {bar:5.1f} x")
    return missed


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ("S", "M"))))
