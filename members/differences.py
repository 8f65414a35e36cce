"""What changed between two texts: by paragraphs, within a changed one by sentences, then by words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile, zip_longest
from typing import NamedTuple

LONGEST = 1000
"""Parts of both texts together that are compared one by one; of longer ones only the middle counts as changed."""
PAIRED = 400
"""So many pairs of changed parts are weighed against each other; of more, the first goes with the first."""
WEIGHED = 300
"""So many characters of a part are looked at for that."""
ALIKE = 0.5
"""From this likeness on two parts are one part that was changed."""
_SENTENCE = re.compile(r"[^。；！？;!?]*[。；！？;!?]?")


class Piece(NamedTuple):
    """Some words: ``same`` in both texts, ``del`` only in the old one, ``ins`` only in the new one."""

    how: str
    text: str


Paragraph = list[Piece]
Pair = tuple[str, str]
"""A part as it was and as it is; empty where there is no such part."""


def differences(old: str, new: str) -> list[Paragraph]:
    """The new text's paragraphs in order, with what was taken out where it stood. Space at line ends is no change."""
    return [_within(*pair) for pair in _pairs(_lines(old), _lines(new))]


def changed(paragraphs: list[Paragraph]) -> bool:
    """Whether there is any difference at all."""
    return any(piece.how != "same" for paragraph in paragraphs for piece in paragraph)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def _within(old: str, new: str) -> Paragraph:
    """One paragraph: sentences that are alike are compared by words, others are taken out or put in whole."""
    pieces: Paragraph = []
    for before, after in _pairs(_SENTENCE.findall(old)[:-1], _SENTENCE.findall(new)[:-1]):
        pieces += _words(before, after)
    return _joined(pieces)


def _words(old: str, new: str) -> Paragraph:
    if old == new:
        return [Piece("same", new)]
    if not (old and new) or max(len(old), len(new)) > WEIGHED:
        return [Piece("del", old), Piece("ins", new)]
    pieces: Paragraph = []
    for how, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if how == "equal" and (j - i > 1 or old[i:j] in "。；，、！？"):
            pieces.append(Piece("same", old[i:j]))
        else:
            pieces += [Piece("del", old[i:j]), Piece("ins", new[k:m])]
    return pieces


def _joined(pieces: Paragraph) -> Paragraph:
    """Neighbours of a kind as one piece, between two that stayed first what went, then what came."""
    found: Paragraph = []
    gone, come = "", ""
    for how, text in [*pieces, Piece("same", "")]:
        if how == "same":
            found += [Piece("del", gone)] if gone else []
            found += [Piece("ins", come)] if come else []
            gone = come = ""
            before = found.pop().text if found and found[-1].how == "same" else ""
            found += [Piece("same", before + text)] if before + text else []
        elif how == "del":
            gone += text
        else:
            come += text
    return found


def _pairs(before: list[str], after: list[str]) -> Iterator[Pair]:
    """The parts of both, in order: those that stayed with themselves, changed ones with the likest, others alone."""
    for how, i, j, k, m in _steps(before, after):
        if how == "equal":
            yield from zip(before[i:j], after[k:m], strict=True)
        elif (j - i) * (m - k) > PAIRED:
            yield from zip_longest(before[i:j], after[k:m], fillvalue="")
        else:
            yield from _weighed(before[i:j], after[k:m])


def _weighed(before: list[str], after: list[str]) -> list[Pair]:
    """The pairing of highest likeness that keeps the order of both."""
    rows, columns = len(before), len(after)
    alike = [[_likeness(one, other) for other in after] for one in before]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs: list[Pair] = []
    i = j = 0
    while i < rows and j < columns:
        if alike[i][j] >= ALIKE and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs.append((before[i], after[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((before[i], ""))
            i += 1
        else:
            pairs.append(("", after[j]))
            j += 1
    return pairs + [(one, "") for one in before[i:]] + [("", other) for other in after[j:]]


def _likeness(old: str, new: str) -> float:
    likeness = SequenceMatcher(None, old[:WEIGHED], new[:WEIGHED])
    return likeness.ratio() if likeness.quick_ratio() >= ALIKE else 0.0


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
