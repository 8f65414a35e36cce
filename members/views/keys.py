"""Programs' keys: one asks, the security administrator grants, who asked draws it once; to revoke takes one person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from members import keys
from members.forms.keys import KeyForm
from members.models import ApiClient, Approval
from members.pages import ListPage, Page, ReasonForm, VerbPage, blame
from members.states import Refused


class KeyListView(ListPage):
    """The keys of one's region and organisations, and what one has asked for and nobody has decided yet."""

    model = ApiClient
    template_name = "keys/key_list.html"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("region", "organization", "asked_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, user, now = super().get_context_data(**kwargs), self.request.user, timezone.now()
        ids = [client.pk for client in context["object_list"]]
        drawable = set(ApiClient.objects.drawable_by(user).filter(pk__in=ids).values_list("pk", flat=True))
        revocable = set(ApiClient.objects.revocable_by(user).filter(pk__in=ids).values_list("pk", flat=True))
        rows = [(c, c.standing(now), c.pk in drawable, c.pk in revocable) for c in context["object_list"]]
        asked: Any = Approval.objects.visible_to(user).pending().filter(verb=keys.VERB)
        asked = asked.select_related("proposed_by").prefetch_related("thing")
        return context | {"rows": rows, "asked": asked, "may_ask": keys.may_ask_keys(user)}


class KeyAskView(Page, FormView):
    """Ask for a key; the security administrator decides."""

    template_name = "keys/key_ask.html"
    form_class = KeyForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not keys.may_ask_keys(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def form_valid(self, form: KeyForm) -> HttpResponse:
        words = form.cleaned_data
        try:
            keys.ask_key(words.pop("place"), **words, by=self.request.user, at=timezone.now())  # type: ignore[arg-type]
        except forms.ValidationError as odd:
            blame(form, odd)
            return self.form_invalid(form)
        except Refused as refused:
            form.add_error(None, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, _("已提出，等待安全管理员复核；同意后由您领取密钥。"))
        return HttpResponseRedirect(reverse("keys:list"))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class KeyVerbPage(VerbPage):
    model = ApiClient
    template_name = "keys/key_verb.html"
    title: Any = ""
    button: Any = ""
    explain: Any = ""


class KeyDrawView(KeyVerbPage):
    """The answer to the POST shows the key: nothing keeps it, so it is shown once."""

    able, who = "drawable_by", "drawn_by"
    title, button = _("领取密钥"), _("生成并显示密钥")
    explain = _("密钥只显示一次，离开后不能再看到。请直接存入对方程序的配置，不要用聊天软件转发。")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            key = keys.draw_key(self.thing, by=self.request.user, at=timezone.now())  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return render(self.request, "keys/key_shown.html", {"client": self.thing, "key": key})


class KeyRevokeView(KeyVerbPage):
    able, who = "revocable_by", "revoked_by"
    form_class = ReasonForm
    title, button, done, danger = _("吊销密钥"), _("吊销"), _("密钥已吊销，立即失效。"), True
    explain = _("对方程序立即不能再调用接口，不能恢复；需要时重新申请。")

    def speak(self, form: forms.Form) -> Any:
        who: Any = self.request.user
        return keys.revoke_key(self.thing, by=who, at=timezone.now(), reason=form.cleaned_data["reason"])
