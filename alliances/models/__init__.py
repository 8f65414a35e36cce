from alliances.models.activity import Activity, Attendance, ServiceRecord, Session
from alliances.models.alliance import Alliance, Chain
from alliances.models.decision import Decision, Voice
from alliances.models.distribution import Distribution, DistributionLine, DistributionScheme, SchemeShare
from alliances.models.ledger import FundEntry, ReserveEntry
from alliances.models.meeting import Meeting, MeetingAttendance, Topic
from alliances.models.membership import Membership
from alliances.models.post import MemberSkill, PostHolding, ServicePost, Skill, Team, TeamMember
from alliances.models.registration import OrganLink, Registration
from alliances.models.rules import RuleSet
from alliances.models.staff import Partner, Staff
from alliances.models.standing import Belt, BeltStop, DemonstrationSite, Rectification, Reward
from alliances.models.story import Arrangement, Fact, Post
from alliances.models.venue import Booking, Venue

__all__ = [
    "Activity",
    "Alliance",
    "Arrangement",
    "Attendance",
    "Belt",
    "BeltStop",
    "Booking",
    "Chain",
    "Decision",
    "DemonstrationSite",
    "Distribution",
    "DistributionLine",
    "DistributionScheme",
    "Fact",
    "FundEntry",
    "Meeting",
    "MeetingAttendance",
    "MemberSkill",
    "Membership",
    "OrganLink",
    "Partner",
    "Post",
    "PostHolding",
    "Rectification",
    "Registration",
    "ReserveEntry",
    "Reward",
    "RuleSet",
    "SchemeShare",
    "ServicePost",
    "ServiceRecord",
    "Session",
    "Skill",
    "Staff",
    "Team",
    "TeamMember",
    "Topic",
    "Venue",
    "Voice",
]
