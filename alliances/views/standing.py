"""Pages that propose: rectify, reinstate, reward. Another person approves each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.alliance import RectifyForm, ReinstateForm, RewardForm
from alliances.models import Alliance
from members.pages import ReasonForm, SecondPersonPage


def arguments_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said, as JSON: days and amounts as text, without the reason and what was left empty."""
    told = {name: value for name, value in said.items() if name != "reason" and value not in ("", None)}
    return {name: str(value) if isinstance(value, date | Decimal) else value for name, value in told.items()}


class ProposeView(SecondPersonPage):
    """A verb that waits for the second person; the words are kept as its arguments."""

    model = Alliance
    form_class: type[forms.Form] = ReasonForm
    who = "directed_by"
    template_name = "alliances/alliance_verb.html"
    title: Any
    button = _("提出，交另一人复核")
    explain: Any
    danger = False

    def arguments(self, form: forms.Form) -> dict[str, Any]:
        return arguments_of(form.cleaned_data)


class AllianceRectifyView(ProposeView):
    verb, able, form_class = "alliances.rectify", "rectifiable_by", RectifyForm
    title, danger = _("提出规范整顿"), True
    explain = _("另一位同志复核同意的当天下达，并从那天起计算期限。")

class AllianceReinstateView(ProposeView):
    verb, able, form_class = "alliances.reinstate", "reinstatable_by", ReinstateForm
    title = _("复核整顿")
    explain = _("通过的恢复运行；未通过的再整顿一个期限，仍算同一次整顿；建议撤销的，撤销还要另行双人复核。")


class AllianceRewardView(ProposeView):
    verb, able, form_class = "alliances.reward", "rewardable_by", RewardForm
    title = _("提出政策资金倾斜")
    explain = _("写明给予什么、依据什么。另一位同志复核同意后生效。")
