"""What may be asked of the alliances' storey; a module a topic, gathered here."""

from alliances.filters.activity import ActivityFilter, last_day, month_of
from alliances.filters.alliance import AllianceFilter
from alliances.filters.leadership import InstructorFilter, ParticipantFilter, PostFilter, SocialFilter
from alliances.filters.means import (
    BookingFilter,
    DistributionFilter,
    FundFilter,
    PartnerFilter,
    ReserveFilter,
    SchemeFilter,
    StaffFilter,
    VenueFilter,
)
from alliances.filters.meeting import DecisionFilter, MeetingFilter
from alliances.filters.papers import AgreementFilter, CharterFilter, HostTurnFilter, RotationFilter, SwapFilter
from alliances.filters.registration import OrganLinkFilter, RegistrationFilter, ServicePostFilter

__all__ = [
    "ActivityFilter",
    "AgreementFilter",
    "AllianceFilter",
    "BookingFilter",
    "CharterFilter",
    "DecisionFilter",
    "DistributionFilter",
    "FundFilter",
    "HostTurnFilter",
    "InstructorFilter",
    "MeetingFilter",
    "OrganLinkFilter",
    "ParticipantFilter",
    "PartnerFilter",
    "PostFilter",
    "RegistrationFilter",
    "ReserveFilter",
    "RotationFilter",
    "SchemeFilter",
    "ServicePostFilter",
    "SocialFilter",
    "StaffFilter",
    "SwapFilter",
    "VenueFilter",
    "last_day",
    "month_of",
]
