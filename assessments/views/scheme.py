"""Pages of a year's scheme: the register, its indicators and weights, opening, closing, publishing, the results."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from alliances.models import Alliance
from assessments import differences, results, scoring, transitions
from assessments.filters import SchemeFilter
from assessments.forms.scheme import SchemeNewForm, SchemeTermsForm
from assessments.forms.year import PublishForm
from assessments.models import Indicator, Scheme
from assessments.progress import handing_out, own_of, told_of
from assessments.sheets import counts_of
from assessments.transitions import pending_on
from assessments.trees import tree_of_lines
from assessments.views.sheet import SheetEditView, buttons_beside, indicators_of
from members.buttons import Button
from members.charts import Series, Slice
from members.models import Step
from members.mouths import fetch
from members.pages import DetailPage, ListPage, Page, ReasonForm, SecondPersonPage, VerbPage
from members.scope import rights_of
from members.states import Refused
from members.words import events_of

BUTTONS = (
    Button(_("启动评价"), "assessments:open", "openable_by", "play", primary=True),
    Button(_("修改指标和权重"), "assessments:edit", "editable_by", "pencil", sheet=False),
    Button(_("提出补充指标"), "assessments:supplement_new", "supplementable_by", "plus"),
    Button(_("部门评分"), "assessments:marks", "markable_by", "pen-line", sheet=False),
    Button(_("结束评价"), "assessments:close", "closable_by", "lock", primary=True),
    Button(_("公布结果"), "assessments:publish", "publishable_by", "megaphone", primary=True),
)


class SchemeListView(ListPage):
    model = Scheme
    filterset_class = SchemeFilter
    template_name = "assessments/scheme_list.html"
    ordering = ("-year", "region_id")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_draw_up=bool(rights_of(self.request.user).departments), **kwargs)


class SchemeNewView(Page, FormView):
    """Draw up a scheme for a region of one's organisation department."""

    form_class = SchemeNewForm
    template_name = "assessments/scheme_new.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not rights_of(request.user).departments:
            raise PermissionDenied(_("考核方案由组织部门拟定。"))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def get_initial(self) -> dict[str, Any]:
        return SchemeNewForm.beginning(timezone.localdate())

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        said = dict(form.cleaned_data)
        try:
            scheme = transitions.draw_up(said.pop("region"), by=self.request.user, at=timezone.now(), **said)
        except Refused as refused:
            form.add_error(None, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        except ValidationError as invalid:
            form.add_error(None, invalid.messages[0])
            return self.form_invalid(form)
        return HttpResponseRedirect(scheme.get_absolute_url())

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SchemeDetailView(DetailPage):
    model = Scheme
    template_name = "assessments/scheme_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scheme, user = self.object, self.request.user
        total, left = counts_of(scheme, user) if scheme.state == Scheme.State.OPEN else (0, 0)
        sketched = scheme.state == Scheme.State.DRAFT
        approval = pending_on(scheme).visible_to(user).first()
        return super().get_context_data(
            **indicators_of(scheme),
            supplements=scheme.supplements.visible_to(user).select_related("region"),
            changes=differences.of_scheme(scheme) if sketched else (),
            against=differences.previous(scheme) if sketched else None,
            assessed=scoring.assessed_by(scheme).visible_to(user).count(),
            tasks=total,
            left=left,
            buttons=buttons_beside(approval, scheme, user, BUTTONS),
            approval=approval,
            shows_results=results.shown_to(scheme, user),
            own_year=own_of(scheme, user) if scheme.state != Scheme.State.DRAFT else (),
            handing_out=handing_out(self.object, user) if scheme.state == Scheme.State.OPEN else (),
            asks_masses=Scheme.objects.issuable_by(user).filter(pk=scheme.pk).exists(),
            appealing=scheme.appeals.visible_to(user).open().count(),
            shows_progress=scheme.state != Scheme.State.DRAFT and bool(rights_of(user).codes),
            events=events_of(Step.objects.of(scheme).with_actors()) if rights_of(user).codes else (),
            **kwargs,
        )


class SchemeEditView(SheetEditView):
    """The terms and the tree of a draft; an emptied row is dropped."""

    model = Scheme
    form_class: Any = SchemeTermsForm
    template_name = "assessments/scheme_edit.html"
    done = _("已保存。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Scheme.objects.get(pk=self.thing.pk)}

    def speak(self, form: forms.Form) -> Any:
        rows = self.rows().cleaned_rows()
        return transitions.amend(self.thing, form.cleaned_data, rows, by=self.request.user, at=timezone.now())


class SchemeOpenView(SecondPersonPage):
    """The weights take effect once another person has approved them."""

    model = Scheme
    able, who, verb = "openable_by", "directed_by", "schemes.open"
    form_class = ReasonForm
    template_name = "assessments/verb.html"
    title, button, icon = _("启动评价"), _("提出启动"), "play"

    def speak(self, form: forms.Form) -> Any:
        transitions.complete_or_refuse(self.thing)
        return super().speak(form)


class SchemeCloseView(VerbPage):
    model = Scheme
    able, who = "closable_by", "directed_by"
    template_name = "assessments/verb.html"
    done = _("评价已结束，可以核对结果。")
    title, button, icon = _("结束评价"), _("结束评价"), "lock"

    def speak(self, form: forms.Form) -> Any:
        return transitions.close(self.thing, by=self.request.user, at=timezone.now())


class SchemePublishView(SecondPersonPage):
    """What is proposed is exactly what was computed: its fingerprint goes along."""

    model = Scheme
    able, who, verb = "publishable_by", "directed_by", "schemes.publish"
    form_class = PublishForm
    template_name = "assessments/verb.html"
    title, button, icon = _("公布结果"), _("提出公布"), "megaphone"

    def speak(self, form: forms.Form) -> Any:
        who: Any = self.request.user
        return transitions.propose_publication(self.thing, by=who, at=timezone.now(), **form.cleaned_data)


class ResultListView(ListPage):
    """The results of a scheme in code order, never ranked; before publication for the department alone."""

    model = Alliance
    template_name = "assessments/result_list.html"
    ordering = ("code", "id")

    def get_queryset(self) -> QuerySet:
        self.scheme = fetch(Scheme.objects.visible_to(self.request.user), self.kwargs["pk"])
        if not results.shown_to(self.scheme, self.request.user):
            raise Http404
        return results.alliances_for(self.scheme, self.request.user).select_related("region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        grades = results.grades(self.scheme, self.request.user)
        return context | {
            "scheme": self.scheme,
            "rows": results.of_alliances(self.scheme, context["object_list"]),
            "grades": [Slice(word, count) for word, count in grades],
            "own": results.of_members(self.scheme, self.request.user),
        }


class ResultDetailView(DetailPage):
    """An alliance's result with its working, and its members' results as far as the user may see them."""

    model = Alliance
    template_name = "assessments/result_detail.html"

    def get_object(self, queryset: QuerySet | None = None) -> Alliance:
        user = self.request.user
        self.scheme = fetch(Scheme.objects.visible_to(user), self.kwargs["pk"])
        if not results.shown_to(self.scheme, user):
            raise Http404
        return fetch(results.alliances_for(self.scheme, user), self.kwargs["alliance"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        result = results.of_alliances(self.scheme, [self.object])[0]
        lines = results.lines_of(result)
        drawn = [line for line in lines if line["points"] is not None]
        return super().get_context_data(
            scheme=self.scheme,
            result=result,
            lines=lines,
            tree=tree_of_lines(lines),
            silent=sum(Decimal(line["weight"]) for line in lines if line["points"] is None),
            axes=[line["name"] for line in drawn],
            shape=[Series(self.object.name, [float(line["points"]) for line in drawn])],
            members=results.of_members(self.scheme, self.request.user, self.object),
            **told_of(self.scheme, self.object, self.request.user, timezone.localdate()),
            sources=dict(Indicator.Source.choices),
            **kwargs,
        )
