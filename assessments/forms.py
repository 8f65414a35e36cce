"""What people write on the pages of the year and the quarter; shape only, the verbs judge the sense."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Indicator, Scheme
from assessments.outcomes import OUTCOMES
from assessments.statistics import METRICS
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


IndicatorFormSet = forms.formset_factory(IndicatorForm, extra=2, max_num=20, validate_max=True, can_delete=True)


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


class RehearsalForm(forms.Form):
    """The day for a dry run."""

    as_of = forms.DateField(label=_("数据截至"), widget=day_input())
