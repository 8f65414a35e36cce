"""Pages of what is passed on from one alliance to another: the other lead accepts, or sends back and says why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.filters.loop import ForwardingFilter
from listings.forms.fields import ReasonForm
from listings.forms.item import FindingForm
from listings.models import Forwarding, Item
from listings.transitions import call_back, pass_back, take_over
from listings.words.loop import FORWARDING_BUTTONS
from members.buttons import buttons_for
from members.models import Step
from members.pages import DetailPage, ListPage, VerbPage
from members.words import events_of


class ForwardingListView(ListPage):
    """转办: what was offered to one's own alliances, and what they have offered to others."""

    model = Forwarding
    filterset_class = ForwardingFilter
    template_name = "forwardings/forwarding_list.html"
    ordering = ("-proposed_at", "-id")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("item__alliance", "item__asked_by", "into")


class ForwardingDetailView(DetailPage):
    """With the item's own words: who is to take it over need not see the other alliance."""

    model = Forwarding
    template_name = "forwardings/forwarding_detail.html"

    def get_queryset(self) -> QuerySet:
        related = ("item__alliance__lead", "item__asked_by", "item__went_to", "into__lead")
        return super().get_queryset().select_related(*related)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = Step.objects.of(self.object).with_actors()
        seen = Item.objects.visible_to(self.request.user)
        return super().get_context_data(
            sees_item=seen.filter(pk=self.object.item_id).exists(),
            sees_copy=seen.filter(came_from=self.object.item_id).exists(),
            buttons=buttons_for(self.object, self.request.user, FORWARDING_BUTTONS),
            events=events_of(steps),
            **kwargs,
        )


class ForwardingVerbView(VerbPage):
    """A verb on a forwarding. ``title``, ``explain`` and ``button`` are what the page says."""

    model = Forwarding
    template_name = "forwardings/forwarding_verb.html"
    title: Any
    explain: Any = ""
    button: Any

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("item", "into")

    def speak(self, form: forms.Form) -> Any:
        return type(self).move(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())  # type: ignore[attr-defined]


class ForwardingTakeOverView(ForwardingVerbView):
    able, who, form_class, move = "answerable_by", "received_by", FindingForm, staticmethod(take_over)
    title, button, done = _("接收转办"), _("接收"), _("已接收，事项列入本联合体清单。")
    explain = _("接收后列入本联合体本期清单，由您研判、开放认领；提出方不变，办结由提出方确认。")


class ForwardingPassBackView(ForwardingVerbView):
    able, who, form_class, move = "answerable_by", "received_by", ReasonForm, staticmethod(pass_back)
    title, button, done = _("退回转办"), _("退回"), _("已退回对方。")
    explain = _("请写明为什么不由本联合体办理、应当找谁。")


class ForwardingCallBackView(ForwardingVerbView):
    able, who, move = "recallable_by", "sent_by", staticmethod(call_back)
    title, button, done = _("撤回转办"), _("撤回"), _("已撤回。")
    explain = _("对方答复之前可以撤回，事项仍在原处办理。")
