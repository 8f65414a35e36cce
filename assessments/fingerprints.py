"""The fingerprint of data: the same content gives the same SHA-256, whatever the order of keys or of the work."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any


def fingerprint(*parts: Any) -> str:
    """Of the parts in their order."""
    return fingerprint_of(parts)


def fingerprint_of(parts: Iterable[Any]) -> str:
    """Of a stream that need not fit into memory."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
        digest.update(b"\n")
    return digest.hexdigest()
