"""The verbs of the yearly assessment."""

from assessments.transitions.marking import mark
from assessments.transitions.publication import digest_now, propose_publication, publish, scored_by
from assessments.transitions.rating import rate
from assessments.transitions.scheme import amend, close, complete_or_refuse, draw_up, open_
from assessments.transitions.sheet import STANDARD, pending_on
from assessments.transitions.supplement import adopt, adoptable_or_refuse, amend_supplement, draw_up_supplement

__all__ = [
    "STANDARD",
    "adopt",
    "adoptable_or_refuse",
    "amend",
    "amend_supplement",
    "close",
    "complete_or_refuse",
    "digest_now",
    "draw_up",
    "draw_up_supplement",
    "mark",
    "open_",
    "pending_on",
    "propose_publication",
    "publish",
    "rate",
    "scored_by",
]
