"""What people write on the pages of the review; shape only, the verbs judge the sense."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.alliance import RectifyForm, RewardForm
from assessments.forms import day_input, words
from assessments.gauges import GAUGES, SIGNED
from assessments.models import Condition, Proposal
from assessments.rules import Rule
from listings.forms.bulk import IdsField
from listings.forms.ending import MergeForm
from members.models import Region, User
from members.pages import ReasonForm

CONFIRM_FORMS: dict[str, type[forms.Form]] = {"rectify": RectifyForm, "reward": RewardForm, "merge": MergeForm}
"""What a confirmation asks, a kind each; of the others only the reason."""

CONDITIONS = 4
EARLIEST = date(2000, 1, 1)


class RehearsalForm(forms.Form):
    """A past day, a part of one's own subtree, a kind."""

    as_of = forms.DateField(label=_("数据截至"), widget=day_input())
    region = forms.ModelChoiceField(label=_("范围"), queryset=Region.objects.none(), required=False)
    kind = forms.ChoiceField(label=_("建议"), choices=[("", _("全部建议")), *Proposal.Kind.choices], required=False)

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        departments = user.rights.departments
        places = Region.objects.filter(pk__in=departments)
        for code in departments:
            places |= Region.objects.children_of(code)
        choice: Any = self.fields["region"]
        choice.queryset, choice.empty_label = places.order_by("code"), _("全部辖区")

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if not EARLIEST <= day < self.today:
            raise forms.ValidationError(_("请选择一个过去的日子。"))
        return day


class RuleForm(ReasonForm):
    """One rule with at most four conditions, all of which must hold."""

    word = forms.CharField(label=_("提示语"), max_length=40, help_text=_("页面和通知书上怎么说，例如“逾期偏多”。"))
    kind = forms.ChoiceField(label=_("提出什么建议"), choices=Proposal.Kind.choices)
    active = forms.BooleanField(label=_("启用"), required=False, initial=True)
    field_order = ["word", "kind", "active"]

    def __init__(self, *args: Any, taken: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = taken
        figures = [("", "—"), *((key, gauge.label) for key, gauge in GAUGES.items())]
        for n in range(CONDITIONS):
            self.fields[f"metric_{n}"] = forms.ChoiceField(label=_("指标"), choices=figures, required=False)
            self.fields[f"comparison_{n}"] = forms.ChoiceField(
                label=_("比较"), choices=Condition.Comparison.choices, required=False
            )
            self.fields[f"threshold_{n}"] = forms.DecimalField(
                label=_("界限"), max_digits=12, decimal_places=4, required=False,
                widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
            )  # fmt: skip

    @staticmethod
    def beginning(rule: Rule) -> dict[str, Any]:
        """What the sheet of a standing rule begins with."""
        said = {name: rule[name] for name in ("word", "kind", "active")}
        for n, condition in enumerate(rule["conditions"]):
            said |= {f"{name}_{n}": condition[name] for name in ("metric", "comparison", "threshold")}
        return said

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each condition."""
        return [[self[f"{name}_{n}"] for name in ("metric", "comparison", "threshold")] for n in range(CONDITIONS)]

    def head(self) -> list[forms.BoundField]:
        """The fields of the rule itself."""
        return [self[name] for name in ("word", "kind", "active")]

    def clean_word(self) -> str:
        word = str(self.cleaned_data["word"]).strip()
        if word in self.taken:
            raise forms.ValidationError(_("已有一条规则用这个提示语。"))
        return word

    def clean(self) -> dict[str, Any]:
        """A condition is whole or absent; no figure is asked twice in the same way; there is at least one."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        asked = []
        for n in range(CONDITIONS):
            metric, threshold = said.get(f"metric_{n}"), said.get(f"threshold_{n}")
            if not metric and threshold is not None:
                self.add_error(f"metric_{n}", _("请选择指标。"))
            if not metric:
                continue
            if threshold is None:
                self.add_error(f"threshold_{n}", _("请填写界限。"))
            elif threshold < 0 and metric not in SIGNED:
                self.add_error(f"threshold_{n}", _("这个指标不会低于 0。"))
            asked.append((metric, said.get(f"comparison_{n}")))
        if len(set(asked)) < len(asked):
            raise forms.ValidationError(_("同一个指标的同一种比较只写一次。"))
        if not asked and not self.errors:
            raise forms.ValidationError(_("至少写一个条件。"))
        return said

    def rule(self) -> Rule:
        """The rule as it was written."""
        said = self.cleaned_data
        return {
            "word": said["word"], "kind": said["kind"], "active": said["active"],
            "conditions": [
                {"metric": said[f"metric_{n}"], "comparison": said[f"comparison_{n}"],
                 "threshold": f"{said[f'threshold_{n}'].normalize():f}"}
                for n in range(CONDITIONS) if said[f"metric_{n}"]
            ],
        }  # fmt: skip


class ChosenForm(forms.Form):
    """Which proposals, and whether they are to be confirmed or overruled."""

    VERBS = (("proposals.confirm", _("采纳")), ("proposals.overrule", _("不采纳")))

    proposal = IdsField(error_messages={"required": _("请先选择建议。")})
    verb = forms.ChoiceField(choices=VERBS, widget=forms.HiddenInput)


class SettleForm(forms.Form):
    """A word on each approval of a batch: agreed, declined, or left for later."""

    WORDS = (("", _("暂不处理")), ("agree", _("同意")), ("decline", _("不同意")))

    answer = forms.CharField(
        label=_("复核意见"), required=False, max_length=500, widget=words(), help_text=_("有不同意的须写明理由。")
    )

    def __init__(self, *args: Any, approvals: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.approvals, heard = approvals, _("对“%(thing)s”的意见")
        for approval in approvals:
            self.fields[f"word_{approval.pk}"] = forms.ChoiceField(
                label=str(approval.thing), choices=self.WORDS, required=False,
                widget=forms.Select(attrs={"class": "input", "aria-label": heard % {"thing": approval.thing}}),
            )  # fmt: skip

    def chosen(self, word: str) -> list[Any]:
        """The approvals on which that was said; ``all`` in the form stands for every one."""
        rest = self.data.get("all", "")
        return [one for one in self.approvals if (self.cleaned_data.get(f"word_{one.pk}") or rest) == word]
