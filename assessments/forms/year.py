"""What people write between the opening of a year and its publication; shape only, the verbs judge the sense."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Indicator
from assessments.models.self_report import LONGEST
from assessments.models.slip import MOST_AT_ONCE
from members.models import Organization
from members.pages import ReasonForm


def text(label: Any, hint: Any = "", *, rows: int = 4, longest: int = LONGEST, required: bool = False) -> Any:
    """A text that is kept on the device until it was accepted."""
    widget = forms.Textarea(attrs={"rows": rows, "data-draft": ""})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=longest, widget=widget)


class SelfReportForm(forms.Form):
    """Three short texts; no number is asked for. A draft may leave them empty."""

    went_well = text(_("做得好的"), _("一两件最有成效的事，说清成员各做了什么。"))
    fell_short = text(_("不足和原因"), _("没有做到的、没有做好的，原因是什么。"))
    plans = text(_("明年打算"), _("准备怎么改，打算做什么。"))

    def __init__(self, *args: Any, drafting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = not drafting


class SlipsForm(forms.Form):
    """How many slips, and in whose name."""

    organization = forms.ModelChoiceField(
        label=_("出具单位"), queryset=Organization.objects.none(), empty_label=None
    )
    count = forms.IntegerField(
        label=_("张数"), min_value=1, max_value=MOST_AT_ONCE, initial=20,
        help_text=_("一次最多 %(most)s 张。") % {"most": MOST_AT_ONCE},
    )  # fmt: skip

    def __init__(self, *args: Any, issuers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["organization"]
        choice.queryset, choice.initial = issuers, issuers.first()


class CodeForm(forms.Form):
    """The code of a slip."""

    code = forms.CharField(
        label=_("评议码"), max_length=20, help_text=_("邀请单上的八位码，大小写都可以。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class OpinionForm(CodeForm):
    """One tap from 1 to 5, and words if one likes."""

    STARS = ((5, _("很满意")), (4, _("满意")), (3, _("一般")), (2, _("不满意")), (1, _("很不满意")))

    stars = forms.TypedChoiceField(label=_("满意程度"), choices=STARS, coerce=int)
    words = text(_("想说的话"), _("可以不填。请不要写姓名、电话。"), rows=3, longest=300)


class IndicatorChoice(forms.ModelChoiceField):
    """Indicators with what they brought so far."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brought: dict[int, str] = {}

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{self.brought.get(obj.pk) or '—'}）"


class AppealForm(forms.Form):
    """Against which indicator, and why."""

    indicator = IndicatorChoice(
        label=_("对哪项指标"), queryset=Indicator.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    reason = text(_("申诉理由"), _("说明哪里与事实不符，依据是什么。"), longest=500, required=True)

    def __init__(self, *args: Any, lines: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["indicator"]
        choice.brought = {line["indicator"]: line["points"] for line in lines}
        choice.queryset = Indicator.objects.filter(pk__in=choice.brought)


class ForwardForm(forms.Form):
    opinion = text(_("转报意见"), longest=500, required=True)


class UpholdForm(ReasonForm):
    """The points by hand, and why."""

    points = forms.DecimalField(
        label=_("更正后的指标分（0-100）"), min_value=0, max_value=100, max_digits=5, decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
    )  # fmt: skip
    field_order = ("points", "reason")


class WithdrawForm(forms.Form):
    reason = text(_("撤回原因"), longest=500)


class PublishForm(ReasonForm):
    """Why it may be published, and the number of the notice."""

    document_number = forms.CharField(
        label=_("通报文号"), max_length=60, required=False, help_text=_("印在红头通报上，没有的可以不填。")
    )
