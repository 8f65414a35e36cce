from listings.models.claim import Claim, Progress
from listings.models.item import Item
from listings.models.listing import Listing, Signature

__all__ = ["Claim", "Item", "Listing", "Progress", "Signature"]
