"""Pages of imports (导入): what may come in, a file handed in, how far it is, what was found, confirmed, undone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from assessments import imports
from assessments.exports import EXPORTS_OF
from assessments.forms.imports import ImportForm
from assessments.tasks import ring_import
from members.downloads import download, workbook
from members.importing import runs
from members.importing.sheets import template_sheets
from members.importing.undoing import undo
from members.models import Approval, ImportRun, Step
from members.mouths import fetch
from members.pages import DetailPage, ListPage, Page, VerbPage
from members.scope import rights_of
from members.throttling import EXPORTS
from members.words import events_of

KINDS = tuple(imports.BY_KIND)
UPLOADS = 10
"""Files a minute and account."""


def with_labels(found: list[ImportRun]) -> list[ImportRun]:
    """Each run with the word for its kind."""
    for run in found:
        run.kind_label = imports.importer_of(run).label  # type: ignore[attr-defined]
    return found


class ImportListView(ListPage):
    """What the user may hand in, and what was handed in before."""

    model = ImportRun
    template_name = "imports/import_list.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rights = rights_of(self.request.user)
        context = super().get_context_data(
            importers=imports.open_to(self.request.user),
            exports=[export for export in EXPORTS_OF if not export.sheet],
            people_export=bool(rights.departments or rights.organizations),
            **kwargs,
        )
        with_labels(context["object_list"])
        return context


class KindPage(Page):
    """A page of one kind of import, for those to whom it is open."""

    kind: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.importer = imports.BY_KIND[kwargs["kind"]]
        if request.user.is_authenticated and not self.importer.open_to(request.user):
            raise PermissionDenied(_("这一类内容不由您导入。"))
        return super().dispatch(request, *args, **kwargs)


class ImportNewView(KindPage, FormView):
    """Hand in a file; its check begins at once, in the background where there is one."""

    template_name = "imports/import_new.html"
    form_class = ImportForm
    per_minute = {"POST": UPLOADS}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(importer=self.importer, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        file, now = form.cleaned_data["file"], timezone.now()
        by: Any = self.request.user
        run = runs.receive(self.importer, file.name, file.chunks(), by=by, at=now)
        ring_import(run)
        return HttpResponseRedirect(run.get_absolute_url())

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ImportTemplateView(KindPage):
    """The empty table: headings, drop-downs, and a sheet that explains them."""

    per_minute = {"GET": EXPORTS}

    def get(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        return workbook(f"template-{kind}", *template_sheets(self.importer))


class ImportDetailView(DetailPage):
    """One file: how far it is; what its check found, page by page; what it did."""

    model = ImportRun
    template_name = "imports/import_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run, user = self.object, self.request.user
        one = ImportRun.objects.filter(pk=run.pk)
        with_labels([run])
        return super().get_context_data(
            importer=imports.importer_of(run),
            page_obj=Paginator(run.faults.all(), 50).get_page(self.request.GET.get("page")),
            confirmable=one.confirmable_by(user).exists(),
            undoable=one.undoable_by(user).exists(),
            resumable=one.resumable_by(user).exists(),
            pending=Approval.objects.pending().filter(verb="imports.apply", thing_id=run.pk).first(),
            kept_until=run.uploaded_at + runs.KEPT,
            events=events_of(Step.objects.of(run).with_actors()),
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """A waiting page asks again every few seconds; once there is something to see it is loaded as a whole."""
        answer = super().render_to_response(context, **kwargs)
        if "HX-Request" in self.request.headers and not self.object.waits:
            answer["HX-Refresh"] = "true"
        return answer


class ImportMarkedView(Page):
    """The rows that were not good, each with its reasons, to be mended and handed in again."""

    per_minute = {"GET": EXPORTS}

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        run = fetch(ImportRun.objects.own_of(request.user), pk)
        if not run.stored or not run.faults.exists():
            raise Http404
        heads, rows = runs.bad_rows(run)
        return download(f"import-{run.pk}-marked", heads, rows, request.GET.get("format", "xlsx"))


class ImportVerbPage(VerbPage):
    model = ImportRun
    who = "own_of"
    template_name = "assessments/verb.html"


class ImportConfirmView(ImportVerbPage):
    """The good rows alone are imported; the bad ones stay outside."""

    able = "confirmable_by"
    title, button, icon = _("确认导入"), _("导入正确的行"), "file-check"

    def speak(self, form: forms.Form) -> Any:
        who: Any = self.request.user
        waiting = imports.confirm(self.thing, by=who, at=timezone.now())
        if waiting is None:
            ring_import(self.thing)
        self.done = _("开始导入。") if waiting is None else _("已提出，另一位同志复核同意后导入。")
        return waiting


class ImportUndoView(ImportVerbPage):
    """Everything that the import did is taken back, where nothing stands on it yet."""

    able = "undoable_by"
    done = _("这次导入已撤销。")
    title, button, icon = _("撤销导入"), _("撤销这次导入"), "undo-2"

    def speak(self, form: forms.Form) -> Any:
        who: Any = self.request.user
        return undo(self.thing, by=who, at=timezone.now())


class ImportResumeView(ImportVerbPage):
    """No worker has come: the file is brought on in this very request."""

    able = "resumable_by"
    done = _("已处理。")
    title, button, icon = _("立即处理"), _("现在处理"), "play"

    def speak(self, form: forms.Form) -> Any:
        return imports.advance(self.thing, at=timezone.now())
