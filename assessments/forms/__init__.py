"""What people write on the pages of the year and the quarter; shape only, the verbs judge the sense."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.gauges import SIGNED
from assessments.models import Condition
from assessments.rules import Rule
from assessments.words import label_of, rule_words
from members.pages import ReasonForm


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RatingForm(forms.Form):
    """A score and why."""

    score = forms.DecimalField(
        label=_("评分（0-100）"), min_value=0, max_value=100, max_digits=5, decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "input score-input", "inputmode": "decimal", "step": "0.5"}),
    )  # fmt: skip
    reason = forms.CharField(label=_("理由"), required=False, max_length=500, widget=words())


class AnswerForm(forms.Form):
    """What the second person says; needed for a no."""

    answer = forms.CharField(label=_("复核意见"), required=False, max_length=500, widget=words())


class RefusalForm(AnswerForm):
    answer = forms.CharField(label=_("不同意的理由"), max_length=500, widget=words())


class ThresholdsForm(ReasonForm):
    """The rules of a region with a switch each and a threshold for each condition."""

    def __init__(self, *args: Any, rules: list[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        for n, rule in enumerate(rules):
            self.fields[f"active_{n}"] = forms.BooleanField(label=_("启用"), required=False, initial=rule["active"])
            for m, condition in enumerate(rule["conditions"]):
                self.fields[f"threshold_{n}_{m}"] = forms.DecimalField(
                    label=_("界限"), min_value=None if condition["metric"] in SIGNED else 0, max_digits=12,
                    decimal_places=4, initial=condition["threshold"],
                    widget=forms.NumberInput(attrs={"step": "any", "aria-label": label_of(condition["metric"])}),
                )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """Each rule with its switch and its conditions beside their fields."""
        return [
            {
                "rule": rule_words(rule),
                "active": self[f"active_{n}"],
                "conditions": [
                    {"label": label_of(c["metric"]), "comparison": Condition.Comparison(c["comparison"]).label,
                     "field": self[f"threshold_{n}_{m}"]}
                    for m, c in enumerate(rule["conditions"])
                ],
            }
            for n, rule in enumerate(self.rules)
        ]  # fmt: skip

    def proposed(self) -> list[Rule]:
        """The rules as they were written on the sheet."""
        said = self.cleaned_data
        return [
            rule | {
                "active": said[f"active_{n}"],
                "conditions": [
                    condition | {"threshold": f"{said[f'threshold_{n}_{m}'].normalize():f}"}
                    for m, condition in enumerate(rule["conditions"])
                ],
            }
            for n, rule in enumerate(self.rules)
        ]  # fmt: skip
