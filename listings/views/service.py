"""Pages of the service catalogue: find, read, begin an item from one; write, revise, retire."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.filters.project import ServiceFilter
from listings.forms.service import BeginForm, NewServiceForm, ServiceForm
from listings.models import Service
from listings.transitions import begin, list_service, retire_service, reveal_counter, revise_service
from listings.views.story import StoryVerbView
from listings.words.project import SERVICE_BUTTONS
from members.buttons import buttons_for
from members.filters import OrganizationFilter
from members.idempotency import OncePage
from members.models import Organization, Step
from members.pages import DetailPage, ListPage, ReasonForm
from members.scope import rights_of
from members.words import events_of

APART = ("begin", "reveal_phone")
"""What the record of a service leaves out: who used it and who looked at its phone is not for every neighbour."""


class ServiceListView(ListPage):
    """服务目录: what is offered where one sits, for a phone first."""

    model = Service
    filterset_class = ServiceFilter
    template_name = "services/service_list.html"
    ordering = ("title", "id")

    def get_queryset(self) -> QuerySet:
        rows: Any = super().get_queryset().select_related("department", "region")
        return rows if self.request.GET.get("state") else rows.current()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rights = rights_of(self.request.user)
        return super().get_context_data(may_write=bool(rights.codes or rights.organizations), **kwargs)


class ServiceDetailView(DetailPage):
    model = Service
    context_object_name = "service"
    template_name = "services/service_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("department", "region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        service, user = self.object, self.request.user
        steps = Step.objects.of(service).exclude(verb__in=APART).with_actors()
        return super().get_context_data(
            buttons=buttons_for(service, user, SERVICE_BUTTONS), events=events_of(steps), **kwargs
        )


class ServiceWhereView(ListPage):
    """For which department to write: one's own, and those that one governs."""

    model = Organization
    filterset_class = OrganizationFilter
    template_name = "services/service_where.html"
    ordering = ("code",)

    def get_queryset(self) -> QuerySet:
        mine = Organization.objects.handed_over_by(self.request.user).values("pk")
        return super().get_queryset().filter(pk__in=mine).select_related("region")


class ServiceNewView(StoryVerbView):
    """Write a service of a department."""

    model = Organization
    able = "handed_over_by"
    form_class: Any = NewServiceForm
    title, button, done = _("新增服务事项"), _("列入目录"), _("已列入目录。")
    verb = staticmethod(list_service)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "department": self.thing}

    def get_success_url(self) -> str:
        return str(self.result.get_absolute_url()) if hasattr(self, "result") else reverse("services:list")


class ServiceVerbView(StoryVerbView):
    model = Service
    who: str | None = "written_by"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("department")


class ServiceReviseView(ServiceVerbView):
    able, verb = "revisable_by", staticmethod(revise_service)
    form_class: Any = ServiceForm
    title, button, done = _("修订服务事项"), _("保存为新版本"), _("已修订。")
    explain = _("已发起的事项不受影响。")

    def get_initial(self) -> dict[str, Any]:
        return model_to_dict(self.thing, fields=ServiceForm.Meta.fields)


class ServiceRetireView(ServiceVerbView):
    able, form_class, verb, danger = "retirable_by", ReasonForm, staticmethod(retire_service), True
    title, button, done = _("停用服务事项"), _("停用"), _("已停用，仍可查阅。")


class ServiceBeginView(OncePage, ServiceVerbView):
    """One step: an item with everything that the service knows."""

    able, who, form_class, verb = "usable_by", "used_by", BeginForm, staticmethod(begin)
    title, button, done = _("发起事项"), _("发起事项"), _("已列入供需清单，等待研判、开放认领。")
    explain = _("名称、分类、需要和办理期限由服务目录带入。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "service": self.thing}

    def get_success_url(self) -> str:
        return str(self.result.get_absolute_url()) if hasattr(self, "result") else super().get_success_url()


class ServicePhoneView(ServiceVerbView):
    """The full phone of a counter: for a reason, and on record."""

    able, who, form_class = "revealable_by", "visible_to", ReasonForm
    title, button = _("查看完整电话"), _("查看")

    def form_valid(self, form: Any) -> HttpResponse:
        reveal_counter(self.thing, by=self.request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        return render(self.request, "services/phone.html", {"service": self.thing})
