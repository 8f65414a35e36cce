"""System checks of the yearly assessment: no count of effort becomes an indicator."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error

from assessments.outcomes import OUTCOMES, banned
from assessments.statistics import METRICS


def check_outcomes(app_configs: Any = None, keys: Iterable[str] = OUTCOMES, **_rest: Any) -> list[CheckMessage]:
    """E001: an indicator key is no outcome of the white list's kind."""
    return [
        Error(
            f"“{key}” cannot be an indicator: it is no figure of ours, or counts effort instead of an outcome.",
            hint="Indicators use outcomes that whoever asked has confirmed (assessments/outcomes.py).",
            id="assessments.E001",
        )
        for key in banned(keys, METRICS)
    ]
