"""The adjectives of alliances, a file a noun: which run, which one may see, which one may change."""

from alliances.querysets.activity import ActivityQuerySet, SessionQuerySet
from alliances.querysets.admission import AdmissionVoteQuerySet
from alliances.querysets.alliance import CROSSINGS, ENDED, RUNNING, AllianceQuerySet
from alliances.querysets.holiday import HolidayQuerySet
from alliances.querysets.means import (
    BookingQuerySet,
    DistributionQuerySet,
    DistributionSchemeQuerySet,
    LedgerQuerySet,
    PartnerQuerySet,
    StaffQuerySet,
    VenueQuerySet,
)
from alliances.querysets.meeting import DecisionQuerySet, MeetingQuerySet, TopicQuerySet
from alliances.querysets.membership import MembershipQuerySet
from alliances.querysets.rules import ChecklistMarkQuerySet, ChecklistRowQuerySet, RuleSetQuerySet
from alliances.querysets.scope import DatedQuerySet, OfAllianceQuerySet, WorkQuerySet
from alliances.querysets.template import FeedQuerySet, TemplateQuerySet

__all__ = [
    "CROSSINGS",
    "ENDED",
    "RUNNING",
    "ActivityQuerySet",
    "AdmissionVoteQuerySet",
    "AllianceQuerySet",
    "BookingQuerySet",
    "ChecklistMarkQuerySet",
    "ChecklistRowQuerySet",
    "DatedQuerySet",
    "DecisionQuerySet",
    "DistributionQuerySet",
    "DistributionSchemeQuerySet",
    "FeedQuerySet",
    "HolidayQuerySet",
    "LedgerQuerySet",
    "MeetingQuerySet",
    "MembershipQuerySet",
    "OfAllianceQuerySet",
    "PartnerQuerySet",
    "RuleSetQuerySet",
    "SessionQuerySet",
    "StaffQuerySet",
    "TemplateQuerySet",
    "TopicQuerySet",
    "VenueQuerySet",
    "WorkQuerySet",
]
