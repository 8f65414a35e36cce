"""How the scores of a year come about."""

from assessments.scoring.points import CENT, WHOLE, points, rounded
from assessments.scoring.results import (
    alliance_score,
    alliance_scores,
    digest_of,
    grade_of,
    member_score,
    member_scores,
)
from assessments.scoring.working import (
    Line,
    Sheets,
    assessed_by,
    line_of,
    period_of,
    rated_in,
    rule_of,
    working,
    workings,
)

__all__ = [
    "CENT",
    "WHOLE",
    "Line",
    "Sheets",
    "alliance_score",
    "alliance_scores",
    "assessed_by",
    "digest_of",
    "grade_of",
    "line_of",
    "member_score",
    "member_scores",
    "period_of",
    "points",
    "rated_in",
    "rounded",
    "rule_of",
    "working",
    "workings",
]
