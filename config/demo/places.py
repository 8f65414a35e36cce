"""The real places of the demo: 赤峰 and 南阳 whole, and the few others that the reports name."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

DATA = Path(__file__).parent / "data"
CHIFENG, NANYANG = "1504", "4113"

_COMMUNITY = ("社区居民委员会", "社区居委会", "社区居民委会", "社区委员会", "社区筹备处", "居民委员会", "居委会")
_VILLAGE = ("村民委员会会", "村民员委会", "村员委员会", "村民委员会", "村村委会", "村委会")
_GACHA = ("嘎查委员会", "嘎查村委会", "嘎查委会", "嘎查")


def short(name: str) -> str:
    """What people call a place: 东石桥社区居委会 -> 东石桥社区, 十家村民委员会 -> 十家村."""
    for endings, word in ((_GACHA, "嘎查"), (_COMMUNITY, "社区"), (_VILLAGE, "村")):
        for ending in endings:
            if name.endswith(ending):
                return name.removesuffix(ending).removesuffix(word) + word
    return name


class Places:
    """Division code -> name, in code order, and who lies beneath whom."""

    def __init__(self) -> None:
        with (DATA / "regions_chifeng_nanyang.csv").open(encoding="utf-8") as file:
            rows = csv.reader(file)
            next(rows)
            self.names = {code: name for code, name in sorted(rows)}  # noqa: C416

    @cached_property
    def beneath(self) -> dict[str, list[str]]:
        """Code -> the codes of the next level."""
        found: dict[str, list[str]] = {code: [] for code in self.names}
        for code in self.names:
            above = upper(code)
            if above in found:
                found[above].append(code)
        return found

    def label(self, code: str) -> str:
        """The short name of a place."""
        return short(self.names[code])

    def counties(self, city: str) -> list[str]:
        return self.beneath[city]

    def towns(self, code: str) -> list[str]:
        """The towns and streets of a city or county."""
        return [c for c in self.names if len(c) == 9 and c.startswith(code)]

    def communities(self, code: str) -> list[str]:
        """The communities and villages beneath; without the registers' imaginary living areas (虚拟生活区)."""
        return [c for c in self.names if len(c) == 12 and c.startswith(code) and "虚拟" not in self.names[c]]

    def upwards(self, code: str) -> Iterator[str]:
        """The codes above that are places here, nearest first."""
        above = upper(code)
        while above:
            if above in self.names:
                yield above
            above = upper(above)


def upper(code: str) -> str:
    """The code of the level above; empty above a province."""
    return {12: code[:9], 9: code[:6], 6: code[:4], 4: code[:2]}.get(len(code), "")
