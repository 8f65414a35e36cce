"""What the deeds of the alliances' storey are called on pages, and the buttons; a module a topic, gathered here."""

from alliances.words.activity import ACTIVITIES_BUTTONS, ACTIVITY_BUTTONS, PLANNING_BUTTONS
from alliances.words.alliance import ALLIANCE_BUTTONS, STANDING_BUTTONS
from alliances.words.events import what_of
from alliances.words.leadership import LEADERSHIP_BUTTONS, POST_BUTTONS
from alliances.words.means import (
    CONSORTIUM_BUTTONS,
    DISTRIBUTION_BUTTONS,
    DIVIDED_BUTTONS,
    FUND_BUTTONS,
    RESERVE_BUTTONS,
    STAFF_BUTTONS,
    VENUE_BUTTONS,
    VENUE_OWN_BUTTONS,
)
from alliances.words.meeting import DECISION_BUTTONS, MEETING_BUTTONS, MEETINGS_BUTTONS
from alliances.words.papers import (
    AGREEMENT_BUTTONS,
    CHARTER_BUTTONS,
    CHARTER_TAB_BUTTONS,
    ROTATION_BUTTONS,
    ROTATION_TAB_BUTTONS,
)
from alliances.words.points import BELT_BUTTONS
from alliances.words.registration import LINK_BUTTONS, SERVICE_POST_BUTTONS, TEAM_BUTTONS

__all__ = [
    "ACTIVITIES_BUTTONS",
    "ACTIVITY_BUTTONS",
    "AGREEMENT_BUTTONS",
    "ALLIANCE_BUTTONS",
    "BELT_BUTTONS",
    "CHARTER_BUTTONS",
    "CHARTER_TAB_BUTTONS",
    "CONSORTIUM_BUTTONS",
    "DECISION_BUTTONS",
    "DISTRIBUTION_BUTTONS",
    "DIVIDED_BUTTONS",
    "FUND_BUTTONS",
    "LEADERSHIP_BUTTONS",
    "LINK_BUTTONS",
    "MEETINGS_BUTTONS",
    "MEETING_BUTTONS",
    "PLANNING_BUTTONS",
    "POST_BUTTONS",
    "RESERVE_BUTTONS",
    "ROTATION_BUTTONS",
    "ROTATION_TAB_BUTTONS",
    "SERVICE_POST_BUTTONS",
    "STAFF_BUTTONS",
    "STANDING_BUTTONS",
    "TEAM_BUTTONS",
    "VENUE_BUTTONS",
    "VENUE_OWN_BUTTONS",
    "what_of",
]
