"""The REST router: one line for each noun. Each storey writes its own viewsets."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import ViewSetMixin

from alliances.api.activity import ActivityViewSet
from alliances.api.distribution import DistributionSchemeViewSet, DistributionViewSet
from alliances.api.instructor import InstructorViewSet
from alliances.api.leadership import ParticipantViewSet, PostViewSet
from alliances.api.means import FundViewSet, PartnerViewSet, ReserveViewSet, StaffViewSet
from alliances.api.meeting import MeetingViewSet
from alliances.api.papers import AgreementViewSet, CharterViewSet
from alliances.api.planning import ActivityTemplateViewSet
from alliances.api.points import BeltViewSet
from alliances.api.post import ServicePostViewSet, TeamViewSet
from alliances.api.registration import OrganLinkViewSet, RegistrationViewSet
from alliances.api.rotation import HostTurnViewSet, RotationViewSet, SwapViewSet
from alliances.api.rules import RuleSetViewSet
from alliances.api.venue import BookingViewSet, VenueViewSet
from assessments.api.burden import BurdenCeilingViewSet, BurdenViewSet
from assessments.api.letter import LetterViewSet, LightViewSet
from assessments.api.organization import OrganizationViewSet
from assessments.api.proposal import BatchViewSet, ProposalViewSet
from assessments.api.rectification import RectificationAppealViewSet, RectificationViewSet
from assessments.api.review import ApprovalViewSet, AssessmentViewSet
from assessments.api.run import ReviewRuleViewSet, ReviewViewSet
from assessments.api.scheme import SupplementViewSet
from assessments.api.statistics import FigureViewSet, StatisticsViewSet
from assessments.api.webhook import WebhookViewSet
from assessments.api.year import AppealViewSet, SelfReportViewSet
from listings.api.alliance import AllianceViewSet
from listings.api.case import CaseViewSet, RecordViewSet
from listings.api.claim import ClaimViewSet
from listings.api.deadline import ExtensionViewSet
from listings.api.decision import DecisionViewSet
from listings.api.idea import IdeaCallViewSet, IdeaViewSet
from listings.api.item import ItemViewSet
from listings.api.listing import ListingViewSet
from listings.api.loop import DisputeViewSet, ForwardingViewSet
from listings.api.match import MatchViewSet
from listings.api.point import PointViewSet
from listings.api.project import CandidateViewSet, MilestoneViewSet, ProjectViewSet, VisitViewSet
from listings.api.saved_view import SavedViewViewSet
from listings.api.service import ServiceViewSet
from listings.api.whistle import CallViewSet, WhistleViewSet
from members.api import RegionViewSet
from members.api.complaints import ComplaintViewSet
from members.api.keys import KeyViewSet
from members.api.messages import DeliveryViewSet, NoticeViewSet, RobotViewSet

router = SimpleRouter()
# What is asked most stands first: a request looks at every noun before its own.
router.register("items", ItemViewSet)
router.register("claims", ClaimViewSet)
router.register("statistics", StatisticsViewSet, basename="statistics")
router.register("organizations", OrganizationViewSet)
router.register("alliances", AllianceViewSet)
router.register("regions", RegionViewSet)
router.register("rules", RuleSetViewSet, basename="rule")
router.register("charters", CharterViewSet)
router.register("agreements", AgreementViewSet)
router.register("rotations", RotationViewSet)
router.register("turns", HostTurnViewSet)
router.register("swaps", SwapViewSet)
router.register("belts", BeltViewSet)
router.register("activities", ActivityViewSet)
router.register("activity-templates", ActivityTemplateViewSet)
router.register("meetings", MeetingViewSet)
router.register("decisions", DecisionViewSet)
router.register("organ-links", OrganLinkViewSet)
router.register("registrations", RegistrationViewSet)
router.register("service-posts", ServicePostViewSet)
router.register("teams", TeamViewSet)
router.register("funds", FundViewSet)
router.register("reserves", ReserveViewSet)
router.register("staff", StaffViewSet)
router.register("partners", PartnerViewSet)
router.register("venues", VenueViewSet)
router.register("bookings", BookingViewSet)
router.register("distribution-schemes", DistributionSchemeViewSet)
router.register("distributions", DistributionViewSet)
router.register("posts", PostViewSet)
router.register("participants", ParticipantViewSet)
router.register("instructors", InstructorViewSet)
router.register("listings", ListingViewSet)
router.register("extensions", ExtensionViewSet)
router.register("whistles", WhistleViewSet)
router.register("calls", CallViewSet)
router.register("points", PointViewSet, basename="point")
router.register("saved-views", SavedViewViewSet)
router.register("disputes", DisputeViewSet)
router.register("forwardings", ForwardingViewSet)
router.register("matches", MatchViewSet)
router.register("idea-calls", IdeaCallViewSet)
router.register("ideas", IdeaViewSet)
router.register("projects", ProjectViewSet)
router.register("candidates", CandidateViewSet)
router.register("milestones", MilestoneViewSet)
router.register("visits", VisitViewSet)
router.register("services", ServiceViewSet)
router.register("cases", CaseViewSet, basename="case")
router.register("case-records", RecordViewSet, basename="case-record")
router.register("assessments", AssessmentViewSet)
router.register("self-reports", SelfReportViewSet)
router.register("appeals", AppealViewSet)
router.register("supplements", SupplementViewSet)
router.register("reviews", ReviewViewSet)
router.register("proposals", ProposalViewSet)
router.register("rectifications", RectificationViewSet)
router.register("rectification-appeals", RectificationAppealViewSet)
router.register("batches", BatchViewSet)
router.register("lights", LightViewSet)
router.register("letters", LetterViewSet)
router.register("review-rules", ReviewRuleViewSet, basename="review-rule")
router.register("approvals", ApprovalViewSet)
router.register("burden", BurdenViewSet, basename="burden")
router.register("burden-ceilings", BurdenCeilingViewSet)
router.register("notices", NoticeViewSet)
router.register("complaints", ComplaintViewSet)
router.register("keys", KeyViewSet, basename="key")
router.register("robots", RobotViewSet)
router.register("deliveries", DeliveryViewSet)
router.register("webhooks", WebhookViewSet)
router.register("figures", FigureViewSet, basename="figure")


def addresses_of(view: type[ViewSetMixin], name: str) -> list[URLPattern | URLResolver]:
    """What lies beneath a noun, by itself: a request passes by other nouns without looking at each of their verbs."""
    alone = SimpleRouter()
    alone.register("", view, basename=name)
    return alone.urls


urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    *(path(f"{noun}/", include(addresses_of(view, name))) for noun, view, name in router.registry),
]
