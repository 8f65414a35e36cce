"""What changed between two texts: paragraph by paragraph, and within a changed paragraph sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import takewhile, zip_longest
from typing import NamedTuple

LONGEST = 1000
"""Parts of both texts together that are compared one by one; of longer ones only the middle counts as changed."""
_SENTENCE = re.compile(r"[^。；！？;!?]*[。；！？;!?]?")


class Piece(NamedTuple):
    """Some words: ``same`` in both texts, ``del`` only in the old one, ``ins`` only in the new one."""

    how: str
    text: str


Paragraph = list[Piece]


def differences(old: str, new: str) -> list[Paragraph]:
    """The new text's paragraphs in order, with what was taken out where it stood. Space at line ends is no change."""
    before, after = _lines(old), _lines(new)
    found: list[Paragraph] = []
    for how, i, j, k, m in _steps(before, after):
        if how == "equal":
            found += [[Piece("same", line)] for line in before[i:j]]
        else:
            found += [_within(a, b) for a, b in zip_longest(before[i:j], after[k:m], fillvalue="")]
    return found


def changed(paragraphs: list[Paragraph]) -> bool:
    """Whether there is any difference at all."""
    return any(piece.how != "same" for paragraph in paragraphs for piece in paragraph)


def _steps(before: list[str], after: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if len(before) + len(after) <= LONGEST:
        return SequenceMatcher(None, before, after).get_opcodes()
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    i, j = len(before) - tail, len(after) - tail
    middle = [("replace", head, i, head, j)] if head < i or head < j else []
    return [("equal", 0, head, 0, head), *middle, ("equal", i, len(before), j, len(after))]


def _alike(before: list[str], after: list[str]) -> int:
    """How many parts the beginnings have in common."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def _within(old: str, new: str) -> Paragraph:
    before, after = _SENTENCE.findall(old)[:-1], _SENTENCE.findall(new)[:-1]
    pieces: Paragraph = []
    for how, i, j, k, m in _steps(before, after):
        if how == "equal":
            pieces.append(Piece("same", "".join(before[i:j])))
            continue
        pieces += [Piece("del", "".join(before[i:j]))] if i < j else []
        pieces += [Piece("ins", "".join(after[k:m]))] if k < m else []
    return pieces
