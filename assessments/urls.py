"""The addresses of the highest storey: work-bench, search, statistics; assessments, reviews, proposals, approvals."""

from django.urls import include, path

from assessments.views import statistics

statistics_patterns = [
    path("", statistics.StatisticsView.as_view(), name="detail"),
    path("export/", statistics.StatisticsExportView.as_view(), name="export"),
    path("published/", statistics.PublishedView.as_view(), name="published"),
]

urlpatterns = [
    path("statistics/", include((statistics_patterns, "statistics"))),
]
