"""The verbs of lists, items and claims: nothing else moves their states."""

from listings.transitions.claim import claim, finish, release, report
from listings.transitions.confirmation import close_confirmed, confirm, send_back
from listings.transitions.deadline import ask_extension, grant, pause, refuse_extension, resume
from listings.transitions.decision import enact
from listings.transitions.ending import close_down, fold_into, propose_merge
from listings.transitions.escalation import escalate
from listings.transitions.item import amend, collect, link, open_, refuse, resubmit, return_, study
from listings.transitions.joining import ask_too, join
from listings.transitions.leaving import leave
from listings.transitions.line import accept, decline, lapse_offers, leave_lines
from listings.transitions.listing import complete_silent_signatures, draw_up, revise, sign
from listings.transitions.periods import arrange, carry, draw_up_set

__all__ = [
    "accept",
    "amend",
    "arrange",
    "ask_extension",
    "ask_too",
    "carry",
    "claim",
    "close_confirmed",
    "close_down",
    "collect",
    "complete_silent_signatures",
    "confirm",
    "decline",
    "draw_up",
    "draw_up_set",
    "enact",
    "escalate",
    "finish",
    "fold_into",
    "grant",
    "join",
    "lapse_offers",
    "leave",
    "leave_lines",
    "link",
    "open_",
    "pause",
    "propose_merge",
    "refuse",
    "refuse_extension",
    "release",
    "report",
    "resubmit",
    "resume",
    "return_",
    "revise",
    "send_back",
    "sign",
    "study",
]
