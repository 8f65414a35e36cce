"""Pages of disputes: raised by a party, ruled on by the organisation above."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.filters.loop import DisputeFilter
from listings.forms.item import FindingForm
from listings.forms.loop import DisputeForm, RulingForm
from listings.models import Claim, Dispute
from listings.transitions import dispute, withdraw_dispute
from listings.transitions.ruling import RULINGS
from listings.views.item import ItemVerbView
from listings.words.loop import DISPUTE_BUTTONS
from members.buttons import buttons_for
from members.models import Step
from members.pages import DetailPage, ListPage, SecondPersonPage, VerbPage
from members.words import events_of


class ItemDisputeView(ItemVerbView):
    able, who, verb = "disputable_by", "party_of", staticmethod(dispute)
    form_class: type[forms.Form] = DisputeForm
    title, button, done = _("提请裁定"), _("提请裁定"), _("已提请上级党组织裁定。")
    explain = _("退回重办满两次，或报告办结后提出方逾期未答复，双方都可以提请联合体的上级党组织裁定。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "item": self.thing}

    def get_success_url(self) -> str:
        return str(self.result.get_absolute_url()) if hasattr(self, "result") else super().get_success_url()


class DisputeListView(ListPage):
    """争议: those that the user may rule on, has raised, or may see with the item."""

    model = Dispute
    filterset_class = DisputeFilter
    template_name = "disputes/dispute_list.html"
    ordering = ("-raised_at", "-id")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("item", "organization", "alliance")


class DisputeDetailView(DetailPage):
    model = Dispute
    template_name = "disputes/dispute_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("item__asked_by", "organization", "alliance__supervising")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = Step.objects.of(self.object).with_actors()
        return super().get_context_data(
            claims=Claim.objects.at_issue(self.object.item),
            buttons=buttons_for(self.object, self.request.user, DISPUTE_BUTTONS),
            events=events_of(steps),
            **kwargs,
        )


class DisputeVerbView(VerbPage):
    """A verb on a dispute. ``title``, ``explain`` and ``button`` are what the page says."""

    model = Dispute
    template_name = "disputes/dispute_verb.html"
    title: Any
    explain: Any = ""
    button: Any

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("item", "organization")


class DisputeDecideView(SecondPersonPage, DisputeVerbView):
    """It is done, or it is not: one person says so. That the claims end takes a second one."""

    able, who, form_class, verb = "decidable_by", "ruled_by", RulingForm, "disputes.rule_out"
    title, button = _("裁定"), _("作出裁定")
    explain = _("裁定已办成的，由提出方确认；提出方逾期不确认，由您代为确认。裁定本身不算解决。")

    def speak(self, form: forms.Form) -> Any:
        said = form.cleaned_data
        if said["outcome"] == "out":
            return super().speak(form)
        self.done = _("已作出裁定，并告知双方。")
        RULINGS[said["outcome"]](self.thing, reason=said["reason"], by=self.request.user, at=timezone.now())
        return None


class DisputeWithdrawView(DisputeVerbView):
    able, who, form_class = "withdrawable_by", "raised_by", FindingForm
    title, button, done = _("撤回争议"), _("撤回"), _("已撤回。")
    explain = _("撤回后由双方继续办理；再有争议可以重新提请。")

    def speak(self, form: forms.Form) -> Any:
        return withdraw_dispute(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
