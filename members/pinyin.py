"""How a name sounds: what the search by pinyin reads. The column stays editable: 单 and 曾 are guessed wrong."""

from __future__ import annotations

LONGEST = 240
KEPT = "\0"
"""Marks what has no sound, so that a name is sounded out once for both."""


def pinyin_of(name: str) -> str:
    """Full pinyin and initials: 东石桥 -> ``dongshiqiao dsq``; what is no Chinese stays as it is, in lower case."""
    from pypinyin import lazy_pinyin

    sounds = lazy_pinyin(name, errors=lambda kept: f"{KEPT}{kept}")
    initials = "".join(sound[1:] if sound.startswith(KEPT) else sound[:1] for sound in sounds)
    return f"{''.join(sounds).replace(KEPT, '')} {initials}".lower()[:LONGEST]
