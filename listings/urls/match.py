"""The addresses of matches."""

from django.urls import path

from listings.views import match

match_patterns = [
    path("", match.MatchListView.as_view(), name="list"),
    path("<int:pk>/", match.MatchDetailView.as_view(), name="detail"),
    path("<int:pk>/accept/", match.MatchAcceptView.as_view(), name="accept"),
    path("<int:pk>/decline/", match.MatchDeclineView.as_view(), name="decline"),
    path("<int:pk>/withdraw/", match.MatchWithdrawView.as_view(), name="withdraw"),
]
