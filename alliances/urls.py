"""The addresses of alliances, activities and meetings (these join the page of one meeting, which stands higher)."""

from django.urls import include, path

from alliances.registration_urls import registration_patterns
from alliances.views import activity, alliance, decision, founding, meeting, membership, standing

alliance_patterns = [
    path("", alliance.AllianceListView.as_view(), name="list"),
    path("new/", founding.AllianceFoundLeadView.as_view(), name="new"),
    path("new/<int:pk>/", founding.AllianceFoundView.as_view(), name="found"),
    path("foundings/", founding.FoundingListView.as_view(), name="foundings"),
    path("invitations/", membership.InvitationListView.as_view(), name="invitations"),
    path("memberships/<int:pk>/accept/", membership.MembershipAcceptView.as_view(), name="accept"),
    path("memberships/<int:pk>/decline/", membership.MembershipDeclineView.as_view(), name="decline"),
    path("memberships/<int:pk>/leave/", membership.MembershipLeaveView.as_view(), name="leave"),
    path("<int:pk>/", alliance.AllianceDetailView.as_view(), name="detail"),
    path("<int:pk>/members/", alliance.AllianceMembersView.as_view(), name="members"),
    path("<int:pk>/activities/", alliance.AllianceActivitiesView.as_view(), name="activities"),
    path("<int:pk>/meetings/", meeting.AllianceMeetingsView.as_view(), name="meetings"),
    path("<int:pk>/convene/", meeting.AllianceConveneView.as_view(), name="convene"),
    path("<int:pk>/standing/", alliance.AllianceStandingView.as_view(), name="standing"),
    path("<int:pk>/timeline/", alliance.AllianceTimelineView.as_view(), name="timeline"),
    path("<int:pk>/edit/", alliance.AllianceEditView.as_view(), name="edit"),
    path("<int:pk>/submit/", founding.AllianceSubmitView.as_view(), name="submit"),
    path("<int:pk>/approve/", founding.FoundingApproveView.as_view(), name="approve"),
    path("<int:pk>/return/", founding.FoundingReturnView.as_view(), name="return"),
    path("<int:pk>/activate/", founding.AllianceActivateView.as_view(), name="activate"),
    path("<int:pk>/withdraw/", founding.AllianceWithdrawView.as_view(), name="withdraw"),
    path("<int:pk>/invite/", membership.AllianceInviteView.as_view(), name="invite"),
    path("<int:pk>/hand-over/", membership.AllianceHandOverView.as_view(), name="hand_over"),
    path("<int:pk>/rectify/", standing.AllianceRectifyView.as_view(), name="rectify"),
    path("<int:pk>/reinstate/", standing.AllianceReinstateView.as_view(), name="reinstate"),
    path("<int:pk>/reward/", standing.AllianceRewardView.as_view(), name="reward"),
    path("<int:pk>/dissolve/", standing.AllianceDissolveView.as_view(), name="dissolve"),
    path("<int:pk>/plan/", activity.AlliancePlanView.as_view(), name="plan"),
]
activity_patterns = [
    path("", activity.ActivityListView.as_view(), name="list"),
    path("<int:pk>/", activity.ActivityDetailView.as_view(), name="detail"),
    path("<int:pk>/hold/", activity.ActivityHoldView.as_view(), name="hold"),
    path("<int:pk>/cancel/", activity.ActivityCancelView.as_view(), name="cancel"),
    path("sessions/<int:pk>/confirm/", activity.SessionConfirmView.as_view(), name="confirm_session"),
    path("sessions/<int:pk>/serve/", activity.SessionServeView.as_view(), name="serve"),
]
meeting_patterns = [
    path("", meeting.MeetingListView.as_view(), name="list"),
    path("<int:pk>/propose/", meeting.MeetingProposeView.as_view(), name="propose"),
    path("<int:pk>/hold/", meeting.MeetingHoldView.as_view(), name="hold"),
    path("<int:pk>/minutes/", meeting.MeetingMinutesView.as_view(), name="minutes"),
    path("<int:pk>/cancel/", meeting.MeetingCancelView.as_view(), name="cancel"),
    path("<int:pk>/confirm/", meeting.MeetingConfirmView.as_view(), name="confirm"),
    path("<int:pk>/decide/", decision.MeetingDecideView.as_view(), name="decide"),
    path("topics/<int:pk>/advance/", meeting.TopicAdvanceView.as_view(), name="advance"),
    path("topics/<int:pk>/strike/", meeting.TopicStrikeView.as_view(), name="strike"),
    path("decisions/<int:pk>/vote/", decision.DecisionVoteView.as_view(), name="vote"),
    path("decisions/<int:pk>/close-vote/", decision.DecisionCloseVoteView.as_view(), name="close_vote"),
]

urlpatterns = [
    path("alliances/", include((alliance_patterns, "alliances"))),
    path("activities/", include((activity_patterns, "activities"))),
    path("registrations/", include((registration_patterns, "registrations"))),
]
