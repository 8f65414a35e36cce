"""Pages of rotation: an alliance's calendar of hosts, its order while it is drawn up, and the swaps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.forms.rotation import RotationForm, SwapForm
from alliances.models import Alliance, HostTurn, Rotation, Swap
from alliances.transitions import (
    accept_swap,
    arrange,
    ask_swap,
    draw_up_rotation,
    end_rotation,
    refuse_swap,
    set_rotation,
    withdraw_swap,
)
from alliances.transitions.rotation import in_order
from alliances.transitions.turns import calendar
from alliances.views.alliance import AlliancePage
from alliances.views.papers import PaperVerbView
from alliances.words import ROTATION_BUTTONS, ROTATION_TAB_BUTTONS
from members.buttons import buttons_for
from members.models import Organization, Step
from members.pages import ReasonForm
from members.words import events_of

SHOWN = 60


class AllianceRotationView(AlliancePage):
    """轮值: who hosts now, the calendar, the swaps that wait for an answer."""

    tab = "rotation"
    template_name = "alliances/alliance_rotation.html"
    buttons = ROTATION_TAB_BUTTONS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rotation = Rotation.objects.visible_to(user).filter(alliance=self.object).present().first()
        turns = HostTurn.objects.visible_to(user).filter(alliance=self.object).standing()
        swaps = Swap.objects.visible_to(user).filter(turn__alliance=self.object)
        steps = Step.objects.of(rotation).with_actors() if rotation else ()
        return super().get_context_data(
            rotation=rotation,
            rotation_buttons=buttons_for(rotation, user, ROTATION_BUTTONS) if rotation else (),
            slots=preview(rotation) if rotation and rotation.state == "draft" else (),
            turns=turns.filter(rotation=rotation).select_related("organization")[:SHOWN],
            swappable=set(turns.swappable_by(user).values_list("pk", flat=True)),
            swaps=swaps.select_related("turn", "other", "asked_by", "asked_of")[:20],
            answerable=set(swaps.answerable_by(user).values_list("pk", flat=True)),
            withdrawable=set(swaps.withdrawable_by(user).values_list("pk", flat=True)),
            events=events_of(steps),
            **kwargs,
        )


def preview(rotation: Rotation) -> list[tuple[Organization, Any]]:
    """What the turns of a calendar would be: each organisation with its slot."""
    slots = list(calendar(rotation, in_order(rotation), rotation.starts_on))
    names = Organization.objects.in_bulk([slot.organization for slot in slots])
    return [(names[slot.organization], slot) for slot in slots]


class RotationDrawUpView(PaperVerbView):
    model = Alliance
    able, who, tab, form_class = "rotatable_by", "led_by", "rotation", RotationForm
    title, button, done = _("排轮值表"), _("按成员次序生成"), _("已按成员次序生成，请核对次序，再排定并通知成员。")
    explain = _("牵头党组织排第一，其他成员按加入先后；次序在排定之前可以调整。")

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate()}

    def speak(self, form: forms.Form) -> Any:
        return draw_up_rotation(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class RotationVerbView(PaperVerbView):
    model = Rotation
    tab = "rotation"


class RotationArrangeView(RotationVerbView):
    """Start, length and order: a button moves an organisation up or down by one place."""

    able, who, form_class = "arrangeable_by", "kept_by", RotationForm
    template_name = "rotations/rotation_arrange.html"
    title, button, done = _("调整轮值表"), _("保存"), _("已调整。")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.thing, name) for name in ("starts_on", "length", "unit")}

    def get_form_class(self) -> type[forms.Form]:
        return MoveForm if {"up", "down"} & set(self.request.POST) else RotationForm

    def speak(self, form: forms.Form) -> Any:
        words = form.moved(self.thing) if isinstance(form, MoveForm) else form.cleaned_data
        return arrange(self.thing, **words, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return (
            reverse("rotations:arrange", args=[self.thing.pk])
            if hasattr(self, "result")
            else self.thing.get_absolute_url()
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(slots=preview(self.thing), **kwargs)


class MoveForm(forms.Form):
    """Which organisation goes up, or down, by one place."""

    up = forms.IntegerField(required=False, min_value=1)
    down = forms.IntegerField(required=False, min_value=1)

    def moved(self, rotation: Rotation) -> dict[str, Any]:
        """The order afterwards; unchanged for who is not in it, and at either end."""
        order = in_order(rotation)
        wanted, step = (self.cleaned_data["up"], -1) if self.cleaned_data["up"] else (self.cleaned_data["down"], 1)
        if wanted in order:
            place = order.index(wanted)
            other = min(max(place + step, 0), len(order) - 1)
            order[place], order[other] = order[other], order[place]
        names = Organization.objects.in_bulk(order)
        return {"order": [names[pk] for pk in order]}


class RotationSetView(RotationVerbView):
    able, who = "settable_by", "kept_by"
    title, button, done = _("排定轮值表"), _("排定并通知成员"), _("轮值表已排定，已通知各成员。")
    explain = _("排定后次序不再改动，由两个轮值组织商定后可以调换；到日子系统自动交接。")

    def speak(self, form: forms.Form) -> Any:
        return set_rotation(self.thing, by=self.request.user, at=timezone.now())


class RotationEndView(RotationVerbView):
    able, who, form_class = "endable_by", "kept_by", ReasonForm
    title, button, done, danger = _("结束轮值表"), _("结束轮值表"), _("轮值表已结束，可以重新排定。"), True
    explain = _("正在进行的一期到昨天为止，还没有开始的取消；已经轮值的留作记录。")

    def speak(self, form: forms.Form) -> Any:
        return end_rotation(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class TurnSwapView(PaperVerbView):
    """Ask another host to change turns."""

    model = HostTurn
    able, who, tab, form_class = "swappable_by", "of_own", "rotation", SwapForm
    title, button, done = _("提出调换"), _("征求对方同意"), _("已提出，等待对方答复。")
    explain = _("对方同意后两期对调；不同意的会写明理由。任一期开始之后，未答复的调换自动失效。")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("organization", "rotation")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"turn": self.thing}

    def speak(self, form: forms.Form) -> Any:
        return ask_swap(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class SwapVerbView(PaperVerbView):
    model = Swap
    tab = "rotation"
    who = "asked_of_own"

    def get_queryset(self) -> QuerySet:
        swaps = Swap.objects.visible_to(self.request.user)
        return swaps.select_related("turn__alliance__lead", "other", "asked_by", "asked_of")

    @property
    def alliance(self) -> Any:
        return self.thing.turn.alliance


class SwapAcceptView(SwapVerbView):
    able = "answerable_by"
    title, button, done = _("同意调换"), _("同意调换"), _("已调换。")

    def speak(self, form: forms.Form) -> Any:
        return accept_swap(self.thing, by=self.request.user, at=timezone.now())


class SwapRefuseView(SwapVerbView):
    able, form_class = "answerable_by", ReasonForm
    title, button, done = _("不同意调换"), _("不同意"), _("已答复对方。")

    def speak(self, form: forms.Form) -> Any:
        return refuse_swap(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class SwapWithdrawView(SwapVerbView):
    able, who = "withdrawable_by", "asked_by_own"
    title, button, done = _("撤回调换"), _("撤回"), _("已撤回。")

    def speak(self, form: forms.Form) -> Any:
        return withdraw_swap(self.thing, by=self.request.user, at=timezone.now())
