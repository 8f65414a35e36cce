"""What a search for alliances means: the same thing under another name, by its members, its place or its sound."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Substr

from alliances.synonyms import called_an_alliance, without_kind
from members.bigrams import holding
from members.scope import ScopedQuerySet

WORDS = 5
"""So many words of a search are read."""


class SearchedQuerySet(ScopedQuerySet):
    """Alliances that can be looked for."""

    def matching(self, text: str) -> Self:
        """What a person means who types the text: every word of it is found in the alliance.

        A word is part of the name, with any word for the kind of alliance (``synonyms``); part of a current member's
        name; part of the name of the place that it serves or of one around it; the beginning of its pinyin or of the
        initials; or its whole number.
        """
        found = self
        for word in text.split()[:WORDS]:
            found = found.filter(self._called(word))
        return found if text.strip() else self.none()

    def _called(self, word: str) -> Q:
        rest = without_kind(word)
        named = Q(pk__in=self._named(word))
        if rest is not None:
            named |= called_an_alliance() & (Q(pk__in=self._named(rest)) if rest else Q())
        elsewhere = self._joined_or_placed(word if rest is None else rest)
        if rest is not None and rest:
            elsewhere &= called_an_alliance()
        sound = Q(pinyin__startswith=word.lower()) | Q(pinyin__contains=f" {word.lower()}")
        return named | elsewhere | (sound if word.isascii() else Q(pk__in=())) | Q(code=word.upper())

    def _named(self, text: str) -> models.QuerySet:
        return holding(self.model._default_manager.all(), "name", text).values("pk")

    def _joined_or_placed(self, text: str) -> Q:
        """By a member's or a place's name; a single character says too little."""
        if len(text) < 2:
            return Q(pk__in=())
        memberships: Any = self.model._meta.get_field("memberships").related_model
        organizations: Any = memberships._meta.get_field("organization").related_model
        known = holding(organizations._default_manager.all(), "name", text).values("pk")
        joined = memberships._default_manager.filter(state="accepted", organization__in=known).values("alliance_id")
        regions: Any = self.model._meta.get_field("region").related_model
        around = [Substr(OuterRef("region_id"), 1, digits) for digits in (6, 9, 12)]
        placed = regions._default_manager.filter(code__in=around, name__contains=text)
        return Q(pk__in=joined) | Q(Exists(placed))
