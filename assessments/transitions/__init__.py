"""The verbs of the yearly assessment."""

from assessments.transitions.appeal import appeal, dismiss, forward, uphold, withdraw
from assessments.transitions.marking import mark
from assessments.transitions.publication import digest_now, propose_publication, publish, scored_by
from assessments.transitions.rating import rate
from assessments.transitions.reminder import remind
from assessments.transitions.scheme import amend, close, complete_or_refuse, draw_up, open_
from assessments.transitions.self_report import return_, submit, write
from assessments.transitions.sheet import STANDARD, pending_on
from assessments.transitions.slip import issue, vote
from assessments.transitions.supplement import adopt, adoptable_or_refuse, amend_supplement, draw_up_supplement

__all__ = [
    "STANDARD",
    "adopt",
    "adoptable_or_refuse",
    "amend",
    "amend_supplement",
    "appeal",
    "close",
    "complete_or_refuse",
    "digest_now",
    "dismiss",
    "draw_up",
    "draw_up_supplement",
    "forward",
    "issue",
    "mark",
    "open_",
    "pending_on",
    "propose_publication",
    "publish",
    "rate",
    "remind",
    "return_",
    "scored_by",
    "submit",
    "uphold",
    "vote",
    "withdraw",
    "write",
]
