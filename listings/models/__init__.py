from listings.models.claim import Claim, Progress
from listings.models.excerpt import Excerpt
from listings.models.item import Item
from listings.models.listing import Listing, Signature
from listings.models.saved_view import SavedView

__all__ = ["Claim", "Excerpt", "Item", "Listing", "Progress", "SavedView", "Signature"]
