from members.models.account import Role, Slip, User
from members.models.answer import IdempotentAnswer
from members.models.approval import Approval
from members.models.client import ApiClient
from members.models.complaint import Complaint
from members.models.delivery import Delivery
from members.models.document import Document
from members.models.factor import RecoveryCode, SecondFactor
from members.models.importing import ImportDeed, ImportFault, ImportRun
from members.models.notice import Notice
from members.models.organization import Organization, PartyMember
from members.models.preference import Preference
from members.models.region import Region
from members.models.robot import Robot
from members.models.session import Session
from members.models.step import Denial, Step
from members.models.trail import TrailSeal
from members.models.webhook import Webhook

__all__ = [
    "ApiClient",
    "Approval",
    "Complaint",
    "Delivery",
    "Denial",
    "Document",
    "IdempotentAnswer",
    "ImportDeed",
    "ImportFault",
    "ImportRun",
    "Notice",
    "Organization",
    "PartyMember",
    "Preference",
    "RecoveryCode",
    "Region",
    "Robot",
    "Role",
    "SecondFactor",
    "Session",
    "Slip",
    "Step",
    "TrailSeal",
    "User",
    "Webhook",
]
