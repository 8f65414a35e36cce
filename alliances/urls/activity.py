"""The addresses of activities and the calendar feed."""

from django.urls import path

from alliances.views import activity, calendar, feed, planning, session

activity_patterns = [
    path("", calendar.ActivityListView.as_view(), name="list"),
    path("<int:pk>/", activity.ActivityDetailView.as_view(), name="detail"),
    path("<int:pk>/hold/", activity.ActivityHoldView.as_view(), name="hold"),
    path("<int:pk>/cancel/", activity.ActivityCancelView.as_view(), name="cancel"),
    path("<int:pk>/repeat/", planning.ActivityRepeatView.as_view(), name="repeat"),
    path("templates/<int:pk>/edit/", planning.TemplateEditView.as_view(), name="template_edit"),
    path("templates/<int:pk>/drop/", planning.TemplateDropView.as_view(), name="template_drop"),
    path("sessions/<int:pk>/confirm/", session.SessionConfirmView.as_view(), name="confirm_session"),
    path("sessions/<int:pk>/serve/", session.SessionServeView.as_view(), name="serve"),
]
calendar_patterns = [
    path("", feed.FeedView.as_view(), name="feed"),
    path("close/", feed.FeedCloseView.as_view(), name="close"),
    path("<str:secret>.ics", feed.FeedDocumentView.as_view(), name="document"),
]
