"""Pages of the second factor: the second step of a log-in, one's own authenticator, the removal of a lost one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from members import factors
from members.forms.factors import CodeForm, FirstCodeForm
from members.models import User
from members.pages import Page, too_often
from members.states import Refused
from members.throttling import over
from members.views.accounts import TRIES, AccountVerbPage

HALFWAY = "halfway"
HALFWAY_TERM = timedelta(minutes=5)


def set_out(request: HttpRequest, user: User, following: str) -> HttpResponseRedirect:
    """The password was right and a code is wanted: the session knows who is on the way in, and nobody is logged in."""
    request.session.cycle_key()
    backend = user.backend
    request.session[HALFWAY] = {"user": user.pk, "backend": backend, "at": timezone.now().timestamp(), "to": following}
    return HttpResponseRedirect(reverse("accounts:second"))


def on_the_way(request: HttpRequest) -> tuple[User | None, dict[str, Any]]:
    """Who has given the right password less than five minutes ago."""
    found = request.session.get(HALFWAY, {})
    fresh = found and timezone.now().timestamp() - found["at"] < HALFWAY_TERM.total_seconds()
    return (User.objects.active().filter(pk=found["user"]).first() if fresh else None), found


class CodePage(FormView):
    """Asks for a code; a wrong one is said on the form, too many tries are told to wait."""

    http_method_names: Sequence[str] = ["get", "post", "head", "options"]
    form_class: Any = CodeForm

    def tried(self, user: User, form: Any) -> Any:
        """What ``speak`` gives for the code; the refusal as an answer."""
        wait = over(f"factor:{user.pk}", TRIES)
        if wait is not None:
            return too_often(self.request, wait)
        try:
            return self.speak(user, form.cleaned_data["code"], timezone.now())
        except Refused as refused:
            self.request.denial_code = refused.code  # type: ignore[attr-defined]
            if refused.code == "factor_locked":
                return too_often(self.request, int(factors.LOCK.total_seconds()))
            form.add_error("code", refused.message)
            return self.form_invalid(form)

    def speak(self, user: User, code: str, at: datetime) -> Any:
        raise NotImplementedError

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SecondStepView(CodePage):
    """The second step of a log-in."""

    template_name = "registration/second.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.user, self.halfway = on_the_way(request)
        if request.user.is_authenticated or self.user is None:
            return HttpResponseRedirect("/" if request.user.is_authenticated else reverse("accounts:login"))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = self.tried(self.user, form)  # type: ignore[arg-type]
        return answer

    def speak(self, user: User, code: str, at: datetime) -> HttpResponse:
        factors.prove(user, code, at=at)
        login(self.request, user, backend=self.halfway["backend"])
        self.request.session.pop(HALFWAY, None)
        self.request.session[factors.PROVED] = True
        return HttpResponseRedirect(self.halfway["to"])


class FactorView(Page, TemplateView):
    """One's own authenticator: whether there is one, and what can be done with it."""

    template_name = "accounts/factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        factor = user.second_factor if factors.has_factor(user) else None
        left = factor.recovery_codes.filter(used_at=None).count() if factor else 0
        return super().get_context_data(factor=factor, left=left, required=factors.required_of(user), **kwargs)


class FactorSetUpView(Page, CodePage):
    """Scan, type the first code, keep the recovery codes: they are shown in the answer to the POST and never again."""

    form_class = FirstCodeForm
    template_name = "accounts/factor_set_up.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and factors.has_factor(request.user):
            return HttpResponseRedirect(reverse("accounts:factor"))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        secret = factors.prepared(user)
        return super().get_context_data(
            secret=" ".join(secret[n : n + 4] for n in range(0, len(secret), 4)) if secret else "",
            address=factors.address_of(user, secret) if secret else "",
            required=factors.required_of(user),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "code" in request.POST:
            return super().post(request, *args, **kwargs)
        factors.prepare(request.user, at=timezone.now())  # type: ignore[arg-type]
        return HttpResponseRedirect(reverse("accounts:factor_set_up"))

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = self.tried(self.request.user, form)  # type: ignore[arg-type]
        return answer

    def speak(self, user: User, code: str, at: datetime) -> HttpResponse:
        codes = factors.confirm(user, code, at=at)
        update_session_auth_hash(self.request, user)
        self.request.session[factors.PROVED] = True
        return render(self.request, "accounts/recovery_codes.html", {"codes": codes})


class RecoveryCodesView(Page, CodePage):
    """New recovery codes for old ones."""

    template_name = "accounts/factor_code.html"
    extra_context = {
        "title": _("重新生成恢复码"),
        "explain": _("新的恢复码只显示一次，旧的同时作废。"),
        "button": _("生成"),
    }

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = self.tried(self.request.user, form)  # type: ignore[arg-type]
        return answer

    def speak(self, user: User, code: str, at: datetime) -> HttpResponse:
        codes = factors.renew_codes(user, code, at=at)
        return render(self.request, "accounts/recovery_codes.html", {"codes": codes})


class FactorGiveUpView(RecoveryCodesView):
    """The owner does without, where that is allowed."""

    success_url = reverse_lazy("accounts:factor")
    extra_context = {
        "title": _("停用第二因素"),
        "explain": _("停用后登录只需要密码。"),
        "button": _("停用"),
    }

    def speak(self, user: User, code: str, at: datetime) -> HttpResponse:
        factors.give_up(user, code, at=at)
        messages.success(self.request, _("第二因素已停用。"))
        return HttpResponseRedirect(str(self.success_url))


class FactorRemoveView(AccountVerbPage):
    """The security administrator removes a lost authenticator."""

    able = "factor_removable_by"
    title, button, done = _("解除第二因素"), _("解除"), _("第二因素已解除。")
    explain = _("用于验证器和恢复码都丢失的情况。请先核实本人身份；本人的全部会话立即退出。")

    def speak(self, form: Any) -> Any:
        by: Any = self.request.user
        return factors.remove(self.thing, by=by, at=timezone.now(), reason=form.cleaned_data["reason"])
