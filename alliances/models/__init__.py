from alliances.models.activity import Activity, Attendance, ServiceRecord, Session
from alliances.models.alliance import Alliance, Chain
from alliances.models.decision import Decision, Voice
from alliances.models.meeting import Meeting, MeetingAttendance, Topic
from alliances.models.membership import Membership
from alliances.models.post import MemberSkill, PostHolding, ServicePost, Skill, Team, TeamMember
from alliances.models.registration import OrganLink, Registration
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
    "Decision",
    "DemonstrationSite",
    "Fact",
    "Meeting",
    "MeetingAttendance",
    "MemberSkill",
    "Membership",
    "OrganLink",
    "Post",
    "PostHolding",
    "Rectification",
    "Registration",
    "Reward",
    "RuleSet",
    "ServicePost",
    "ServiceRecord",
    "Session",
    "Skill",
    "Team",
    "TeamMember",
    "Topic",
    "Voice",
]
