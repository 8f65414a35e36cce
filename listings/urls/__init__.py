"""The addresses of lists, items and claims, and of leaving and ending, which touch them."""

from django.urls import include, path

from alliances.urls import meeting_patterns
from listings.case_urls import urlpatterns as of_cases
from listings.urls import loop, project
from listings.urls.deadline import extension_patterns, term_patterns
from listings.urls.match import match_patterns
from listings.urls.whistle import urlpatterns as of_whistles
from listings.views import bulk, claim, ending, item, listing, match, meeting, point, saved_view, screens, study

listing_patterns = [
    path("", listing.ListingListView.as_view(), name="list"),
    path("new/", listing.ListingNewView.as_view(), name="new"),
    path("<int:pk>/", listing.ListingDetailView.as_view(), name="detail"),
    path("<int:pk>/sign/", listing.ListingSignView.as_view(), name="sign"),
    path("<int:pk>/revise/", listing.ListingReviseView.as_view(), name="revise"),
    path("<int:pk>/arrange/", listing.ListingArrangeView.as_view(), name="arrange"),
    path("<int:pk>/carry/", listing.ListingCarryView.as_view(), name="carry"),
]
item_patterns = [
    *term_patterns,
    path("", screens.ItemListView.as_view(), name="list"),
    path("board/", screens.ItemBoardView.as_view(), name="board"),
    path("calendar/", screens.ItemCalendarView.as_view(), name="calendar"),
    path("bulk/", bulk.ItemBulkView.as_view(), name="bulk"),
    path("views/save/", saved_view.SavedViewNewView.as_view(), name="save_view"),
    path("views/<int:pk>/drop/", saved_view.SavedViewDropView.as_view(), name="drop_view"),
    path("new/", item.ItemWhereView.as_view(), name="where"),
    path("new/<int:pk>/", study.ItemNewView.as_view(), name="new"),
    path("<int:pk>/", item.ItemDetailView.as_view(), name="detail"),
    path("<int:pk>/amend/", item.ItemAmendView.as_view(), name="amend"),
    path("<int:pk>/study/", item.ItemStudyView.as_view(), name="study"),
    path("<int:pk>/open/", item.ItemOpenView.as_view(), name="open"),
    path("<int:pk>/return/", item.ItemReturnView.as_view(), name="return"),
    path("<int:pk>/resubmit/", item.ItemResubmitView.as_view(), name="resubmit"),
    path("<int:pk>/refuse/", item.ItemRefuseView.as_view(), name="refuse"),
    path("<int:pk>/link/", item.ItemLinkView.as_view(), name="link"),
    path("<int:pk>/match/", match.ItemMatchView.as_view(), name="match"),
    path("<int:pk>/join/", study.ItemJoinView.as_view(), name="join"),
    path("<int:pk>/claim/", claim.ItemClaimView.as_view(), name="claim"),
    path("<int:pk>/confirm/", item.ItemConfirmView.as_view(), name="confirm"),
    path("<int:pk>/send-back/", item.ItemSendBackView.as_view(), name="send_back"),
    *loop.item_patterns,
]
claim_patterns = [
    path("", claim.ClaimListView.as_view(), name="list"),
    path("<int:pk>/", claim.ClaimDetailView.as_view(), name="detail"),
    path("<int:pk>/accept/", claim.ClaimAcceptView.as_view(), name="accept"),
    path("<int:pk>/decline/", claim.ClaimDeclineView.as_view(), name="decline"),
    path("<int:pk>/report/", claim.ClaimReportView.as_view(), name="report"),
    path("<int:pk>/finish/", claim.ClaimFinishView.as_view(), name="finish"),
    path("<int:pk>/release/", claim.ClaimReleaseView.as_view(), name="release"),
    *loop.claim_patterns,
]
meeting_pages = [
    *meeting_patterns,
    path("<int:pk>/", meeting.MeetingDetailView.as_view(), name="detail"),
    path("decisions/<int:pk>/enact/", meeting.DecisionEnactView.as_view(), name="enact"),
]
ending_patterns = [
    path("memberships/<int:pk>/leave/", ending.MembershipLeaveView.as_view(), name="leave"),
    path("<int:pk>/dissolve/", ending.AllianceDissolveView.as_view(), name="dissolve"),
    path("<int:pk>/merge/", ending.AllianceMergeView.as_view(), name="merge"),
]

urlpatterns = [
    path("alliances/", include((ending_patterns, "endings"))),
    path("listings/", include((listing_patterns, "listings"))),
    path("items/", include((item_patterns, "items"))),
    path("extensions/", include((extension_patterns, "extensions"))),
    path("claims/", include((claim_patterns, "claims"))),
    path("disputes/", include((loop.dispute_patterns, "disputes"))),
    path("forwardings/", include((loop.forwarding_patterns, "forwardings"))),
    path("matches/", include((match_patterns, "matches"))),
    path("meetings/", include((meeting_pages, "meetings"))),
    path("points/", include(([path("", point.PointListView.as_view(), name="list")], "points"))),
    *of_whistles,
    *project.urlpatterns,
    *of_cases,
]
