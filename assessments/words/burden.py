"""The kinds of deed in a burden ledger, in words: what it was about, and what was done."""

from __future__ import annotations

from members.models import Step
from members.words import deed


def in_words(step: Step) -> str:
    """会议 · 召开会议: the noun, then the deed's own word."""
    model = step.thing_type.model_class()
    return f"{model._meta.verbose_name if model else ''} · {deed(step)}"
