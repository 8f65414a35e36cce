"""The complaint box: open from the foot of every page, answered inside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from members.complaints import answer, complain
from members.context import acting_of
from members.forms import AnswerForm, ComplaintForm
from members.models import Complaint
from members.pages import DetailPage, ListPage, Page, VerbPage


class ComplaintListView(ListPage):
    """One's own complaints, and for a department those that it answers."""

    model = Complaint
    template_name = "members/complaint_list.html"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("by", "region")


class ComplaintNewView(Page, FormView):
    """Say what is wrong or could be better; the department of one's place answers."""

    template_name = "members/complaint_new.html"
    form_class = ComplaintForm

    def get_initial(self) -> dict[str, Any]:
        return {"page": self.request.GET.get("page", "")[:200]}

    def form_valid(self, form: ComplaintForm) -> HttpResponse:
        data, region = form.cleaned_data, acting_of(self.request).region
        made = complain(text=data["text"], page=data["page"], region_id=region, by=self.request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(self.request, _("已收到，答复会出现在消息里。"))
        return HttpResponseRedirect(made.get_absolute_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ComplaintDetailView(DetailPage):
    model = Complaint
    template_name = "members/complaint_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        answerable = Complaint.objects.filter(pk=self.object.pk).answerable_by(self.request.user).exists()
        return super().get_context_data(answerable=answerable, **kwargs)


class ComplaintAnswerView(VerbPage):
    """The department's answer."""

    model = Complaint
    able = "answerable_by"
    who = "answered_for"
    form_class = AnswerForm
    template_name = "members/complaint_answer.html"
    done = _("已答复。")

    def speak(self, form: forms.Form) -> Any:
        return answer(self.thing, text=form.cleaned_data["answer"], by=self.request.user, at=timezone.now())  # type: ignore[arg-type]
