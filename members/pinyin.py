"""How a name sounds: what the search by pinyin reads. The column stays editable: 单 and 曾 are guessed wrong."""

from __future__ import annotations

LONGEST = 240


def pinyin_of(name: str) -> str:
    """Full pinyin and initials: 东石桥 -> ``dongshiqiao dsq``; what is no Chinese stays as it is, in lower case."""
    from pypinyin import Style, lazy_pinyin

    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return f"{''.join(lazy_pinyin(name))} {initials}".lower()[:LONGEST]
