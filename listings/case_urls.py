"""The addresses of joint cases and of what is recorded in them, beneath those of whistles: one way leads to both."""

from django.urls import include, path

from listings.views import case

case_patterns = [
    path("", case.CaseListView.as_view(), name="list"),
    path("new/", case.CaseWhereView.as_view(), name="where"),
    path("new/<int:pk>/", case.CaseBeginView.as_view(), name="new"),
    path("<int:pk>/", case.CaseDetailView.as_view(), name="detail"),
    path("<int:pk>/take-in/", case.CaseTakeInView.as_view(), name="take_in"),
    path("<int:pk>/measure-by/", case.CaseMeasureByView.as_view(), name="measure_by"),
    path("<int:pk>/record/", case.CaseRecordView.as_view(), name="record"),
    path("<int:pk>/close/", case.CaseCloseView.as_view(), name="close"),
    path("<int:pk>/export/", case.CaseExportView.as_view(), name="export"),
    path("records/<int:pk>/correct/", case.RecordCorrectView.as_view(), name="correct"),
]

urlpatterns = [path("whistles/cases/", include((case_patterns, "cases")))]
