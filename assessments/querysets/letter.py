"""The adjectives of letters."""

from __future__ import annotations

from typing import Any, Self

from assessments.querysets.standing import OfOneAlliance


class LetterQuerySet(OfOneAlliance):
    def visible_to(self, user: Any) -> Self:
        """To staff above the alliance, and to its lead and current members: it is written to them."""
        return self.told_to(user)
