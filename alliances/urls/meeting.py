"""The addresses of meetings and decisions (these join the page of one meeting, which stands higher)."""

from django.urls import path

from alliances.views import decision, meeting

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
