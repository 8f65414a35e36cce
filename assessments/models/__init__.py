from assessments.models.burden import BurdenCeiling
from assessments.models.rating import AllianceScore, MemberScore, Rating
from assessments.models.review import Condition, Proposal, ReviewRow, ReviewRule, ReviewRun
from assessments.models.scheme import Indicator, Scheme

__all__ = [
    "AllianceScore",
    "BurdenCeiling",
    "Condition",
    "Indicator",
    "MemberScore",
    "Proposal",
    "Rating",
    "ReviewRow",
    "ReviewRule",
    "ReviewRun",
    "Scheme",
]
