"""The adjectives of lists, items and claims, a file a noun: which are open, whose they are, who may do what."""

from listings.querysets.claim import ClaimQuerySet
from listings.querysets.deadline import AT_WORK, HIGHEST, ExtensionQuerySet, PauseQuerySet
from listings.querysets.dispute import DisputeQuerySet
from listings.querysets.forwarding import ForwardingQuerySet
from listings.querysets.idea import IdeaCallQuerySet, IdeaQuerySet
from listings.querysets.item import ItemQuerySet
from listings.querysets.listing import ListingQuerySet
from listings.querysets.loop import ENDED_ITEMS, FORWARDABLE
from listings.querysets.match import MatchQuerySet
from listings.querysets.project import (
    CandidateQuerySet,
    MilestoneQuerySet,
    PaymentQuerySet,
    ProjectQuerySet,
    VisitQuerySet,
)
from listings.querysets.scope import (
    ACTIVE_CLAIMS,
    CLAIMABLE,
    CONFIRMED,
    HOLDING_CLAIMS,
    IN_LINE_CLAIMS,
    UNFINISHED,
    OfAllianceQuerySet,
)
from listings.querysets.service import ServiceQuerySet
from listings.querysets.whistle import CallQuerySet, WhistleQuerySet

__all__ = [
    "ACTIVE_CLAIMS",
    "AT_WORK",
    "CLAIMABLE",
    "CONFIRMED",
    "ENDED_ITEMS",
    "FORWARDABLE",
    "HIGHEST",
    "HOLDING_CLAIMS",
    "IN_LINE_CLAIMS",
    "UNFINISHED",
    "CallQuerySet",
    "CandidateQuerySet",
    "ClaimQuerySet",
    "DisputeQuerySet",
    "ExtensionQuerySet",
    "ForwardingQuerySet",
    "IdeaCallQuerySet",
    "IdeaQuerySet",
    "ItemQuerySet",
    "ListingQuerySet",
    "MatchQuerySet",
    "MilestoneQuerySet",
    "OfAllianceQuerySet",
    "PauseQuerySet",
    "PaymentQuerySet",
    "ProjectQuerySet",
    "ServiceQuerySet",
    "VisitQuerySet",
    "WhistleQuerySet",
]
