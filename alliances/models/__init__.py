from alliances.models.activity import Activity, Attendance, ServiceRecord, Session
from alliances.models.alliance import Alliance, Chain
from alliances.models.membership import Membership
from alliances.models.rules import RuleSet
from alliances.models.standing import Belt, BeltStop, DemonstrationSite, Rectification, Reward
from alliances.models.story import Arrangement, Fact, Post

__all__ = [
    "Activity",
    "Alliance",
    "Arrangement",
    "Attendance",
    "Belt",
    "BeltStop",
    "Chain",
    "DemonstrationSite",
    "Fact",
    "Membership",
    "Post",
    "Rectification",
    "Reward",
    "RuleSet",
    "ServiceRecord",
    "Session",
]
