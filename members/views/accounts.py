"""Accounts of one's subordinates, one's own settings, and the security administrator's second pair of eyes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from members import accounts
from members.filters import UserFilter
from members.forms import NewUserForm, OpinionForm, PasswordForm, RoleForm
from members.models import Approval, Step, User
from members.pages import DetailPage, ListPage, Page, ReasonForm, VerbPage, too_often
from members.sessions import handle_of
from members.states import Refused
from members.throttling import over
from members.transitions import approve, refuse
from members.words import device_of, events_of, of_a_role, role_words

TRIES = 10


class UserListView(ListPage):
    """The accounts below the user, each with the roles it holds today."""

    model = User
    template_name = "accounts/user_list.html"
    filterset_class = UserFilter
    ordering = ("username",)

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_roles(timezone.localdate())  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_open=may_open(self.request.user), **kwargs)


class UserDetailView(DetailPage):
    """An account, its roles and its history, with what the user may do to it."""

    model = User
    template_name = "accounts/user_detail.html"
    context_object_name = "account"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, user = User.objects.filter(pk=self.object.pk), self.request.user
        steps = Step.objects.of(self.object).with_actors().reverse()[:30]
        return super().get_context_data(
            roles=self.object.current_roles, events=events_of(steps, of_a_role),
            manageable=one.governable_by(user).exists(), proposable=one.proposable_by(user).exists(),
            factor_removable=one.factor_removable_by(user).exists(), **kwargs,
        )  # fmt: skip


class NewUserView(Page, FormView):
    """Open an account and propose the role that it is for; the security administrator decides about the role."""

    template_name = "accounts/user_open.html"
    form_class = NewUserForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not may_open(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def form_valid(self, form: NewUserForm) -> HttpResponse:
        data, by, at = form.cleaned_data, self.request.user, timezone.now()
        with transaction.atomic():
            user = accounts.open_account(username=data["username"], name=data["name"], by=by, at=at)  # type: ignore[arg-type]
            accounts.propose_role(user, by=by, at=at, reason=data["reason"], role=data["role"], **data["where"])  # type: ignore[arg-type]
        messages.success(self.request, _("账号已建立，角色等待安全管理员复核。"))
        return HttpResponseRedirect(reverse("accounts:list"))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AccountVerbPage(VerbPage):
    """A verb on an account below the user."""

    model = User
    able = "governable_by"
    template_name = "accounts/user_verb.html"
    form_class: Any = ReasonForm
    title: Any = ""
    button: Any = ""
    explain: Any = ""


class SlipView(AccountVerbPage):
    """A new activation slip. The answer to the POST is the paper: nothing keeps the code, so it is shown once."""

    form_class = forms.Form
    title, button = _("出具激活单"), _("生成并显示激活单")
    explain = _("激活单只显示一次，请当面交给本人。旧的激活单同时作废。")
    verb: Any = staticmethod(accounts.issue_slip)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            code = self.verb(self.thing, by=self.request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        context = {
            "account": self.thing,
            "code": code,
            "term": accounts.SLIP_TERM.days,
            "address": reverse("accounts:activate"),
        }
        return render(self.request, "accounts/slip.html", context)


class ResetView(SlipView):
    """Take the old password away and hand over a new slip."""

    title, button = _("重置密码"), _("重置并显示激活单")
    explain = _("旧密码立即失效，已登录的会话全部退出；本人凭新的激活单设置密码。")
    verb = staticmethod(accounts.reset)


class DisableView(AccountVerbPage):
    title, button, done = _("停用账号"), _("停用"), _("账号已停用。")
    explain = _("停用后立即退出登录，不能再次登录。")

    def speak(self, form: forms.Form) -> Any:
        return accounts.disable(self.thing, by=self.request.user, at=timezone.now(), reason=form.cleaned_data["reason"])  # type: ignore[arg-type]


class EnableView(AccountVerbPage):
    title, button, done = _("启用账号"), _("启用"), _("账号已启用。")

    def speak(self, form: forms.Form) -> Any:
        return accounts.enable(self.thing, by=self.request.user, at=timezone.now(), reason=form.cleaned_data["reason"])  # type: ignore[arg-type]


class ProposeRoleView(AccountVerbPage):
    """Ask the security administrator to grant a role."""

    able = "proposable_by"
    form_class = RoleForm
    title, button, done = _("申请角色"), _("提出申请"), _("已提出，等待安全管理员复核。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def speak(self, form: forms.Form) -> Any:
        data = form.cleaned_data
        by: Any = self.request.user
        at = timezone.now()
        return accounts.propose_role(
            self.thing, by=by, at=at, reason=data["reason"], role=data["role"], **data["where"]
        )


class GrantListView(Page, TemplateView):
    """Role grants that wait for the security administrator, and the last decided ones."""

    template_name = "accounts/grant_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        if user.duty not in {"security", "audit"}:  # type: ignore[union-attr]
            raise PermissionDenied
        seen = Approval.objects.visible_to(user).filter(panel="security")
        seen = seen.select_related("proposed_by", "decided_by").prefetch_related("thing")
        waiting, decided = list(seen.pending()[:100]), list(seen.exclude(state="pending")[:20])
        words = role_words([*waiting, *decided])
        return super().get_context_data(
            waiting=[(row, words[row.pk]) for row in waiting], decided=[(row, words[row.pk]) for row in decided],
            may_decide=user.duty == "security", **kwargs,  # type: ignore[union-attr]
        )  # fmt: skip


class GrantVerbPage(VerbPage):
    """The security administrator's word on one role grant."""

    model = Approval
    able = "approvable_by"
    who = "seconded_by"
    form_class = OpinionForm
    template_name = "accounts/grant_verb.html"
    title: Any = ""

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().filter(panel="security")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(words=role_words([self.thing])[self.thing.pk], **kwargs)

    def get_success_url(self) -> str:
        return reverse("accounts:grants")


