"""Slips for the masses on paper, and the page without a log-in on which a slip becomes an opinion."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from assessments import transitions
from assessments.forms.year import CodeForm, OpinionForm, SlipsForm
from assessments.models import SlipBatch
from assessments.transitions.slip import issuers_for, slip_of, vote
from assessments.views.of_alliance import OfAllianceView
from members.idempotency import OncePage
from members.middleware import address_of
from members.pages import too_often
from members.states import Refused
from members.throttling import over, spent

WRONG = 10
"""So many wrong codes a minute from one address; right ones are not counted, for a whole meeting may sit behind it."""


class SlipIssueView(OncePage, OfAllianceView):
    """Hand out slips. The answer to the POST is the paper: nothing keeps the codes, so they are shown once."""

    able = "issuable_by"
    form_class: Any = SlipsForm
    template_name = "opinions/slips_issue.html"
    title, button, icon = _("评议邀请单"), _("出具邀请单"), "ticket"
    done: Any = _("邀请单已出具。")

    def may_speak(self) -> bool:
        return issuers_for(self.alliance, self.request.user).exists()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"issuers": issuers_for(self.alliance, self.request.user)}

    def batches(self) -> QuerySet[SlipBatch]:
        mine = SlipBatch.objects.visible_to(self.request.user).filter(scheme=self.thing, alliance=self.alliance)
        return mine.with_used().select_related("organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(batches=self.batches(), **kwargs)

    def speak(self, form: forms.Form) -> Any:
        said: Any = {"by": self.request.user, "at": timezone.now()}
        return transitions.issue(self.thing, self.alliance, **form.cleaned_data, **said)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        answer = super().form_valid(form)
        if not hasattr(self, "result"):
            return answer
        batch, codes = self.result
        context = {"batch": batch, "codes": codes, "address": self.request.build_absolute_uri(reverse("opinion"))}
        return render(self.request, "opinions/slips.html", context)

    def get_success_url(self) -> str:
        return reverse("assessments:slips", args=[self.thing.pk, self.alliance.pk])


class OpinionView(FormView):
    """Type the code, tap 1 to 5. No log-in, and nothing is kept of who it was: a refusal leaves no address either."""

    http_method_names = ["get", "post", "head", "options"]
    template_name = "opinions/opinion.html"
    form_class = CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        request.unnamed = True  # type: ignore[attr-defined]
        answer: Any = super().dispatch(request, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer

    @property
    def caller(self) -> str:
        """Who guesses, for a minute's count: no address that anybody could read."""
        return f"opinion:{salted_hmac('opinion', address_of(self.request) or '').hexdigest()[:16]}"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wait = spent(self.caller, WRONG)
        return too_often(request, wait) if wait is not None else super().post(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            slip = slip_of(form.cleaned_data["code"])
            tapped = OpinionForm(self.request.POST if "stars" in self.request.POST else None)
            if not tapped.is_valid():
                status = 422 if tapped.is_bound else 200
                code = form.cleaned_data["code"]
                return self.show(alliance=slip.batch.alliance, form=tapped, code=code, status=status)
            said = tapped.cleaned_data
            vote(said["code"], stars=said["stars"], words=said["words"], at=timezone.now())
        except Refused as refused:
            return self.refuse(form, refused)
        return HttpResponseRedirect(reverse("opinion_thanks"))

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.show(form=form, status=422)

    def refuse(self, form: forms.Form, refused: Refused) -> HttpResponse:
        over(self.caller, WRONG)
        self.request.denial_code = refused.code  # type: ignore[attr-defined]
        form.add_error("code", refused.message)
        return self.show(form=form, status=409)

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)


class ThanksView(TemplateView):
    http_method_names = ["get", "head", "options"]
    template_name = "opinions/thanks.html"
