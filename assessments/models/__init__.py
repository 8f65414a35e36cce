from assessments.models.burden import BurdenCeiling
from assessments.models.indicator import Indicator
from assessments.models.rating import AllianceScore, Mark, MemberScore, Opinion, Rating
from assessments.models.review import Condition, Proposal, ReviewRow, ReviewRule, ReviewRun
from assessments.models.scheme import Scheme
from assessments.models.supplement import Supplement

__all__ = [
    "AllianceScore",
    "BurdenCeiling",
    "Condition",
    "Indicator",
    "Mark",
    "MemberScore",
    "Opinion",
    "Proposal",
    "Rating",
    "ReviewRow",
    "ReviewRule",
    "ReviewRun",
    "Scheme",
    "Supplement",
]