class GrantApproveView(GrantVerbPage):
    title, done = _("同意授予"), _("已同意，立即生效。")

    def speak(self, form: forms.Form) -> Any:
        by, said_ = self.request.user, form.cleaned_data["answer"]
        return approve(self.thing, by=by, at=timezone.now(), verbs=accounts.VERBS, answer=said_)  # type: ignore[arg-type]


class GrantRefuseView(GrantVerbPage):
    title, done = _("不同意授予"), _("已退回。")

    def speak(self, form: forms.Form) -> Any:
        return refuse(self.thing, by=self.request.user, at=timezone.now(), answer=form.cleaned_data["answer"])  # type: ignore[arg-type]


class SettingsView(Page, TemplateView):
    """我的: one's roles, one's sessions, large type, password."""

    template_name = "accounts/settings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        current = self.request.session.session_key
        rows = self.request.user.sessions.filter(expire_date__gt=timezone.now())  # type: ignore[union-attr]
        sessions = [(handle_of(row.pk), row, row.pk == current, device_of(row.agent)) for row in rows]
        return super().get_context_data(sessions=sessions, roles=self.request.user.current_roles, **kwargs)  # type: ignore[union-attr]


class RevokeSessionView(Page, TemplateView):
    """End one of one's own sessions, named by its handle."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, handle: str) -> HttpResponse:
        own = request.user.sessions.all()  # type: ignore[union-attr]
        session = next((row for row in own if handle_of(row.pk) == handle), None)
        if session is None:
            raise Http404
        accounts.revoke_session(session, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        if session.session_key == request.session.session_key:
            request.session.flush()
        else:
            messages.success(request, _("该设备已退出登录。"))
        return HttpResponseRedirect(reverse("accounts:settings"))


class PasswordView(Page, FormView):
    """Change one's own password; the other sessions end."""

    template_name = "accounts/password.html"
    form_class = PasswordForm
    success_url = reverse_lazy("accounts:settings")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wait = over(f"password:{request.user.pk}", TRIES)
        if wait is not None:
            return too_often(request, wait)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: PasswordForm) -> HttpResponse:
        user: Any = self.request.user
        try:
            accounts.set_password(user, form.cleaned_data["password"], at=timezone.now(), by=user)
        except ValidationError as weak:
            form.add_error("password", weak)
            return self.form_invalid(form)
        update_session_auth_hash(self.request, user)
        messages.success(self.request, _("密码已修改。"))
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def may_open(user: Any) -> bool:
    """Whether the user may open accounts: departments, committees, heads of organisations, the system administrator."""
    return user.duty == "system" or bool(user.rights.codes or user.rights.organizations)
