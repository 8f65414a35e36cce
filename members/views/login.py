"""Pages before and around a log-in: log in, activate, switch the role, large type."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LoginView as DjangoLoginView
from django.contrib.auth.views import LogoutView
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import FormView

from members.accounts import activate
from members.factors import has_factor
from members.forms import ActivationForm, LoginForm
from members.middleware import address_of
from members.pages import too_often
from members.states import Refused
from members.throttling import over
from members.views.factors import set_out

__all__ = ["LogoutView"]

YEAR = 365 * 24 * 3600
TRIES = 10


class LoginView(DjangoLoginView):
    """The same words, and about the same time, for a wrong password, an unknown and a disabled account."""

    http_method_names = ["get", "post", "head", "options"]
    template_name = "registration/login.html"
    form_class = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """In, or to the second step where the account has an authenticator."""
        if has_factor(form.get_user()):
            return set_out(self.request, form.get_user(), self.get_success_url())
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        self.request.denial_code = "login_failed"  # type: ignore[attr-defined]
        return self.render_to_response(self.get_context_data(form=form), status=422)


def locked(request: HttpRequest, original: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """What the log-in guard answers after too many failures: 429, whether the account exists or not."""
    request.denial_code = "login_locked"  # type: ignore[attr-defined]
    return too_often(request, int(settings.AXES_COOLOFF_TIME.total_seconds()))


class ActivateView(FormView):
    """An account's first password, or its next one after a reset, with the slip in hand."""

    http_method_names = ["get", "post", "head", "options"]
    template_name = "registration/activate.html"
    form_class = ActivationForm
    success_url = reverse_lazy("accounts:login")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wait = over(f"activate:{address_of(request)}", TRIES)
        if wait is not None:
            return too_often(request, wait)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: ActivationForm) -> HttpResponse:
        said = form.cleaned_data
        try:
            activate(said["username"], said["code"], said["password"], at=timezone.now())
        except Refused as refused:
            self.request.denial_code = refused.code  # type: ignore[attr-defined]
            form.add_error(None, refused.message)
            return self.form_invalid(form)
        except ValidationError as weak:
            form.add_error("password", weak)
            return self.form_invalid(form)
        messages.success(self.request, _("密码已设置，请登录。"))
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To ``next`` where it is a page of ours, else home."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if ours else "/")


class SwitchView(LoginRequiredMixin, View):
    """Choose as what one acts. What one may do stays the union of one's roles."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST.get("role", "")
        role = next((r for r in request.user.current_roles if str(r.pk) == wanted), None)  # type: ignore[union-attr]
        if role is None:
            raise Http404
        request.session["acting"] = role.pk
        return back(request)


class ElderView(View):
    """Large type (大字) on this device."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        response = back(request)
        on = "1" if request.POST.get("elder") == "1" else "0"
        response.set_cookie(
            "elder", on, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
        return response


class KeepAliveView(LoginRequiredMixin, View):
    """The page asks to stay logged in: the request itself is the use of the session."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=204)
