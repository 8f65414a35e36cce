"""The grammar of pages: lists that begin with a scope, and pages of one verb.

A page decides nothing: it fetches by an adjective, speaks a verb, shows what is true afterwards. It works without
JavaScript; what the verb refuses comes back as a form error (409 or 422) with the input kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import DetailView, FormView, ListView
from rest_framework.exceptions import ValidationError as RefusedCursor
from rest_framework.request import Request

from members.deadlocks import OF_A_REQUEST, again
from members.models import Approval
from members.mouths import demand, fetch
from members.pagination import CursorPages
from members.states import Refused
from members.throttling import over
from members.transitions import propose

PAGE_SIZE = 50


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """429 with the time to wait, in words and as Retry-After."""
    response = render(request, "registration/locked.html", {"minutes": max(1, seconds // 60)}, status=429)
    response["Retry-After"] = str(seconds)
    return response


class Page(LoginRequiredMixin, View):
    """Any page behind the log-in. ``today`` is the only clock that templates know.

    A form that a deadlock has undone is answered again, unless it brought files.
    """

    request: HttpRequest
    http_method_names: Sequence[str] = ["get", "post", "head", "options"]
    per_minute: Mapping[str, int] = {}
    """HTTP method -> how often an account may ask for this page; no limit where it is not named."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        limit = self.per_minute.get(request.method or "")
        if limit is not None and request.user.is_authenticated:
            wait = over(f"user:{request.user.pk}:{type(self).__name__}", limit)
            if wait is not None:
                return too_often(request, wait)
        answer = partial(super().dispatch, request, *args, **kwargs)
        return again(answer, OF_A_REQUEST) if request.method == "POST" and not request.FILES else answer()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(today=timezone.localdate(), **kwargs)  # type: ignore[misc]


def paged(request: HttpRequest, rows: QuerySet, ordering: Any, size: int) -> tuple[list[Any], str | None, str | None]:
    """The rows that the address's cursor asks for, and the addresses of those before and after them."""
    pager = CursorPages()
    pager.page_size, pager.ordering, pager.page_size_query_param = size, ordering, None  # type: ignore[assignment]
    try:
        found = pager.paginate_queryset(rows, Request(request), view=None)
    except RefusedCursor as odd:
        raise Http404 from odd
    return found or [], pager.get_previous_link(), pager.get_next_link()


class ListPage(Page, ListView):
    """A list in the user's scope, filtered by the model's one FilterSet, paged by cursor (constant cost).

    Context: ``object_list`` (at most ``page_size`` rows), ``filter`` (the bound FilterSet), ``next_url``,
    ``previous_url``.
    """

    filterset_class: type | None = None
    ordering: Any = ("-id",)
    page_size = PAGE_SIZE

    def get_queryset(self) -> QuerySet:
        things = self.model._default_manager.visible_to(self.request.user)  # type: ignore[union-attr]
        if self.filterset_class is None:
            return things
        self.filter = self.filterset_class(self.request.GET, queryset=things, request=self.request)
        return self.filter.qs if self.filter.is_valid() else things.none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows, previous, following = paged(self.request, self.get_queryset(), self.ordering, self.page_size)
        self.object_list: Any = rows
        return super().get_context_data(
            object_list=rows,
            filter=getattr(self, "filter", None),
            next_url=following,
            previous_url=previous,
            **kwargs,
        )


class DetailPage(Page, DetailView):
    """One thing that the user may see; anything else is a 404 because it was never fetched."""

    def get_queryset(self) -> QuerySet:
        return self.model._default_manager.visible_to(self.request.user)

    def get_object(self, queryset: QuerySet | None = None) -> Model:
        return fetch(self.get_queryset() if queryset is None else queryset, self.kwargs["pk"])


class VerbPage(Page, FormView):
    """A page that speaks one verb on one thing: GET shows the form, POST speaks.

    Set ``model``, ``able`` (the queryset word of who may, see ``members.mouths.demand``), optionally ``who``,
    ``form_class`` (default: a bare confirmation), ``done`` (the sentence afterwards) and ``speak()``.
    """

    model: type[Model]
    able: str
    who: str | None = None
    form_class: type[forms.Form] = forms.Form
    done = _("已办理。")
    thing: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            self.thing = fetch(self.get_queryset(), kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def get_queryset(self) -> QuerySet:
        return self.model._default_manager.visible_to(self.request.user)  # type: ignore[attr-defined]

    def speak(self, form: forms.Form) -> Any:
        """Call the verb with the cleaned data."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            demand(self.thing, request.user, self.able, self.who)
        except Refused as refused:
            messages.warning(request, refused.message)
            return HttpResponseRedirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            demand(self.thing, request.user, self.able, self.who)  # who may not is told so before what is wrong
        except Refused as refused:
            form = self.get_form()
            form.add_error(None, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.result = self.speak(form)
        except Refused as refused:
            form.add_error(None, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        except ValidationError as invalid:
            blame(form, invalid)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return HttpResponseRedirect(self.get_success_url())

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_success_url(self) -> str:
        return str(self.thing.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(thing=self.thing, **kwargs)


def blame(form: forms.Form, invalid: ValidationError) -> None:
    """Put a verb's complaints beside the fields that they name; those of no field of the form stand above it."""
    for field, found in invalid.error_dict.items() if hasattr(invalid, "error_dict") else [(None, invalid)]:
        form.add_error(field if field in form.fields else None, found)


class SecondPersonPage(VerbPage):
    """A verb that another person must approve: POST leaves a pending Approval of ``verb`` instead of speaking it.

    ``arguments(form)`` gives the JSON arguments; the form must have a ``reason``.
    """

    verb: str = ""
    done = _("已提出，等待另一位同志复核。")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().get(request, *args, **kwargs)
        waits = Approval.objects.of(self.thing).pending().filter(verb=self.verb)
        if self.verb and answer.status_code == 200 and waits.exists():
            messages.warning(request, _("此事已有人提出，正在等待复核。"))
            return HttpResponseRedirect(self.thing.get_absolute_url())
        return answer

    def arguments(self, form: forms.Form) -> dict[str, Any]:
        return {}

    def speak(self, form: forms.Form) -> Any:
        return propose(
            self.verb, self.thing, by=self.request.user, at=timezone.now(),  # type: ignore[arg-type]
            reason=form.cleaned_data["reason"], region_id=self.thing.region_id, arguments=self.arguments(form),
        )  # fmt: skip

    def get_success_url(self) -> str:
        made = getattr(self, "result", None)
        return reverse("approvals:detail", args=[made.pk]) if made else super().get_success_url()


class ReasonForm(forms.Form):
    """A reason in words: what returns, refusals and proposals ask for."""

    reason = forms.CharField(
        label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3, "data-draft": ""})
    )
