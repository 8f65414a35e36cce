"""Which keys read lists, items and claims."""

from __future__ import annotations

READS_ITEMS = ("lists:read", "items:write", "items:confirm", "claims:write")
