"""The addresses of what happens between the opening of a year and its publication."""

from django.urls import path

from assessments.views import appeal, progress, self_report, slip, year_papers

of_scheme = [
    path("<int:pk>/progress/", progress.ProgressView.as_view(), name="progress"),
    path("<int:pk>/remind/", progress.RemindView.as_view(), name="remind"),
    path("<int:pk>/self-reports/<int:alliance>/", self_report.SelfReportWriteView.as_view(), name="self_report"),
    path("<int:pk>/slips/<int:alliance>/", slip.SlipIssueView.as_view(), name="slips"),
    path("<int:pk>/notice/", year_papers.NoticeView.as_view(), name="notice"),
    path("<int:pk>/results/export.xlsx", year_papers.ResultExportView.as_view(), name="export"),
    path("<int:pk>/results/<int:alliance>/paper/", year_papers.ResultPaperView.as_view(), name="paper"),
    path("<int:pk>/results/<int:alliance>/appeal/", appeal.AppealNewView.as_view(), name="appeal"),
]

self_report_patterns = [
    path("", self_report.SelfReportListView.as_view(), name="list"),
    path("<int:pk>/", self_report.SelfReportDetailView.as_view(), name="detail"),
    path("<int:pk>/submit/", self_report.SelfReportSubmitView.as_view(), name="submit"),
    path("<int:pk>/return/", self_report.SelfReportReturnView.as_view(), name="return"),
]

appeal_patterns = [
    path("", appeal.AppealListView.as_view(), name="list"),
    path("<int:pk>/", appeal.AppealDetailView.as_view(), name="detail"),
    path("<int:pk>/forward/", appeal.AppealForwardView.as_view(), name="forward"),
    path("<int:pk>/uphold/", appeal.AppealUpholdView.as_view(), name="uphold"),
    path("<int:pk>/dismiss/", appeal.AppealDismissView.as_view(), name="dismiss"),
    path("<int:pk>/withdraw/", appeal.AppealWithdrawView.as_view(), name="withdraw"),
]

of_the_public = [
    path("opinion/", slip.OpinionView.as_view(), name="opinion"),
    path("opinion/thanks/", slip.ThanksView.as_view(), name="opinion_thanks"),
]
