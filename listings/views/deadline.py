"""Pages of an item's term, one a verb."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.forms.deadline import ExtensionForm, PauseForm, RemarkForm
from listings.forms.fields import ReasonForm
from listings.models import Extension
from listings.transitions import ask_extension, grant, pause, refuse_extension, resume
from listings.views.item import ItemVerbView
from members.pages import VerbPage


class ItemPauseView(ItemVerbView):
    able, who, form_class, verb = "pausable_by", "timed_by", PauseForm, staticmethod(pause)
    title, button, done = _("暂停计时"), _("暂停计时"), _("已暂停计时。")
    explain = _("等待其他单位或其他条件时，办理期限暂停；恢复后剩余的工作日接着计算，期限不会缩短。")


class ItemResumeView(ItemVerbView):
    able, who, form_class, verb = "resumable_by", "timed_by", RemarkForm, staticmethod(resume)
    title, button, done = _("恢复计时"), _("恢复计时"), _("已恢复计时。")
    explain = _("从今天起接着计算剩余的工作日。")


class ItemExtendView(ItemVerbView):
    """申请延期: whoever works on the item asks; who oversees it decides."""

    able, who = "extendable_by", "worked_by"
    form_class: type[forms.Form] = ExtensionForm
    title, button, done = _("申请延期"), _("提出申请"), _("已申请延期，等待答复。")
    explain = _("写明新的日期和理由。答复之前，原期限不变。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "item": self.thing}

    def speak(self, form: forms.Form) -> Any:
        words = dict(form.cleaned_data)
        return ask_extension(self.thing, words.pop("organization"), **words, by=self.request.user, at=timezone.now())


class ExtensionVerbView(VerbPage):
    """An answer to who asked for a later day."""

    model = Extension
    able, who = "decidable_by", "overseen_by"
    template_name = "extensions/extension_verb.html"
    title: Any
    button: Any
    danger = False

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("item", "organization")

    def speak(self, form: forms.Form) -> Any:
        return type(self).verb(self.thing, by=self.request.user, at=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]


class ExtensionGrantView(ExtensionVerbView):
    form_class, verb = RemarkForm, staticmethod(grant)
    title, button, done = _("同意延期"), _("同意延期"), _("已同意延期。")


class ExtensionRefuseView(ExtensionVerbView):
    form_class, verb = ReasonForm, staticmethod(refuse_extension)
    title, button, done, danger = _("不同意延期"), _("不同意"), _("已答复不同意延期。"), True
