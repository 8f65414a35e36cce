from assessments.models.appeal import Appeal
from assessments.models.batch import Batch
from assessments.models.burden import BurdenCeiling
from assessments.models.indicator import Indicator
from assessments.models.letter import Letter
from assessments.models.rating import AllianceScore, Mark, MemberScore, Opinion, Rating
from assessments.models.review import Condition, Proposal, ReviewRow, ReviewRule, ReviewRun
from assessments.models.scheme import Scheme
from assessments.models.self_report import SelfReport
from assessments.models.slip import OpinionSlip, SlipBatch
from assessments.models.supplement import Supplement

__all__ = [
    "AllianceScore",
    "Appeal",
    "Batch",
    "BurdenCeiling",
    "Condition",
    "Indicator",
    "Letter",
    "Mark",
    "MemberScore",
    "Opinion",
    "OpinionSlip",
    "Proposal",
    "Rating",
    "ReviewRow",
    "ReviewRule",
    "ReviewRun",
    "Scheme",
    "SelfReport",
    "SlipBatch",
    "Supplement",
]
