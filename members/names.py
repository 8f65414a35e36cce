"""What a name looks like: the skeleton that two names share when a person cannot tell them apart.

Computed when it is asked for and stored nowhere, so that no writer of names can forget it.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

Key = TypeVar("Key")

TWINS = str.maketrans(
    # Cyrillic and Greek letters that look like Latin ones, in lower case; the round zero
    "аеорсухівјѕԁԛԝһкмтɡıοανρτυχκιβεηζγ〇",
    "aeopcyxibjsdqwhkmtgioavptuxkibehzy零",
)
BRACKETS = "()[]{}<>〈〉《》「」『』【】〔〕〖〗"


def skeleton(name: str) -> str:
    """The name without what the eye does not see or does not mind.

    One form for composed and decomposed, full and half width; no spaces, marks of direction, zero-width characters,
    punctuation or brackets; small letters; letters of other scripts as the Latin ones that they look like.
    """
    plain = unicodedata.normalize("NFKC", name).lower()
    kept = "".join(filter(str.isalnum, plain))  # letters and numbers of every script
    return unicodedata.normalize("NFC", kept).translate(TWINS)


def alike(names: Iterable[tuple[Key, str]]) -> list[list[Key]]:
    """The keys whose names share a skeleton, two or more together, in the order in which they came."""
    groups: dict[str, list[Key]] = defaultdict(list)
    for key, name in names:
        groups[skeleton(name)].append(key)
    return [keys for shape, keys in groups.items() if shape and len(keys) > 1]
