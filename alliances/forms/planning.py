"""What pages ask about an alliance's templates, its year and the repeats of an activity."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances import choices
from alliances.forms.fields import DayInput
from alliances.models import Activity, ActivityTemplate, Alliance
from members.models import Organization

EVERY = (("week", _("每周")), ("month", _("每月")), ("quarter", _("每季度")))


class TemplateForm(forms.ModelForm):
    """A kind of activity, how often, and about when."""

    class Meta:
        model = ActivityTemplate
        fields = ("kind", "title", "every", "month", "day", "place")

    def _post_clean(self) -> None:
        """The verb writes the fields; the instance stays as it was read."""


class RepeatForm(forms.Form):
    every = forms.ChoiceField(label=_("多久一次"), choices=EVERY, widget=forms.RadioSelect, initial="month")
    until = forms.DateField(label=_("重复到"), widget=DayInput, help_text=_("从今天起一年之内。"))


class YearHostForm(forms.Form):
    """Which member hosts what is planned; single activities may be handed on later."""

    host = forms.ModelChoiceField(label=_("主办"), queryset=Organization.objects.none(), empty_label=None)

    def __init__(self, *args: Any, user: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts: forms.ModelChoiceField = self.fields["host"]  # type: ignore[assignment]
        hosts.queryset = choices.hosts_for(user, alliance)


class ProposedForm(forms.Form):
    """One row of the year's plan: chosen or not, on which day, under which title."""

    chosen = forms.BooleanField(label=_("列入"), required=False)
    title = forms.CharField(label=_("主题"), max_length=80)
    planned_on = forms.DateField(label=_("日期"), widget=DayInput)
    kind = forms.ChoiceField(choices=Activity.Kind.choices, widget=forms.HiddenInput)
    place = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)

    @property
    def present(self) -> bool:
        """Whether the period has an activity of the kind already."""
        return bool(self.initial.get("present"))

    @property
    def kind_word(self) -> str:
        return str(dict(Activity.Kind.choices).get(self["kind"].value(), ""))


ProposedForms = forms.formset_factory(ProposedForm, extra=0, max_num=100, absolute_max=100)


def years_of(today: date) -> tuple[int, int]:
    """The years for which one plans: this one and the next."""
    return today.year, today.year + 1
