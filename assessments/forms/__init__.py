"""What people write on the pages of the year and the quarter; shape only, the verbs judge the sense."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Condition, Indicator, Scheme
from assessments.outcomes import OUTCOMES
from assessments.rules import Rule
from assessments.statistics import METRICS
from assessments.words import label_of, rule_words
from members.models import Region, User
from members.pages import ReasonForm

TERMS = ("title", "cut_off", "member_weight", "excellent_from", "good_from", "fair_from")


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SchemeNewForm(forms.Form):
    """Region, year, title and cut-off day of a new scheme; its indicators are copied."""

    region = forms.ModelChoiceField(label=_("区划"), queryset=Region.objects.none())
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2199)
    title = forms.CharField(label=_("名称"), max_length=80)
    cut_off = forms.DateField(
        label=_("数据截止日期"), widget=day_input(), help_text=_("系统数据从当年1月1日统计到这一天，一般为12月31日。")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = Region.objects.filter(code__in=user.rights.departments)
        choice: Any = self.fields["region"]
        choice.queryset = departments
        choice.initial = departments.first()

    @staticmethod
    def beginning(today: date) -> dict[str, Any]:
        """What a form of this day begins with."""
        year = today.year
        return {
            "year": year,
            "title": _("%(year)s年度党建联合体考核方案") % {"year": year},
            "cut_off": date(year, 12, 31),
        }


class SchemeTermsForm(forms.ModelForm):
    class Meta:
        model = Scheme
        fields = TERMS
        widgets = {"cut_off": day_input()}


class IndicatorForm(forms.ModelForm):
    """One indicator; an outcome of the white list, or the opinion of a group."""

    metric = forms.ChoiceField(
        label=_("计算指标"), required=False, choices=[("", "—"), *((key, METRICS[key].label) for key in OUTCOMES)]
    )

    class Meta:
        model = Indicator
        fields = ("name", "weight", "source", "metric", "zero_at", "full_at", "standard")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The fields stand in a table whose heads are their labels."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def clean(self) -> dict[str, Any]:
        """An opinion has neither a figure nor points on a line."""
        said = super().clean() or self.cleaned_data
        if said.get("source") == Indicator.Source.METRIC:
            for name in ("metric", "zero_at", "full_at"):
                if said.get(name) in (None, ""):
                    self.add_error(name, _("系统计算的指标需要这一项。"))
        else:
            said |= {"metric": "", "zero_at": None, "full_at": None}
        return said


class IndicatorTable(forms.BaseFormSet):
    """The rows of the table, each with its box to drop it."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].widget.attrs["aria-label"] = _("删除")


IndicatorFormSet = forms.formset_factory(
    IndicatorForm, formset=IndicatorTable, extra=2, max_num=20, validate_max=True, can_delete=True
)


class RatingForm(forms.Form):
    """A score and why."""

    score = forms.DecimalField(
        label=_("评分（0-100）"), min_value=0, max_value=100, max_digits=5, decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "input score-input", "inputmode": "decimal", "step": "0.5"}),
    )  # fmt: skip
    reason = forms.CharField(label=_("理由"), required=False, max_length=500, widget=words())


class ConfirmForm(ReasonForm):
    """To confirm a suggestion to observe or to dissolve: the reason."""


class ConfirmRectifyForm(ReasonForm):
    measures = forms.CharField(label=_("整顿措施"), required=False, max_length=2000, widget=words(4))
    due_on = forms.DateField(
        label=_("整顿期限"), required=False, widget=day_input(), help_text=_("不填则按本地区规则，从复核同意之日起算。")
    )


class ConfirmRewardForm(ReasonForm):
    what = forms.CharField(label=_("倾斜内容"), max_length=500, widget=words(), help_text=_("给予什么政策或资金支持。"))


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
                    label=_("界限"), min_value=0, max_digits=12, decimal_places=4, initial=condition["threshold"],
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


class RehearsalForm(forms.Form):
    """The day for a dry run."""

    as_of = forms.DateField(label=_("数据截至"), widget=day_input())
