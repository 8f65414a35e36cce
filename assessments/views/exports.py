"""Pages of exports (导出): the rows of a list as a file, made for the one who asks; persons only with four eyes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from assessments import exports
from members.downloads import download
from members.models import Approval
from members.pages import Page, ReasonForm
from members.scope import rights_of
from members.states import Refused
from members.throttling import EXPORTS

KINDS = tuple(exports.BY_NAME)


class ExportView(Page):
    """The rows that the list page shows with the same question, as Excel or CSV."""

    per_minute = {"GET": EXPORTS}

    def get(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        export = exports.BY_NAME[kind]
        asked = export.filterset(request.GET, queryset=export.things(request.user), request=request)
        if not asked.is_valid():
            raise Http404
        rows = export.importer.exported(export.rows(request.user, asked.qs))
        name = f"{kind}-{timezone.localdate():%Y%m%d}"
        return download(name, export.importer.heads, rows, request.GET.get("format", "xlsx"))


class PeopleExportView(Page, FormView):
    """A department asks for the persons of its region, with a reason; an organisation fetches its own list."""

    template_name = "imports/people_export.html"
    form_class = ReasonForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rights = rights_of(request.user)
        if request.user.is_authenticated and not (rights.departments or rights.organizations):
            raise PermissionDenied(_("党员名单由组织部门或本组织导出。"))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        mine = Approval.objects.pending().filter(verb="people.export", proposed_by=user).first()
        granted = exports.people_granted(user, at=timezone.now())
        return super().get_context_data(
            department=bool(rights_of(user).departments), own=bool(rights_of(user).organizations), pending=mine,
            granted=granted, until=granted and granted.decided_at and granted.decided_at + exports.GRANTED, **kwargs,
        )  # fmt: skip

    def form_valid(self, form: Any) -> HttpResponse:
        who: Any = self.request.user
        try:
            exports.ask_for_people(who, at=timezone.now(), reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, _("已提出，另一位同志复核同意后可以导出。"))
        return HttpResponseRedirect(self.request.path)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PeopleFileView(Page):
    """The file itself, by POST: who fetched it, and how many persons, stays on record."""

    http_method_names = ("post", "options")
    per_minute = {"POST": 6}

    def post(self, request: HttpRequest) -> HttpResponseBase:
        who: Any = request.user
        rows = exports.export_people(who, at=timezone.now())
        name = f"people-{timezone.localdate():%Y%m%d}"
        return download(name, exports.BY_KIND["people"].heads, rows, request.POST.get("format", "xlsx"))
