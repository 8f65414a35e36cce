"""What pages ask about joint cases. The value that a department records is the only number asked for: what it reached
by its own work, which the system cannot count."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.choices import members_of
from alliances.forms.fields import NamedChoice
from alliances.models import Alliance
from listings.forms.fields import DayInput, words
from listings.models import JointCase, Measure, Record
from members.models import Organization


class BeginForm(forms.Form):
    kind = forms.ChoiceField(label=_("类型"), choices=JointCase.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("名称"), max_length=80, help_text=_("例如“金融不良贷款联动执行”。"))
    detail = words(_("做什么、怎么分工"), required=False)
    begun_on = forms.DateField(label=_("开始日期"), widget=DayInput)
    lead = forms.ModelChoiceField(label=_("牵头部门"), queryset=Organization.objects.none(), empty_label=None)
    departments = NamedChoice(label=_("参加部门"), queryset=Organization.objects.none(), required=False)

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = members_of(alliance).order_by("code")
        for name in ("lead", "departments"):
            self.fields[name].queryset = members  # type: ignore[attr-defined]
        self.fields["lead"].initial = alliance.lead_id


class TakeInForm(forms.Form):
    departments = NamedChoice(label=_("参加部门"), queryset=Organization.objects.none())

    def __init__(self, *args: Any, case: JointCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left: forms.ModelMultipleChoiceField = self.fields["departments"]  # type: ignore[assignment]
        taking = case.takings.values("organization")
        left.queryset = members_of(case.alliance).exclude(pk__in=taking).order_by("code")


class MeasureForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("例如“受理案件”“执结案件”“执行到位”。"))
    unit = forms.CharField(label=_("单位"), max_length=8, help_text=_("件、人、元等。"))
    exact = forms.BooleanField(label=_("保留两位小数（金额）"), required=False)


class RecordForm(forms.Form):
    """By which measure, for which period that is over, how much, and on what ground."""

    organization = forms.ModelChoiceField(label=_("部门"), queryset=Organization.objects.none(), empty_label=None)
    measure = forms.ModelChoiceField(label=_("成效项目"), queryset=Measure.objects.none(), empty_label=None)
    period_from = forms.DateField(label=_("时段起"), widget=DayInput)
    period_to = forms.DateField(label=_("时段止"), widget=DayInput)
    value = forms.DecimalField(label=_("数值"), min_value=0, max_digits=18, decimal_places=2)
    basis = forms.CharField(
        label=_("依据"), max_length=200, required=False, help_text=_("例如“执行案件系统台账”，不需要上传。")
    )

    def __init__(self, *args: Any, user: Any, case: JointCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taking = case.takings.values("organization")
        own = Organization.objects.spoken_for_by(user).filter(pk__in=taking)
        self.fields["organization"].queryset = own  # type: ignore[attr-defined]
        self.fields["measure"].queryset = case.measures.all()  # type: ignore[attr-defined]
        if own.count() == 1:
            self.fields["organization"].widget = forms.HiddenInput()
            self.fields["organization"].initial = own.first()


class CorrectForm(forms.Form):
    value = forms.DecimalField(
        label=_("正确的数值"), min_value=0, max_digits=18, decimal_places=2, required=False,
        help_text=_("不填即只冲正，不再登记。"),
    )  # fmt: skip
    reason = words(_("更正理由"), rows=2)

    def __init__(self, *args: Any, line: Record, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = _("正确的数值（%(unit)s）") % {"unit": line.measure.unit}


class CloseForm(forms.Form):
    outcome = words(_("结果"), required=False)
