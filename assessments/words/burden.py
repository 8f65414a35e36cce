"""The kinds of deed in a burden ledger, in words: what it was about, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alliances.words import meeting, papers, rectification
from alliances.words.events import VERB_WORDS as OF_ALLIANCES
from assessments.words import VERB_WORDS as OF_ASSESSMENTS
from listings.words.item import VERB_WORDS as OF_LISTINGS
from members.models import Step
from members.words import deed

WORDS: Mapping[str, Mapping[str, Any]] = {
    "alliances.rectification": rectification.VERBS,
    "alliances.rectificationappeal": rectification.VERBS,
    "alliances": {**papers.VERBS, **meeting.VERBS, **OF_ALLIANCES},
    "listings": OF_LISTINGS,
    "assessments": OF_ASSESSMENTS,
}


def in_words(step: Step) -> str:
    """会议 · 召开会议: the noun, then the deed's own word, else that of the state to which it led."""
    model = step.thing_type.model_class()
    noun = model._meta.verbose_name if model else ""
    kind = step.thing_type
    words = WORDS.get(f"{kind.app_label}.{kind.model}") or WORDS.get(kind.app_label, {})
    word = words.get(step.verb) or deed(step)
    return f"{noun} · {word}"
