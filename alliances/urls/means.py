"""The addresses of means, venues and distributions."""

from django.urls import path

from alliances.views import distributions, funds, staff, venues

means_patterns = [
    path("funds/<int:pk>/reverse/", funds.FundReverseView.as_view(), name="reverse_fund"),
    path("reserve/<int:pk>/reverse/", funds.ReserveReverseView.as_view(), name="reverse_reserve"),
    path("staff/<int:pk>/end/", staff.StaffEndView.as_view(), name="end_staff"),
    path("partners/<int:pk>/end/", staff.PartnerEndView.as_view(), name="end_partner"),
    path("schemes/<int:pk>/distribute/", distributions.SchemeDistributeView.as_view(), name="distribute"),
    path("schemes/<int:pk>/retire/", distributions.SchemeRetireView.as_view(), name="retire_scheme"),
]
venue_patterns = [
    path("", venues.VenueListView.as_view(), name="list"),
    path("<int:pk>/", venues.VenueDetailView.as_view(), name="detail"),
    path("<int:pk>/edit/", venues.VenueEditView.as_view(), name="edit"),
    path("<int:pk>/close/", venues.VenueCloseView.as_view(), name="close"),
    path("<int:pk>/book/", venues.VenueBookView.as_view(), name="book"),
    path("bookings/<int:pk>/release/", venues.BookingReleaseView.as_view(), name="release"),
    path("bookings/<int:pk>/refuse/", venues.BookingRefuseView.as_view(), name="refuse"),
]
distribution_patterns = [
    path("<int:pk>/", distributions.DistributionDetailView.as_view(), name="detail"),
    path("<int:pk>/paper/", distributions.DistributionPaperView.as_view(), name="paper"),
    path("<int:pk>/confirm/", distributions.DistributionConfirmView.as_view(), name="confirm"),
    path("<int:pk>/settle/", distributions.DistributionSettleView.as_view(), name="settle"),
    path("<int:pk>/cancel/", distributions.DistributionCancelView.as_view(), name="cancel"),
    path("<int:pk>/ask-reversal/", distributions.DistributionAskReversalView.as_view(), name="ask_reversal"),
    path("<int:pk>/agree-reversal/", distributions.DistributionAgreeReversalView.as_view(), name="agree_reversal"),
    path("<int:pk>/keep/", distributions.DistributionKeepView.as_view(), name="keep"),
]
