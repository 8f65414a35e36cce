"""Pages of batches: to put several proposals forward in one step, and to decide on them on one sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from alliances.views.standing import arguments_of
from assessments.batches import one_kind, put_forward, settle
from assessments.forms.review import CONFIRM_FORMS, ChosenForm, SettleForm
from assessments.models import Batch, Proposal
from assessments.rehearsals import last_run
from assessments.views.review import StaffPage
from assessments.words import arguments_of as told_of
from assessments.words import found_of
from members.models import Approval
from members.mouths import fetch_all
from members.pages import ListPage, ReasonForm, VerbPage, blame
from members.scope import rights_of
from members.states import Refused


def chosen_by(user: Any, ids: Iterable[int]) -> list[Proposal]:
    """The proposals of these ids, all within the user's department; Http404 where one is not theirs to see, and
    PermissionDenied where they see it but only read."""
    seen = Proposal.objects.visible_to(user).select_related("alliance", "region")
    chosen = fetch_all(seen, ids)
    for proposal in chosen:
        if not rights_of(user).directs(proposal.region_id):
            raise PermissionDenied(_("处置建议由组织部门研判。"))
    return chosen


class BatchNewView(StaffPage, FormView):
    """GET with what was chosen asks once for all; POST puts it forward and shows what became of each."""

    template_name = "proposals/batch_new.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if rights_of(request.user).codes:
            self.asked = ChosenForm(request.POST if request.method == "POST" else request.GET)
            if not self.asked.is_valid():
                return HttpResponseRedirect(f"{reverse('proposals:list')}?state=open")
            self.verb = self.asked.cleaned_data["verb"]
            self.chosen = chosen_by(request.user, self.asked.cleaned_data["proposal"])
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[forms.Form]:
        kind = self.chosen[0].kind if self.verb == "proposals.confirm" else ""
        return CONFIRM_FORMS.get(kind, ReasonForm)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            one_kind(self.chosen, self.verb)
        except ValidationError as mixed:
            return self.render_to_response(self.get_context_data(form=None, mixed=mixed.messages[0]))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        merging = {"alliance": self.chosen[0].alliance, "user": self.request.user}
        return super().get_form_kwargs() | (merging if self.get_form_class() is CONFIRM_FORMS["merge"] else {})

    def form_valid(self, form: Any) -> HttpResponse:
        who: Any = self.request.user
        try:
            outcome = put_forward(
                self.chosen, self.verb, by=who, at=timezone.now(), reason=form.cleaned_data["reason"],
                arguments=arguments_of(form.cleaned_data),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        except ValidationError as invalid:
            blame(form, invalid)
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=None, outcome=outcome))

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        word = dict(ChosenForm.VERBS)[self.verb]
        return super().get_context_data(chosen=self.chosen, asked=self.asked, word=word, **kwargs)


class BatchListView(StaffPage, ListPage):
    """What was put forward together, newest first."""

    model = Batch
    template_name = "proposals/batch_list.html"
    ordering = ("-proposed_at", "-id")

    def get_queryset(self) -> Any:
        batches: Any = super().get_queryset()
        return batches.with_counts(self.request.user).select_related("proposed_by")


class BatchDetailView(VerbPage):
    """All of a batch on one sheet, each with its evidence; the second person agrees or not to each, or to all."""

    model = Batch
    able = "visible_to"
    template_name = "proposals/batch_detail.html"
    form_class: Any = SettleForm
    done = _("已逐条复核。")
    title = _("成批复核")

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("proposed_by")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.able, self.who = "decidable_by", "directed_by"
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        seen = self.thing.approvals.visible_to(self.request.user).select_related("decided_by")
        self.lines = list(seen.order_by("pk"))
        found = Proposal.objects.select_related("alliance", "region", "run")
        proposals = found.in_bulk([one.thing_id for one in self.lines])
        mine = set(Approval.objects.approvable_by(self.request.user).filter(
            pk__in=[one.pk for one in self.lines]).values_list("pk", flat=True))  # fmt: skip
        for one in self.lines:
            one.thing = proposals.get(one.thing_id)
            one.may_decide = one.pk in mine
        return super().get_form_kwargs() | {"approvals": [one for one in self.lines if one.may_decide]}

    def speak(self, form: Any) -> Any:
        who: Any = self.request.user
        return settle(
            self.thing, agreed=form.chosen("agree"), declined=form.chosen("decline"), by=who, at=timezone.now(),
            answer=form.cleaned_data["answer"],
        )  # fmt: skip

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        outcome = getattr(self, "result", None)
        if outcome is None or not outcome.left:
            return answer
        fresh = self.get_form_class()(**{k: v for k, v in self.get_form_kwargs().items() if k not in ("data", "files")})
        return self.render_to_response(self.get_context_data(form=fresh, outcome=outcome))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        for one in self.lines:
            one.found = found_of(one.thing)
            one.word = form[f"word_{one.pk}"] if f"word_{one.pk}" in form.fields else None
        said, newest = self.lines[0].arguments if self.lines else {}, last_run()
        stale = [one for one in self.lines if newest and one.state == Approval.State.PENDING
                 and one.thing.run.period_from < newest.period_from]  # fmt: skip
        return context | {
            "lines": self.lines, "waiting": any(one.word for one in self.lines), "arguments": told_of(said),
            "own": self.thing.proposed_by_id == self.request.user.pk, "newest": newest, "stale": stale,
        }  # fmt: skip
