"""Pages of agreements: the list with those about to expire, one agreement, and a page for each verb."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.filters import AgreementFilter
from alliances.forms.papers import AgreementForm, OwnForm, RenewForm
from alliances.models import Agreement, Alliance
from alliances.parties import signing
from alliances.transitions import (
    amend_agreement,
    draft_agreement,
    put_agreement,
    renew,
    sign_agreement,
    withdraw_agreement,
)
from alliances.views.papers import PaperFormView, PaperVerbView
from alliances.views.tabs import Tab, tabs_of
from alliances.words import AGREEMENT_BUTTONS
from members.buttons import buttons_for
from members.differences import changed, differences
from members.models import Document, Step
from members.pages import DetailPage, ListPage, ReasonForm
from members.words import events_of


class AgreementListView(ListPage):
    """Every agreement in the user's scope; the nearest end first among those about to expire."""

    model = Agreement
    filterset_class = AgreementFilter
    ordering = ("-valid_to", "-id")
    template_name = "agreements/agreement_list.html"

    def get_queryset(self) -> QuerySet:
        found: Any = super().get_queryset()
        return found.with_counts().select_related("alliance")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, today = super().get_context_data(**kwargs), timezone.localdate()
        rows = [(row, row.days_left(today)) for row in context["object_list"]]
        return context | {"rows": rows, "views": self.views(today)}

    def views(self, today: date) -> list[Tab]:
        """The saved views of the list, with what waits in them."""
        asked = self.request.GET.get("view", "")
        expiring = Agreement.objects.visible_to(self.request.user).expiring(today).count()
        return [
            Tab(_("全部"), "?", not asked),
            Tab(_("即将到期"), "?view=expiring", asked == "expiring", expiring),
            Tab(_("待我签署"), "?view=signable", asked == "signable"),
        ]


class AgreementDetailView(DetailPage):
    """One agreement: its words and file, its time, its parties and their signatures."""

    model = Agreement
    context_object_name = "agreement"
    template_name = "agreements/agreement_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance__lead", "previous")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        agreement, before = self.object, self.object.previous
        paragraphs = differences(before.text, agreement.text) if before else []
        steps = Step.objects.of(agreement).exclude(verb="sign").with_actors()
        return super().get_context_data(
            thing=agreement,
            tabs=tabs_of(agreement.alliance, "charter"),
            buttons=buttons_for(agreement, self.request.user, AGREEMENT_BUTTONS),
            documents=Document.objects.of(agreement),
            parties=agreement.parties.select_related("organization"),
            days=agreement.days_left(timezone.localdate()),
            following=Agreement.objects.visible_to(self.request.user).filter(previous=agreement).first(),
            paragraphs=paragraphs if changed(paragraphs) else [],
            events=events_of(steps),
            **kwargs,
        )


class AgreementDraftView(PaperFormView):
    model = Alliance
    able, who, tab, form_class = "agreeable_by", "led_by", "charter", AgreementForm
    title, button, done = _("起草共建协议"), _("保存草稿"), _("草稿已保存，只有本组织看得到；发起会签后由各方签署。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"alliance": self.thing}

    def get_initial(self) -> dict[str, Any]:
        return {"title": _("共建协议")} | a_year_from(timezone.localdate())

    def speak(self, form: forms.Form) -> Any:
        return draft_agreement(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class AgreementAmendView(PaperFormView):
    model = Agreement
    able, who, tab, form_class = "amendable_by", "drafted_by", "charter", AgreementForm
    title, button, done = _("修改协议草稿"), _("保存草稿"), _("已保存。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"alliance": self.thing.alliance}

    def get_initial(self) -> dict[str, Any]:
        words = {name: getattr(self.thing, name) for name in ("title", "text", "valid_from", "valid_to")}
        return words | {"parties": list(self.thing.parties.values_list("organization", flat=True))}

    def speak(self, form: forms.Form) -> Any:
        return amend_agreement(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class AgreementRenewView(PaperFormView):
    """Draft the next version, for the same time after the last day."""

    model = Agreement
    able, who, tab, form_class = "renewable_by", "drafted_by", "charter", RenewForm
    title, button, done = _("续签协议"), _("保存草稿"), _("续签草稿已保存，发起会签后由各方签署。")

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.thing.text} | a_year_from(max(self.thing.valid_to + timedelta(1), timezone.localdate()))

    def speak(self, form: forms.Form) -> Any:
        return renew(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return str((self.result if hasattr(self, "result") else self.thing).get_absolute_url())


class AgreementVerbView(PaperVerbView):
    model = Agreement
    tab = "charter"


class AgreementPutView(AgreementVerbView):
    able, who = "puttable_by", "drafted_by"
    title, button, done = _("发起会签"), _("发起会签"), _("已发起会签，各签约方会收到通知。")
    explain = _("发起后正文、期限和签约方不再改动；牵头党组织是签约方的，签署一并记录。各方都签署，协议才签订。")

    def speak(self, form: forms.Form) -> Any:
        return put_agreement(self.thing, by=self.request.user, at=timezone.now())


class AgreementSignView(AgreementVerbView):
    able, who, form_class = "signable_by", "addressed_to", OwnForm
    title, button, done = _("签署协议"), _("签署"), _("已签署。")
    explain = _("请先看过正文和附件。签署后不能收回。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"organizations": signing(self.request.user, self.thing)}

    def speak(self, form: forms.Form) -> Any:
        return sign_agreement(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class AgreementWithdrawView(AgreementVerbView):
    able, who, form_class = "withdrawable_by", "drafted_by", ReasonForm
    title, button, done, danger = _("撤回协议"), _("撤回"), _("已撤回。"), True
    explain = _("撤回后不再会签，已有的签署留作记录。")

    def speak(self, form: forms.Form) -> Any:
        return withdraw_agreement(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


def a_year_from(first: date) -> dict[str, date]:
    """From that day on, for a year."""
    return {"valid_from": first, "valid_to": first + timedelta(days=364)}
