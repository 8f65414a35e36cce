"""Pages of a department's marks: what there is to mark, and one mark with its reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance
from assessments import transitions
from assessments.forms.scheme import MarkForm
from assessments.marking import Cell, alliances_to_mark, cells_of
from assessments.models import Scheme
from members.mouths import demand, fetch, id_of
from members.pages import ListPage, VerbPage

TAKES = (Scheme.State.OPEN, Scheme.State.SCORING)


class MarkListView(ListPage):
    """The alliances of one's subtree with the marks that they have and those still to give, in the order of codes."""

    model = Alliance
    template_name = "assessments/mark_list.html"
    ordering = ("code", "id")

    def get_queryset(self) -> QuerySet:
        self.scheme = fetch(Scheme.objects.visible_to(self.request.user), self.kwargs["pk"])
        demand(self.scheme, self.request.user, "judged_by")
        return alliances_to_mark(self.scheme, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = cells_of(self.scheme, context["object_list"])
        takes = self.scheme.state in TAKES
        return context | {"scheme": self.scheme, "rows": [row for row in rows if row], "takes": takes}


class MarkView(VerbPage):
    """Give one alliance its points on one indicator, or put them right."""

    model = Scheme
    able, who = "markable_by", "judged_by"
    form_class = MarkForm
    template_name = "assessments/mark.html"
    done = _("已评分。")
    title, button, icon = _("部门评分"), _("保存评分"), "pen-line"

    def cell(self) -> Cell:
        """The alliance and the indicator of the address, if they are the department's to score."""
        alliance = fetch(alliances_to_mark(self.thing, self.request.user), self.kwargs["alliance"])
        wanted = id_of(self.kwargs["indicator"])
        found = next((cell for cell in cells_of(self.thing, [alliance])[0] if cell.indicator.pk == wanted), None)
        if found is None:
            raise Http404
        return found

    def get_initial(self) -> dict[str, Any]:
        mark = self.cell().mark
        return {"score": mark.score, "reason": mark.reason} if mark else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cell=self.cell(), **kwargs)

    def speak(self, form: forms.Form) -> Any:
        cell, who = self.cell(), self.request.user
        return transitions.mark(
            self.thing, cell.indicator, cell.alliance, by=who, at=timezone.now(), **form.cleaned_data,  # type: ignore[arg-type]
        )  # fmt: skip

    def get_success_url(self) -> str:
        return reverse("assessments:marks", args=[self.thing.pk])
