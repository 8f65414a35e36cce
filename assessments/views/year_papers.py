"""The results of a year on paper and as a file: the notice with a red header, one result on a sheet, the workbook."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views import View

from alliances.models import Alliance
from assessments import results, year_papers
from assessments.models import Scheme
from assessments.views.register import XLSX
from assessments.views.scheme import ResultDetailView
from members.mouths import fetch
from members.pages import DetailPage, Page
from members.spreadsheets import write_xlsx
from members.throttling import EXPORTS


class NoticeView(DetailPage):
    """The notice (红头通报): who has which grade, in code order, as far as the user may read the results."""

    model = Scheme
    template_name = "assessments/notice.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().filter(state="published").select_related("region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        whole = Scheme.objects.governed_by(user).filter(pk=self.object.pk).exists()
        return super().get_context_data(
            authority=year_papers.authority_of(self.object.region), whole=whole,
            grades=year_papers.graded(self.object, user), **kwargs,
        )  # fmt: skip


class ResultPaperView(ResultDetailView):
    """One alliance's result with its working, on A4."""

    template_name = "assessments/result_paper.html"


class ResultExportView(Page, View):
    """All results with their working, as a workbook: exactly the rows that the list shows to the user."""

    per_minute = {"GET": EXPORTS}

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        scheme = fetch(Scheme.objects.visible_to(request.user), pk)
        if not results.shown_to(scheme, request.user):
            raise Http404
        target = BytesIO()
        alliances: QuerySet[Alliance] = results.alliances_for(scheme, request.user)
        write_xlsx(target, *year_papers.sheets_of(scheme, alliances.order_by("code", "pk"), request.user))
        answer = HttpResponse(target.getvalue(), content_type=XLSX)
        answer["Content-Disposition"] = f'attachment; filename="results-{scheme.year}-{scheme.region_id}.xlsx"'
        return answer
