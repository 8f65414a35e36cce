from listings.models.case import JointCase, Measure, Record, Taking
from listings.models.claim import Claim, Progress
from listings.models.deadline import Extension, Pause
from listings.models.dispute import Dispute
from listings.models.excerpt import Excerpt
from listings.models.forwarding import Forwarding
from listings.models.help import Help
from listings.models.idea import Idea, IdeaCall
from listings.models.item import Item
from listings.models.listing import Listing, Signature
from listings.models.match import Match
from listings.models.project import Candidate, Milestone, Payment, Project, Visit
from listings.models.saved_view import SavedView
from listings.models.service import Service, ServiceUse
from listings.models.whistle import Call, Whistle

__all__ = [
    "Call",
    "Candidate",
    "Claim",
    "Dispute",
    "Excerpt",
    "Extension",
    "Forwarding",
    "Help",
    "Idea",
    "IdeaCall",
    "Item",
    "JointCase",
    "Listing",
    "Match",
    "Measure",
    "Milestone",
    "Pause",
    "Payment",
    "Progress",
    "Project",
    "Record",
    "SavedView",
    "Service",
    "ServiceUse",
    "Signature",
    "Taking",
    "Visit",
    "Whistle",
]
