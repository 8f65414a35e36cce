"""What leaves the house for a person or a group chat: one's own settings, robots, and what became of each message."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View

from members import robots
from members.forms.messages import PreferenceForm, RobotForm
from members.models import Delivery, Preference, Robot
from members.pages import ListPage, Page, VerbPage, blame
from members.sending import deliver, replay
from members.states import Refused

TESTS = 6
"""How many tests a minute: each calls somebody else's server."""


class PreferenceView(Page, FormView):
    """Whether and when one also gets a mail a day."""

    template_name = "members/message_settings.html"
    form_class: Any = PreferenceForm
    success_url = reverse_lazy("messages:settings")

    def get_form_kwargs(self) -> dict[str, Any]:
        own = Preference.objects.filter(user=self.request.user).first()  # type: ignore[misc]
        return super().get_form_kwargs() | {"instance": own}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        robots_there = may_set_robots(self.request.user)
        return super().get_context_data(mail=settings.EMAIL_ON, may_set_robots=robots_there, **kwargs)

    def form_valid(self, form: PreferenceForm) -> HttpResponse:
        robots.set_preference(self.request.user, **form.cleaned_data, at=timezone.now())  # type: ignore[arg-type]
        messages.success(self.request, _("已保存。"))
        return HttpResponseRedirect(str(self.success_url))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class MailTestView(Page, View):
    """Send oneself a mail, now."""

    http_method_names = ["post"]
    per_minute = {"POST": TESTS}

    def post(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        try:
            say_how_it_went(request, robots.test_mail(request.user, at=now))  # type: ignore[arg-type]
        except Refused as refused:
            messages.warning(request, refused.message)
        return HttpResponseRedirect(reverse("messages:settings"))


class RobotListView(ListPage):
    """The robots of one's organisations or of one's department's region, those in use first."""

    model = Robot
    template_name = "members/robot_list.html"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().in_use().select_related("organization", "region")  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_set_robots=may_set_robots(self.request.user), **kwargs)


class RobotNewView(Page, FormView):
    """A robot of one's organisation or of one's department's region."""

    template_name = "members/robot_set.html"
    form_class = RobotForm
    success_url = reverse_lazy("messages:robots")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not may_set_robots(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def form_valid(self, form: RobotForm) -> HttpResponse:
        try:
            robots.set_robot(**form.cleaned_data, by=self.request.user, at=timezone.now())  # type: ignore[arg-type]
        except forms.ValidationError as odd:
            blame(form, odd)
            return self.form_invalid(form)
        messages.success(self.request, _("已设置，请发一条测试消息。"))
        return HttpResponseRedirect(str(self.success_url))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RobotVerbPage(VerbPage):
    model = Robot
    able, who = "manageable_by", "visible_to"
    template_name = "members/robot_verb.html"
    title: Any = ""
    lead: Any = ""
    button: Any = ""


class RobotTestView(RobotVerbPage):
    """Write one line into the chat, now."""

    per_minute = {"POST": TESTS}
    title, button, done = _("发测试消息"), _("发送"), _("已交给群机器人。")
    lead = _("马上在群里发一条测试消息。")

    def speak(self, form: forms.Form) -> Any:
        now = timezone.now()
        delivery = robots.test_robot(self.thing, by=self.request.user, at=now)  # type: ignore[arg-type]
        deliver(delivery.pk, {}, at=now)
        delivery.refresh_from_db()
        if delivery.state != Delivery.State.CONFIRMED:
            raise Refused("undelivered", delivery.last_error)
        return delivery


class RobotEndView(RobotVerbPage):
    title, button, done = _("停用群机器人"), _("停用"), _("已停用。")
    lead = _("停用后不再往这个群里提醒；要恢复请重新设置。")

    def speak(self, form: forms.Form) -> Any:
        return robots.end_robot(self.thing, by=self.request.user, at=timezone.now())  # type: ignore[arg-type]


class DeliveryListView(ListPage):
    """What was sent to oneself and to one's robots, and what became of it."""

    model = Delivery
    template_name = "members/delivery_list.html"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("user", "robot__organization", "robot__region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = Delivery.objects.filter(pk__in=[row.pk for row in self.object_list])
        return context | {"replayable": set(shown.replayable_by(self.request.user).values_list("pk", flat=True))}


class ReplayView(VerbPage):
    """Once more, under the same id."""

    model = Delivery
    able, who = "replayable_by", "visible_to"
    template_name = "members/delivery_replay.html"
    done = _("已重新排队，一分钟内发出（夜间和节假日顺延到上班时间）。")

    def speak(self, form: forms.Form) -> Any:
        return replay(self.thing, by=self.request.user, at=timezone.now())  # type: ignore[arg-type]


def may_set_robots(user: Any) -> bool:
    """Heads of organisations and organisation departments."""
    return bool(user.rights.organizations or user.rights.departments)


def say_how_it_went(request: HttpRequest, delivery: Delivery) -> None:
    """Send it here and now, and say what the other side said."""
    deliver(delivery.pk, {}, at=timezone.now())
    delivery.refresh_from_db()
    if delivery.state == Delivery.State.CONFIRMED:
        messages.success(request, _("测试邮件已交给邮件服务器，请查收。"))
    else:
        messages.warning(request, delivery.last_error)
