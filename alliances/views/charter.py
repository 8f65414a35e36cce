"""Pages of the charter: an alliance's tab with its agreements, one version, and a page for each verb."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.forms.papers import CharterForm, ObjectForm, OwnForm
from alliances.models import Agreement, Alliance, Charter
from alliances.parties import assenting, objecting
from alliances.transitions import amend_charter, assent, draft_charter, object_, put_charter, withdraw_charter
from alliances.transitions.charter import outstanding, term_of
from alliances.views.alliance import AlliancePage
from alliances.views.papers import PaperFormView, PaperVerbView
from alliances.views.tabs import tabs_of
from alliances.words import CHARTER_BUTTONS, CHARTER_TAB_BUTTONS
from members.buttons import buttons_for
from members.differences import changed, differences
from members.models import Document, Organization, Step
from members.pages import DetailPage, ReasonForm
from members.words import events_of


class AllianceCharterView(AlliancePage):
    """章程协议: the charter in force and the one to come, all versions, and the agreements."""

    tab = "charter"
    template_name = "alliances/alliance_charter.html"
    buttons = CHARTER_TAB_BUTTONS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        charters = list(Charter.objects.visible_to(user).filter(alliance=self.object))
        coming = next((one for one in charters if one.state in {"draft", "consulting"}), None)
        agreements: Any = Agreement.objects.visible_to(user).filter(alliance=self.object)
        rows = agreements.exclude(state=Agreement.State.WITHDRAWN).with_counts()
        return super().get_context_data(
            charters=charters,
            in_force=next((one for one in charters if one.state == Charter.State.IN_FORCE), None),
            coming=coming,
            coming_buttons=buttons_for(coming, user, CHARTER_BUTTONS) if coming else (),
            term=term_of(coming, self.object) if coming else None,
            agreements=[(row, row.days_left(today)) for row in rows[:50]],
            **kwargs,
        )


class CharterDetailView(DetailPage):
    """One version: its words and file, what changed, who has said what."""

    model = Charter
    context_object_name = "charter"
    template_name = "charters/charter_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance__lead", "previous")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        charter, user = self.object, self.request.user
        silent, _against = outstanding(charter, charter.alliance) if charter.state == "consulting" else (set(), set())
        before = charter.previous
        paragraphs = differences(before.text, charter.text) if before else []
        steps = Step.objects.of(charter).exclude(verb="assent").with_actors()
        return super().get_context_data(
            thing=charter,
            tabs=tabs_of(charter.alliance, "charter"),
            buttons=buttons_for(charter, user, CHARTER_BUTTONS),
            documents=Document.objects.of(charter),
            assents=charter.assents.select_related("organization"),
            silent=Organization.objects.filter(pk__in=silent).order_by("code"),
            term=term_of(charter, charter.alliance),
            paragraphs=paragraphs if changed(paragraphs) else [],
            events=events_of(steps),
            **kwargs,
        )


class CharterDraftView(PaperFormView):
    """Draft the next version, beginning with the words in force."""

    model = Alliance
    able, who, tab, form_class = "charterable_by", "led_by", "charter", CharterForm
    title, button, done = _("起草章程"), _("保存草稿"), _("草稿已保存，只有本组织看得到；提交成员后开始征求同意。")

    def get_initial(self) -> dict[str, Any]:
        last = self.thing.charters.exclude(state="draft").order_by("-version").first()
        return {"text": last.text if last else ""}

    def speak(self, form: forms.Form) -> Any:
        return draft_charter(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class CharterAmendView(PaperFormView):
    model = Charter
    able, who, tab, form_class = "amendable_by", "drafted_by", "charter", CharterForm
    title, button, done = _("修改章程草稿"), _("保存草稿"), _("已保存。")

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.thing.text}

    def speak(self, form: forms.Form) -> Any:
        return amend_charter(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class CharterVerbView(PaperVerbView):
    model = Charter
    tab = "charter"


class CharterPutView(CharterVerbView):
    able, who = "puttable_by", "drafted_by"
    title, button, done = _("提交成员征求同意"), _("提交成员"), _("已提交成员，牵头党组织的同意已记录。")
    explain = _(
        "提交后正文不再改动；牵头党组织的同意一并记录。全体成员同意即生效；沉默期满仍未表态的视为同意，有异议的不能生效。"
    )

    def speak(self, form: forms.Form) -> Any:
        return put_charter(self.thing, by=self.request.user, at=timezone.now())


class CharterAssentView(CharterVerbView):
    able, who, form_class = "assentable_by", "addressed_to", OwnForm
    title, button, done = _("同意章程"), _("同意"), _("已同意。")
    explain = _("同意后不能收回；以后的修改另起新版，再征求同意。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"organizations": assenting(self.request.user, self.thing)}

    def speak(self, form: forms.Form) -> Any:
        return assent(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class CharterObjectView(CharterVerbView):
    able, who, form_class = "objectable_by", "addressed_to", ObjectForm
    title, button, done = _("提出异议"), _("提出异议"), _("异议已提出，牵头党组织会看到。")
    explain = _("有异议时这一版不能生效。写明哪一条、为什么，便于牵头党组织修改；以后仍可改为同意。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"organizations": objecting(self.request.user, self.thing)}

    def speak(self, form: forms.Form) -> Any:
        return object_(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class CharterWithdrawView(CharterVerbView):
    able, who, form_class = "withdrawable_by", "drafted_by", ReasonForm
    title, button, done, danger = _("撤回这一版"), _("撤回"), _("已撤回，可以重新起草。"), True
    explain = _("撤回后这一版不再征求同意，成员已有的表态留作记录；可以接着起草下一版。")

    def speak(self, form: forms.Form) -> Any:
        return withdraw_charter(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
