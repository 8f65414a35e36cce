"""The addresses of the highest storey: work-bench, search, statistics; assessments, reviews, proposals, approvals."""

from django.urls import include, path

from assessments.views import (
    approval,
    batch,
    burden,
    dashboard,
    drilling,
    exports,
    imports,
    letter,
    light,
    mark,
    merging,
    network,
    organization,
    proposal,
    rating,
    rectification,
    register,
    rehearsal,
    report,
    review,
    rules,
    scheme,
    search,
    statistics,
    supplement,
    workbench,
)
from assessments.year_urls import appeal_patterns, of_scheme, of_the_public, self_report_patterns
from members.urls import organization_pages

burden_patterns = [
    path("", burden.BurdenListView.as_view(), name="list"),
    path("<int:pk>/", burden.BurdenDetailView.as_view(), name="detail"),
    path("<int:pk>/ceiling/", burden.CeilingView.as_view(), name="ceiling"),
]

statistics_patterns = [
    path("", statistics.StatisticsView.as_view(), name="detail"),
    path("export/", statistics.StatisticsExportView.as_view(), name="export"),
    path("published/", statistics.PublishedView.as_view(), name="published"),
    path("figures/", statistics.FiguresView.as_view(), name="figures"),
    path("figures/export/", statistics.FiguresExportView.as_view(), name="figures_export"),
    path("rows/", drilling.RowsView.as_view(), name="rows"),
    path("rows/export/", drilling.RowsExportView.as_view(), name="rows_export"),
]

report_patterns = [
    path("", report.ReportView.as_view(), name="report"),
    path("workbook/", report.ReportWorkbookView.as_view(), name="workbook"),
    path("dashboard/", dashboard.DashboardView.as_view(), name="dashboard"),
    path("network/", network.NetworkView.as_view(), name="network"),
    path("alliances/<int:pk>/", network.AllianceProfileView.as_view(), name="alliance"),
    path("screen/", dashboard.ScreenView.as_view(), name="screen"),
]

RATE = rating.RateView.as_view()
assessment_patterns = [
    *of_scheme,
    path("", scheme.SchemeListView.as_view(), name="list"),
    path("new/", scheme.SchemeNewView.as_view(), name="new"),
    path("<int:pk>/", scheme.SchemeDetailView.as_view(), name="detail"),
    path("<int:pk>/edit/", scheme.SchemeEditView.as_view(), name="edit"),
    path("<int:pk>/open/", scheme.SchemeOpenView.as_view(), name="open"),
    path("<int:pk>/close/", scheme.SchemeCloseView.as_view(), name="close"),
    path("<int:pk>/publish/", scheme.SchemePublishView.as_view(), name="publish"),
    path("<int:pk>/ratings/", rating.SheetView.as_view(), name="sheet"),
    *(
        path(f"<int:pk>/ratings/{way}/<int:alliance>/<int:organization>/", RATE, {"direction": way}, name=f"rate_{way}")
        for way in rating.GROUPS
    ),
    path("<int:pk>/marks/", mark.MarkListView.as_view(), name="marks"),
    path("<int:pk>/marks/<int:alliance>/<int:indicator>/", mark.MarkView.as_view(), name="mark"),
    path("<int:pk>/supplements/new/", supplement.SupplementNewView.as_view(), name="supplement_new"),
    path("supplements/<int:pk>/", supplement.SupplementDetailView.as_view(), name="supplement"),
    path("supplements/<int:pk>/edit/", supplement.SupplementEditView.as_view(), name="supplement_edit"),
    path("supplements/<int:pk>/adopt/", supplement.SupplementAdoptView.as_view(), name="adopt"),
    path("<int:pk>/results/", scheme.ResultListView.as_view(), name="results"),
    path("<int:pk>/results/<int:alliance>/", scheme.ResultDetailView.as_view(), name="result"),
]

review_patterns = [
    path("", review.ReviewListView.as_view(), name="list"),
    path("rehearsal/", rehearsal.RehearsalView.as_view(), name="rehearsal"),
    path("rules/", rules.RuleListView.as_view(), name="rules"),
    path("rules/<int:pk>/change/", rules.RuleChangeView.as_view(), name="change_rules"),
    path("rules/<int:pk>/new/", rules.RuleNewView.as_view(), name="new_rule"),
    path("rules/<int:pk>/<int:number>/", rules.RuleEditView.as_view(), name="edit_rule"),
    path("alliances/<int:pk>/", light.AllianceReviewView.as_view(), name="alliance"),
    path("rectifications/", review.RectificationListView.as_view(), name="rectifications"),
    path("<int:pk>/", review.ReviewDetailView.as_view(), name="detail"),
    path("<int:pk>/alliances/<int:alliance>/<slug:key>/", light.EvidenceView.as_view(), name="evidence"),
]

