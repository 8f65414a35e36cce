"""The verbs of lists, items and claims: nothing else moves their states."""

from listings.transitions.claim import claim, finish, force_release, release, report
from listings.transitions.confirmation import close_confirmed, confirm, confirm_for, correct, send_back
from listings.transitions.deadline import ask_extension, grant, pause, refuse_extension, resume
from listings.transitions.decision import enact
from listings.transitions.dispute import dispute, withdraw_dispute
from listings.transitions.ending import close_down, fold_into, propose_merge, shared_by
from listings.transitions.escalation import escalate
from listings.transitions.forwarding import call_back, forward, pass_back, take_over
from listings.transitions.help import name_helpers, strike_helper
from listings.transitions.idea import (
    cancel_call,
    choose,
    close_call,
    decline_idea,
    open_call,
    propose_idea,
    publish_call,
    study_idea,
    withdraw_idea,
)
from listings.transitions.item import amend, collect, link, open_, refuse, resubmit, return_, study
from listings.transitions.joining import ask_too, join
from listings.transitions.leaving import leave
from listings.transitions.line import accept, decline, lapse_offers, leave_lines
from listings.transitions.listing import complete_silent_signatures, draw_up, revise, sign
from listings.transitions.matching import accept_match, decline_match, match, withdraw_match
from listings.transitions.periods import arrange, carry, draw_up_set
from listings.transitions.project import (
    accept_milestone,
    accept_project,
    appoint,
    bid,
    drop_milestone,
    follow_up,
    pay,
    report_milestone,
    return_milestone,
    set_milestone,
    stop_project,
    visit,
    withdraw_bid,
)
from listings.transitions.reopening import attach, detach, reopen
from listings.transitions.ruling import rule_back, rule_done, rule_out
from listings.transitions.service import begin, list_service, retire_service, reveal_counter, revise_service

__all__ = [
    "accept",
    "accept_match",
    "accept_milestone",
    "accept_project",
    "amend",
    "appoint",
    "arrange",
    "ask_extension",
    "ask_too",
    "attach",
    "begin",
    "bid",
    "call_back",
    "cancel_call",
    "carry",
    "choose",
    "claim",
    "close_call",
    "close_confirmed",
    "close_down",
    "collect",
    "complete_silent_signatures",
    "confirm",
    "confirm_for",
    "correct",
    "decline",
    "decline_idea",
    "decline_match",
    "detach",
    "dispute",
    "draw_up",
    "draw_up_set",
    "drop_milestone",
    "enact",
    "escalate",
    "finish",
    "fold_into",
    "follow_up",
    "force_release",
    "forward",
    "grant",
    "join",
    "lapse_offers",
    "leave",
    "leave_lines",
    "link",
    "list_service",
    "match",
    "name_helpers",
    "open_",
    "open_call",
    "pass_back",
    "pause",
    "pay",
    "propose_idea",
    "propose_merge",
    "publish_call",
    "refuse",
    "refuse_extension",
    "release",
    "reopen",
    "report",
    "report_milestone",
    "resubmit",
    "resume",
    "retire_service",
    "return_",
    "return_milestone",
    "reveal_counter",
    "revise",
    "revise_service",
    "rule_back",
    "rule_done",
    "rule_out",
    "send_back",
    "set_milestone",
    "shared_by",
    "sign",
    "stop_project",
    "strike_helper",
    "study",
    "study_idea",
    "take_over",
    "visit",
    "withdraw_bid",
    "withdraw_dispute",
    "withdraw_idea",
    "withdraw_match",
]
