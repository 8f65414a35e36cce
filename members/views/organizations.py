"""Organisations: the list, their records, their contacts, their people, the posts of their heads.

The page of one organisation shows what upper storeys know of it, and stands on the highest.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from members import accounts
from members.filters import OrganizationFilter
from members.forms import ContactForm, HandOverForm, NewMemberForm, NewOrganizationForm, OrganizationForm
from members.models import Organization, PartyMember, User
from members.mouths import demand, fetch
from members.organizations import edit, enrol, register, reveal_phone
from members.pages import ListPage, Page, ReasonForm, VerbPage
from members.scope import rights_of


class OrganizationListView(ListPage):
    """The organisations that the user may see, in the order of their codes of place."""

    model = Organization
    template_name = "organizations/organization_list.html"
    filterset_class = OrganizationFilter
    ordering = ("code",)

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("region", "parent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(registrable=bool(rights_of(self.request.user).departments), **kwargs)


class OrganizationNewView(Page, FormView):
    """A department registers an organisation of its subtree; nobody else can."""

    template_name = "organizations/organization_edit.html"
    form_class = NewOrganizationForm
    title, button = _("登记党组织"), _("登记")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not rights_of(request.user).departments:
            raise PermissionDenied(_("党组织由组织部门登记。"))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Organization(), "by": self.request.user}

    def form_valid(self, form: Any) -> HttpResponse:
        made = register(form.instance, by=self.request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(self.request, _("党组织已登记。"))
        return HttpResponseRedirect(made.get_absolute_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PeopleView(ListPage):
    """The Party members of one organisation, phones masked."""

    model = PartyMember
    template_name = "organizations/people.html"
    ordering = ("id",)

    def get_queryset(self) -> QuerySet:
        self.organization = fetch(Organization.objects.visible_to(self.request.user), self.kwargs["pk"])
        demand(self.organization, self.request.user, "described_to")
        return super().get_queryset().as_of(timezone.localdate()).filter(organization=self.organization)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        one = Organization.objects.filter(pk=self.organization.pk)
        return context | {
            "organization": self.organization,
            "contactable": one.contactable_by(self.request.user).exists(),
        }


class OrganizationVerbPage(VerbPage):
    model = Organization
    template_name = "organizations/organization_verb.html"
    title: Any = ""
    button: Any = _("保存")
    explain: Any = ""


class OrganizationEditView(OrganizationVerbPage):
    """The record, by the organisation department above."""

    able = "editable_by"
    form_class = OrganizationForm  # type: ignore[assignment]
    template_name = "organizations/organization_edit.html"
    title, done = _("修改组织资料"), _("资料已修改。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.thing, "by": self.request.user}

    def speak(self, form: Any) -> Any:
        return edit(form.instance, form.changed_data, by=self.request.user, at=timezone.now())  # type: ignore[arg-type]


class ContactEditView(OrganizationVerbPage):
    """Its own contact data, by the organisation itself."""

    able = "contactable_by"
    form_class = ContactForm  # type: ignore[assignment]
    title, done = _("修改联系方式"), _("联系方式已修改。")
    explain = _("只填工作电话。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.thing}

    def speak(self, form: Any) -> Any:
        return edit(form.instance, form.changed_data, by=self.request.user, at=timezone.now(), verb="edit_contact")  # type: ignore[arg-type]


class PersonNewView(OrganizationVerbPage):
    """The organisation, or a department above it, puts a Party member on its list."""

    able = "contactable_by"
    form_class = NewMemberForm  # type: ignore[assignment]
    title, button, done = _("登记党员"), _("登记"), _("党员已登记。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": PartyMember(organization=self.thing)}

    def speak(self, form: Any) -> Any:
        return enrol(form.instance, by=self.request.user, at=timezone.now())  # type: ignore[arg-type]

    def get_success_url(self) -> str:
        return reverse("organizations:people", args=[self.thing.pk])


class RevealView(OrganizationVerbPage):
    """The full phone of an organisation: for a reason, and on record."""

    able = "described_to"
    form_class = ReasonForm
    title, button = _("查看完整电话"), _("查看")
    explain = _("查看会留下记录，请写明用途。")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        phone = reveal_phone(self.thing, by=self.request.user, at=timezone.now(), reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
        return render(self.request, "organizations/phone.html", {"thing": self.thing, "phone": phone})


class RevealMemberView(RevealView):
    """The full phone of a Party member: likewise."""

    model = PartyMember  # type: ignore[assignment]
    able = "visible_to"

    def get_success_url(self) -> str:
        return str(self.thing.organization.get_absolute_url())


class HandOverView(OrganizationVerbPage):
    """The secretary changes: the head's post passes to another account, and where it is wished the contact's name."""

    able = "handed_over_by"
    form_class = HandOverForm
    title, button = _("更换书记"), _("移交岗位")
    explain = _("负责人变动时办理。原负责人的这一角色今天起终止；接任账号如是新建，请随后出具激活单。")
    done = _("岗位已移交。")

    def get_form_kwargs(self) -> dict[str, Any]:
        writable = Organization.objects.filter(pk=self.thing.pk).contactable_by(self.request.user).exists()
        return super().get_form_kwargs() | {"writable": writable}

    def speak(self, form: forms.Form) -> Any:
        data, by, at = form.cleaned_data, self.request.user, timezone.now()
        with transaction.atomic():
            to = User.objects.filter(username=data["username"]).first()
            to = to or accounts.open_account(username=data["username"], name=data["name"], by=by, at=at)  # type: ignore[arg-type]
            granted = accounts.hand_over(self.thing, from_user=None, to=to, by=by, at=at)  # type: ignore[arg-type]
            if data.get("as_contact") and self.thing.contact != to.name:
                self.thing.contact = to.name
                edit(self.thing, ["contact"], by=by, at=at, verb="edit_contact")  # type: ignore[arg-type]
        return granted
