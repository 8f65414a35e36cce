"""The verbs of alliances: founding and ending, joining and leaving, doing things together, being put in order."""

from alliances.transitions.activity import cancel, confirm_session, hold, plan, record_session, serve
from alliances.transitions.alliance import (
    activate,
    approve,
    dissolve,
    edit,
    found,
    hand_over,
    return_,
    submit,
    withdraw,
)
from alliances.transitions.membership import accept, decline, invite, invite_by_code, leave
from alliances.transitions.rules import refuse_head
from alliances.transitions.standing import rectify, reinstate, reward

__all__ = [
    "accept",
    "activate",
    "approve",
    "cancel",
    "confirm_session",
    "decline",
    "dissolve",
    "edit",
    "found",
    "hand_over",
    "hold",
    "invite",
    "invite_by_code",
    "leave",
    "plan",
    "record_session",
    "rectify",
    "refuse_head",
    "reinstate",
    "return_",
    "reward",
    "serve",
    "submit",
    "withdraw",
]
