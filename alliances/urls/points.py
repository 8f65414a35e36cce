"""The addresses of point, line, area."""

from django.urls import path

from alliances.views import points

belt_patterns = [
    path("", points.PointListView.as_view(), name="list"),
    path("new/", points.BeltLayView.as_view(), name="new"),
    path("<int:pk>/", points.BeltDetailView.as_view(), name="detail"),
    path("<int:pk>/rename/", points.BeltRenameView.as_view(), name="rename"),
    path("<int:pk>/arrange/", points.BeltArrangeView.as_view(), name="arrange"),
    path("<int:pk>/end/", points.BeltEndView.as_view(), name="end"),
]