rectification_patterns = [
    path("<int:pk>/", rectification.RectificationDetailView.as_view(), name="detail"),
    path("<int:pk>/plan/", rectification.PlanView.as_view(), name="plan"),
    path("<int:pk>/accept-plan/", rectification.AcceptPlanView.as_view(), name="accept_plan"),
    path("<int:pk>/return-plan/", rectification.ReturnPlanView.as_view(), name="return_plan"),
    path("<int:pk>/report-progress/", rectification.ReportProgressView.as_view(), name="report_progress"),
    path("<int:pk>/declare-ready/", rectification.DeclareReadyView.as_view(), name="declare_ready"),
    path("<int:pk>/lodge/", rectification.LodgeView.as_view(), name="lodge"),
    path("parts/<int:pk>/finish/", rectification.FinishPartView.as_view(), name="finish_part"),
    path("appeals/<int:pk>/forward/", rectification.ForwardView.as_view(), name="forward"),
    path("appeals/<int:pk>/uphold/", rectification.UpholdView.as_view(), name="uphold"),
    path("appeals/<int:pk>/dismiss/", rectification.DismissView.as_view(), name="dismiss"),
    path("appeals/<int:pk>/withdraw/", rectification.WithdrawView.as_view(), name="withdraw"),
]

proposal_patterns = [
    path("", proposal.ProposalListView.as_view(), name="list"),
    path("batch/", batch.BatchNewView.as_view(), name="batch"),
    path("<int:pk>/", proposal.ProposalDetailView.as_view(), name="detail"),
    path("<int:pk>/confirm/", proposal.ProposalConfirmView.as_view(), name="confirm"),
    path("<int:pk>/overrule/", proposal.ProposalOverruleView.as_view(), name="overrule"),
]

batch_patterns = [
    path("", batch.BatchListView.as_view(), name="list"),
    path("<int:pk>/", batch.BatchDetailView.as_view(), name="detail"),
]

letter_patterns = [
    path("", letter.LetterListView.as_view(), name="list"),
    path("<int:pk>/", letter.LetterDetailView.as_view(), name="detail"),
]

approval_patterns = [
    path("", approval.ApprovalListView.as_view(), name="list"),
    path("<int:pk>/", approval.ApprovalDetailView.as_view(), name="detail"),
    path("<int:pk>/approve/", approval.ApprovalApproveView.as_view(), name="approve"),
    path("<int:pk>/refuse/", approval.ApprovalRefuseView.as_view(), name="refuse"),
]

import_patterns = [
    path("", imports.ImportListView.as_view(), name="list"),
    *(
        path(f"new/{kind}/", imports.ImportNewView.as_view(), {"kind": kind}, name=f"new_{kind}")
        for kind in imports.KINDS
    ),
    *(
        path(f"template/{kind}/", imports.ImportTemplateView.as_view(), {"kind": kind}, name=f"template_{kind}")
        for kind in imports.KINDS
    ),
    path("<int:pk>/", imports.ImportDetailView.as_view(), name="detail"),
    path("<int:pk>/marked/", imports.ImportMarkedView.as_view(), name="marked"),
    path("<int:pk>/confirm/", imports.ImportConfirmView.as_view(), name="confirm"),
    path("<int:pk>/undo/", imports.ImportUndoView.as_view(), name="undo"),
    path("<int:pk>/resume/", imports.ImportResumeView.as_view(), name="resume"),
]

export_patterns = [
    path("people/", exports.PeopleExportView.as_view(), name="people"),
    path("people/file/", exports.PeopleFileView.as_view(), name="people_file"),
    *(path(f"{kind}/", exports.ExportView.as_view(), {"kind": kind}, name=kind) for kind in exports.KINDS),
]

organization_patterns = [
    *organization_pages,
    path("duplicates/", merging.DuplicateListView.as_view(), name="duplicates"),
    path("<int:pk>/merge/", merging.OrganizationMergeView.as_view(), name="merge"),
    path("<int:pk>/", organization.OrganizationDetailView.as_view(), name="detail"),
    path("<int:pk>/year/", organization.OrganizationYearView.as_view(), name="year"),
]

EXPORT = register.RegisterExportView.as_view()
register_patterns = [
    path("<int:pk>/sheet/", register.AllianceSheetView.as_view(), name="sheet"),
    path("export.csv", EXPORT, {"form": "csv"}, name="csv"),
    path("export.xlsx", EXPORT, {"form": "xlsx"}, name="xlsx"),
]

urlpatterns = [
    path("burden/", include((burden_patterns, "burden"))),
    path("", workbench.WorkbenchView.as_view(), name="workbench"),
    path("search/", search.SearchView.as_view(), name="search"),
    path("organizations/", include((organization_patterns, "organizations"))),
    path("alliances/", include((register_patterns, "register"))),
    path("statistics/", include((statistics_patterns, "statistics"))),
    path("reports/", include((report_patterns, "reports"))),
    path("assessments/", include((assessment_patterns, "assessments"))),
    path("self-reports/", include((self_report_patterns, "self_reports"))),
    path("appeals/", include((appeal_patterns, "appeals"))),
    *of_the_public,
    path("reviews/", include((review_patterns, "reviews"))),
    path("rectifications/", include((rectification_patterns, "rectifications"))),
    path("proposals/", include((proposal_patterns, "proposals"))),
    path("batches/", include((batch_patterns, "batches"))),
    path("letters/", include((letter_patterns, "letters"))),
    path("approvals/", include((approval_patterns, "approvals"))),
    path("imports/", include((import_patterns, "imports"))),
    path("exports/", include((export_patterns, "exports"))),
]
