from listings.models.claim import Claim, Progress
from listings.models.deadline import Extension, Pause
from listings.models.excerpt import Excerpt
from listings.models.item import Item
from listings.models.listing import Listing, Signature
from listings.models.saved_view import SavedView
from listings.models.whistle import Call, Whistle

__all__ = [
    "Call",
    "Claim",
    "Excerpt",
    "Extension",
    "Item",
    "Listing",
    "Pause",
    "Progress",
    "SavedView",
    "Signature",
    "Whistle",
]
