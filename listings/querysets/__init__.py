"""The adjectives of lists, items and claims, a file a noun: which are open, whose they are, who may do what."""

from listings.querysets.claim import ClaimQuerySet
from listings.querysets.deadline import AT_WORK, HIGHEST, ExtensionQuerySet, PauseQuerySet
from listings.querysets.item import ItemQuerySet
from listings.querysets.listing import ListingQuerySet
from listings.querysets.scope import (
    ACTIVE_CLAIMS,
    CLAIMABLE,
    CONFIRMED,
    HOLDING_CLAIMS,
    IN_LINE_CLAIMS,
    UNFINISHED,
    OfAllianceQuerySet,
)
from listings.querysets.whistle import CallQuerySet, WhistleQuerySet

__all__ = [
    "ACTIVE_CLAIMS",
    "AT_WORK",
    "CLAIMABLE",
    "CONFIRMED",
    "HIGHEST",
    "HOLDING_CLAIMS",
    "IN_LINE_CLAIMS",
    "UNFINISHED",
    "CallQuerySet",
    "ClaimQuerySet",
    "ExtensionQuerySet",
    "ItemQuerySet",
    "ListingQuerySet",
    "OfAllianceQuerySet",
    "PauseQuerySet",
    "WhistleQuerySet",
]
