from alliances.models.activity import Activity, Attendance, ServiceRecord, Session
from alliances.models.admission import AdmissionVote
from alliances.models.agreement import Agreement, Party
from alliances.models.alliance import Alliance, Chain
from alliances.models.charter import Assent, Charter
from alliances.models.checklist import ChecklistMark, ChecklistRow
from alliances.models.decision import Decision, Voice
from alliances.models.distribution import Distribution, DistributionLine, DistributionScheme, SchemeShare
from alliances.models.feed import CalendarFeed
from alliances.models.holiday import Holiday
from alliances.models.instructor import Instructor
from alliances.models.leadership import Consent, Post
from alliances.models.ledger import FundEntry, ReserveEntry
from alliances.models.meeting import Meeting, MeetingAttendance, Topic
from alliances.models.membership import Membership
from alliances.models.participant import Participant
from alliances.models.post import MemberSkill, PostHolding, ServicePost, Skill, Team, TeamMember
from alliances.models.rectification import Rectification, RectificationAppeal, RectificationPart
from alliances.models.registration import OrganLink, Registration
from alliances.models.rotation import HostTurn, Rotation, Swap
from alliances.models.rules import RuleSet
from alliances.models.staff import Partner, Staff
from alliances.models.standing import Belt, BeltStop, DemonstrationSite, Reward
from alliances.models.story import Arrangement, Fact
from alliances.models.template import ActivityTemplate
from alliances.models.venue import Booking, Venue

__all__ = [
    "Activity",
    "ActivityTemplate",
    "AdmissionVote",
    "Agreement",
    "Alliance",
    "Arrangement",
    "Assent",
    "Attendance",
    "Belt",
    "BeltStop",
    "Booking",
    "CalendarFeed",
    "Chain",
    "Charter",
    "ChecklistMark",
    "ChecklistRow",
    "Consent",
    "Decision",
    "DemonstrationSite",
    "Distribution",
    "DistributionLine",
    "DistributionScheme",
    "Fact",
    "FundEntry",
    "Holiday",
    "HostTurn",
    "Instructor",
    "Meeting",
    "MeetingAttendance",
    "MemberSkill",
    "Membership",
    "OrganLink",
    "Participant",
    "Partner",
    "Party",
    "Post",
    "PostHolding",
    "Rectification",
    "RectificationAppeal",
    "RectificationPart",
    "Registration",
    "ReserveEntry",
    "Reward",
    "Rotation",
    "RuleSet",
    "SchemeShare",
    "ServicePost",
    "ServiceRecord",
    "Session",
    "Skill",
    "Staff",
    "Swap",
    "Team",
    "TeamMember",
    "Topic",
    "Venue",
    "Voice",
]
