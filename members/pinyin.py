"""How a name sounds: what the search by pinyin reads. The column stays editable: 单 and 曾 are guessed wrong."""

from __future__ import annotations

import re
from functools import cache, lru_cache

LONGEST = 240
KEPT = "\0"
"""Marks what has no sound, so that a name is sounded out once for both."""

REMEMBERED = 2**14
"""Names of organisations are made of few words: so many of them are sounded out once."""


def pinyin_of(name: str) -> str:
    """Full pinyin and initials: 东石桥 -> ``dongshiqiao dsq``; what is no Chinese stays as it is, in lower case."""
    chinese = _chinese()
    sounds: list[str] = []
    for run in filter(None, chinese.split(name)):
        sounds += _sounds_of_run(run) if chinese.match(run) else [f"{KEPT}{run}"]
    initials = "".join(sound[1:] if sound.startswith(KEPT) else sound[:1] for sound in sounds)
    return f"{''.join(sounds).replace(KEPT, '')} {initials}".lower()[:LONGEST]


@cache
def _chinese() -> re.Pattern[str]:
    """What tells Chinese characters from others; the dictionaries are loaded when the first name comes."""
    from pypinyin.constants import RE_HANS

    return re.compile(f"({RE_HANS.pattern.strip('^$')})")


@lru_cache(REMEMBERED)
def _sounds_of_run(run: str) -> tuple[str, ...]:
    """A character sounds as the word wants in which it stands."""
    from pypinyin.seg import mmseg

    return tuple(sound for word in mmseg.seg.cut(run) for sound in _sounds(word))


@lru_cache(REMEMBERED)
def _sounds(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(word, errors=lambda kept: f"{KEPT}{kept}"))
