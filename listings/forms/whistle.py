"""What pages ask when a whistle is blown, answered, evaluated. No position, no picture, no number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.fields import NamedChoice
from alliances.models import Alliance
from listings.departments import callers_for, departments_for
from listings.forms.fields import words
from listings.models import Item, Whistle
from members.models import Organization


class BlowForm(forms.Form):
    """Why, what for, and whom: the lead and those who assist it."""

    caller = forms.ModelChoiceField(label=_("吹哨单位"), queryset=Organization.objects.none(), empty_label=None)
    reason = forms.ChoiceField(
        label=_("吹哨情形"), choices=Whistle.Reason.choices, widget=forms.RadioSelect,
        help_text=_("只有这三种情形可以吹哨；自己能办的，请走清单认领。"),
    )  # fmt: skip
    need = words(_("要部门做什么"), rows=4, help_text=_("写清为什么自己办不了、要部门来做什么。"))
    lead = forms.ModelChoiceField(label=_("牵头部门"), queryset=Organization.objects.none(), empty_label=_("请选择"))
    assistants = NamedChoice(label=_("协同部门"), queryset=Organization.objects.none(), required=False)

    def __init__(self, *args: Any, user: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        callers = callers_for(alliance, user)
        first = callers.first()
        called = departments_for(alliance, first) if first else Organization.objects.none()
        self._offer(caller=callers, lead=called, assistants=called)
        if callers.count() == 1:
            self.fields["caller"].widget = forms.HiddenInput()
            self.fields["caller"].initial = first

    def _offer(self, **choices: Any) -> None:
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]


class BlowAnewForm(BlowForm):
    """The same with the problem itself, written down in the same step."""

    title = forms.CharField(label=_("什么事"), max_length=80, help_text=_("一句话说清，例如“五金小区东侧污水外溢”。"))
    category = forms.ChoiceField(label=_("分类"), choices=Item.Category.choices, initial=Item.Category.OTHER)
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    for_resident = forms.BooleanField(label=_("代居民（群众）提出"), required=False)
    field_order = ("title", "category", "place", "for_resident", "caller", "reason", "need", "lead", "assistants")


class CallInForm(forms.Form):
    """One more department: whoever is left to be called."""

    organization = forms.ModelChoiceField(
        label=_("部门"), queryset=Organization.objects.none(), empty_label=_("请选择")
    )

    def __init__(self, *args: Any, whistle: Whistle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        called = whistle.calls.values("organization")
        left.queryset = departments_for(whistle.alliance, whistle.caller).exclude(pk__in=called)


class ArriveForm(forms.Form):
    text = words(
        _("到场情况"), rows=3,
        help_text=_("谁、什么时候到的，写一句话即可，例如“下午三点，城管中队长带三人到场”。不定位、不打卡。"),
    )  # fmt: skip


class ReportForm(forms.Form):
    text = words(_("处置情况"), rows=5, help_text=_("做了什么、结果怎样；不需要照片。"))


class RefuseForm(forms.Form):
    reason = words(_("为什么不由本部门承担"))
    where_next = words(_("应当找谁"), rows=2, help_text=_("写清哪个部门负责，吹哨单位据此另行呼叫。"))


YES_NO = ((True, _("是")), (False, _("否")))


def yes_no(label: Any) -> forms.TypedChoiceField:
    """A question that must be answered one way or the other."""
    return forms.TypedChoiceField(
        label=label, choices=YES_NO, coerce=lambda said: said == "True", widget=forms.RadioSelect
    )


class EvaluateForm(forms.Form):
    """The whole, then each department that has reported: ``satisfied-<call>`` and ``remark-<call>``."""

    solved = yes_no(_("问题解决了吗"))
    satisfied = yes_no(_("总的满意吗"))
    remark = words(_("意见"), rows=2, required=False)

    def __init__(self, *args: Any, whistle: Whistle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reported = list(whistle.calls.filter(state="reported").select_related("organization"))
        for call in self.reported:
            self.fields[f"satisfied-{call.pk}"] = yes_no(_("对%(who)s满意吗") % {"who": call.organization.label})
            self.fields[f"remark-{call.pk}"] = words(
                _("对%(who)s的意见") % {"who": call.organization.label}, rows=2, required=False
            )

    @property
    def departments(self) -> dict[int, tuple[bool, str]]:
        """Call id -> satisfied, remark."""
        said = self.cleaned_data
        return {call.pk: (said[f"satisfied-{call.pk}"], said[f"remark-{call.pk}"]) for call in self.reported}
