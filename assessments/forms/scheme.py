"""What a department writes about schemes, supplements and marks; shape only, models and verbs judge the sense."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from assessments.forms import day_input, words
from assessments.models import Indicator, Scheme
from assessments.outcomes import NAMED, OUTCOMES
from assessments.statistics import METRICS
from members.models import Region, User

TERMS = (
    "title", "cut_off", "excellent_from", "good_from", "fair_from", "member_weight", "supplement_share", "report_days",
    "appeal_days",
)  # fmt: skip
STEPS = 4
"""Steps that a sheet has room for."""

ROW = ("group", "name", "weight", "source", "metric", "rule", "zero_at", "full_at", "standard")


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
        help_texts = {"supplement_share": _("旗县可在这个比例以内另加自己的指标；填 0 表示不允许。")}


class ShareForm(forms.Form):
    """How many of a hundred points the region's own indicators have."""

    share = forms.DecimalField(
        label=_("补充指标占比"), max_digits=5, decimal_places=2, min_value=0, max_value=100,
        help_text=_("上级方案的指标按比例缩小到其余部分。"),
    )  # fmt: skip


class SupplementNewForm(ShareForm):
    """For which region of one's department, in which share."""

    region = forms.ModelChoiceField(label=_("区划"), queryset=Region.objects.none())
    field_order = ("region", "share")

    def __init__(self, *args: Any, user: User, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Region.objects.filter(code__in=user.rights.departments).within(scheme.region_id)
        choice: Any = self.fields["region"]
        choice.queryset = own.exclude(code=scheme.region_id)
        choice.initial = choice.queryset.first()


class IndicatorForm(forms.ModelForm):
    """One leaf of the tree, with room for the steps of its rule."""

    metric = forms.ChoiceField(
        label=_("计算指标"), required=False, choices=[("", "—"), *((key, METRICS[key].label) for key in OUTCOMES)],
        error_messages={
            "invalid_choice": format_lazy(_("“%(value)s”不是结果类指标，不能用于考核（{id}）。"), id=NAMED)
        },
    )  # fmt: skip
    rule = forms.ChoiceField(
        label=_("计分方式"), required=False, choices=Indicator.Rule.choices, initial=Indicator.Rule.LINEAR
    )
    steps = forms.JSONField(required=False, disabled=True, widget=forms.HiddenInput())

    class Meta:
        model = Indicator
        fields = (*ROW, "steps")
        labels = {"name": _("二级指标"), "standard": _("评分标准（评价时可见）")}
        widgets = {"standard": forms.TextInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = list(self.initial.get("steps") or ())
        for n in range(STEPS):
            step = stored[n] if n < len(stored) else {}
            self.fields[f"at_{n}"] = _number(step.get("at"), _("第%(n)s档达到"), n, digits=12, places=4)
            self.fields[f"points_{n}"] = _number(step.get("points"), _("第%(n)s档得分"), n, digits=5, places=2)

    def pairs(self) -> list[tuple[Any, Any]]:
        """The pairs of fields, for the page."""
        return [(self[f"at_{n}"], self[f"points_{n}"]) for n in range(STEPS)]

    def clean(self) -> dict[str, Any]:
        """Only what belongs to the source and the rule is kept; what is missing, the model says."""
        said = super().clean() or self.cleaned_data
        self._validate_constraints = False
        pairs = [(said.pop(f"at_{n}", None), said.pop(f"points_{n}", None)) for n in range(STEPS)]
        steps = [{"at": _text(at), "points": _text(points)} for at, points in pairs if (at, points) != (None, None)]
        rule = Indicator.Rule(said.get("rule") or Indicator.Rule.LINEAR)
        empty: dict[str, Any] = {"zero_at": None, "full_at": None, "steps": []}
        if said.get("source") != Indicator.Source.METRIC:
            return said | empty | {"metric": "", "rule": Indicator.Rule.LINEAR.value}
        if not said.get("metric") and "metric" not in self.errors:
            self.add_error("metric", _("请选择计算指标。"))
        kept: dict[Any, dict[str, Any]] = {
            Indicator.Rule.LINEAR: {name: said.get(name) for name in ("zero_at", "full_at")},
            Indicator.Rule.THRESHOLD: {"full_at": said.get("full_at")},
            Indicator.Rule.STEP: {"steps": steps},
        }
        return said | empty | {"rule": rule.value} | kept[rule]


def _number(value: Any, label: Any, n: int, *, digits: int, places: int) -> forms.DecimalField:
    attrs = {"step": "any", "aria-label": label % {"n": n + 1}}
    return forms.DecimalField(
        required=False, initial=value, max_digits=digits, decimal_places=places, widget=forms.NumberInput(attrs=attrs)
    )


def _text(value: Any) -> str:
    return "" if value is None else f"{value.normalize():f}"


class IndicatorTable(forms.BaseFormSet):
    """The rows of the sheet, each with its box to drop it."""

    def cleaned_rows(self) -> list[dict[str, Any]]:
        """What the verb takes: rows with a name, without those to be dropped."""
        said = [dict(row) for row in self.cleaned_data]
        return [row for row in said if row.get("name") and not row.pop("DELETE", False)]


IndicatorFormSet = forms.formset_factory(
    IndicatorForm, formset=IndicatorTable, extra=2, max_num=20, validate_max=True, can_delete=True
)


class MarkForm(forms.Form):
    """Points for one alliance, and why."""

    score = forms.DecimalField(
        label=_("评分（0-100）"), min_value=0, max_value=100, max_digits=5, decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "input score-input", "inputmode": "decimal", "step": "0.5"}),
    )  # fmt: skip
    reason = forms.CharField(label=_("理由"), max_length=500, widget=words(), help_text=_("结果中一并公布。"))
