"""The kinds of deed in a burden ledger, in words: what it was about, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alliances.words import meeting, papers
from alliances.words.events import VERB_WORDS as OF_ALLIANCES
from assessments.words import VERB_WORDS as OF_ASSESSMENTS
from listings.words.item import VERB_WORDS as OF_LISTINGS
from members.models import Step
from members.words import deed

WORDS: Mapping[str, Mapping[str, Any]] = {
    "alliances": {**papers.VERBS, **meeting.VERBS, **OF_ALLIANCES},
    "listings": OF_LISTINGS,
    "assessments": OF_ASSESSMENTS,
}


def in_words(step: Step) -> str:
    """会议 · 召开会议: the noun, then the deed's own word, else that of the state to which it led."""
    model = step.thing_type.model_class()
    noun = model._meta.verbose_name if model else ""
    word = WORDS.get(step.thing_type.app_label, {}).get(step.verb) or deed(step)
    return f"{noun} · {word}"
