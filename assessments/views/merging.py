"""Pages of duplicates: whose names look the same, and the proposal to merge one record into another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from assessments.merging import candidates, plan_of, propose_to
from members.models import Organization
from members.pages import Page, ReasonForm, SecondPersonPage
from members.scope import rights_of


class DuplicateListView(Page, TemplateView):
    """Organisations of the department whose names cannot be told apart; people decide whether they are one."""

    template_name = "organizations/duplicate_list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rights_of(request.user).departments:
            raise PermissionDenied(_("重复登记由组织部门处理。"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(groups=candidates(self.request.user), **kwargs)


class MergeForm(ReasonForm):
    """Into which organisation, by its code."""

    code = forms.CharField(label=_("并入哪个党组织（组织代码）"), max_length=32)
    field_order = ["code", "reason"]

    def __init__(self, *args: Any, former: Organization, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = Organization.objects.mergeable_by(user).exclude(pk=former.pk)

    def clean_code(self) -> str:
        self.into = self.choices.coded(self.cleaned_data["code"]).first()
        if self.into is None:
            raise ValidationError(_("没有这个组织代码，或它不在您的范围内。"))
        return self.into.code


class OrganizationMergeView(SecondPersonPage):
    """Propose that a record is a second one of another organisation; everything that would happen is listed first."""

    model = Organization
    able = "mergeable_by"
    verb = "organizations.merge"
    form_class = MergeForm
    template_name = "organizations/organization_merge.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"former": self.thing, "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"code": self.request.GET.get("into", "")}

    def arguments(self, form: Any) -> dict[str, Any]:
        """Refused ``merge_blocked`` where something stands in the way already now."""
        return propose_to(self.request.user, self.thing, form.into.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        code = form.data.get("code", "") if form.is_bound else form.initial["code"]
        into = form.choices.coded(code.replace("\x00", "")).first() if code else None
        return context | {"plan": plan_of(self.thing, into) if into else None}
