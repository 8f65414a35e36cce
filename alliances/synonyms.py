"""The same thing under another name: what the reports call an alliance, so that whoever asks for one finds them all."""

from __future__ import annotations

from django.db.models import Q

KINDS = (
    "基层治理共同体", "党建联合体", "党建融合体", "党建共同体", "党建综合体", "治理共同体", "党建联建", "党建联盟",
    "联合党总支", "联合党支部", "联合党委", "联合工委", "大党委", "大工委", "联合体", "融合体", "共同体", "综合体",
    "联盟",
)  # fmt: skip
"""Longest first, so that a longer word is not taken for the shorter one within it."""

ENDINGS = ("联合体", "融合体", "共同体", "综合体", "联盟", "联建", "党委", "工委", "党总支", "党支部")
"""What every word of ``KINDS`` ends with."""


def without_kind(text: str) -> str | None:
    """What is left of a text when the word for the kind of alliance is taken out; None where it names no kind."""
    word = next((word for word in KINDS if word in text), None)
    return None if word is None else text.replace(word, "", 1).strip()


def called_an_alliance(path: str = "name") -> Q:
    """Whose name holds any of the words."""
    called = Q()
    for ending in ENDINGS:
        called |= Q(**{f"{path}__contains": ending})
    return called
