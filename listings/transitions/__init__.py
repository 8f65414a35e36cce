"""The verbs of lists, items and claims: nothing else moves their states."""

from listings.transitions.claim import claim, finish, force_release, release, report
from listings.transitions.confirmation import close_confirmed, confirm, confirm_for, correct, send_back
from listings.transitions.deadline import ask_extension, grant, pause, refuse_extension, resume
from listings.transitions.decision import enact
from listings.transitions.dispute import dispute, withdraw_dispute
from listings.transitions.ending import close_down, fold_into, propose_merge
from listings.transitions.escalation import escalate
from listings.transitions.forwarding import call_back, forward, pass_back, take_over
from listings.transitions.help import name_helpers
from listings.transitions.item import amend, collect, link, open_, refuse, resubmit, return_, study
from listings.transitions.joining import ask_too, join
from listings.transitions.leaving import leave
from listings.transitions.line import accept, decline, lapse_offers, leave_lines
from listings.transitions.listing import complete_silent_signatures, draw_up, revise, sign
from listings.transitions.matching import accept_match, decline_match, match, withdraw_match
from listings.transitions.periods import arrange, carry, draw_up_set
from listings.transitions.reopening import attach, detach, reopen
from listings.transitions.ruling import rule_back, rule_done, rule_out

__all__ = [
    "accept",
    "accept_match",
    "amend",
    "arrange",
    "ask_extension",
    "ask_too",
    "attach",
    "call_back",
    "carry",
    "claim",
    "close_confirmed",
    "close_down",
    "collect",
    "complete_silent_signatures",
    "confirm",
    "confirm_for",
    "correct",
    "decline",
    "decline_match",
    "detach",
    "dispute",
    "draw_up",
    "draw_up_set",
    "enact",
    "escalate",
    "finish",
    "fold_into",
    "force_release",
    "forward",
    "grant",
    "join",
    "lapse_offers",
    "leave",
    "leave_lines",
    "link",
    "match",
    "name_helpers",
    "open_",
    "pass_back",
    "pause",
    "propose_merge",
    "refuse",
    "refuse_extension",
    "release",
    "reopen",
    "report",
    "resubmit",
    "resume",
    "return_",
    "revise",
    "rule_back",
    "rule_done",
    "rule_out",
    "send_back",
    "sign",
    "study",
    "take_over",
    "withdraw_dispute",
    "withdraw_match",
]
