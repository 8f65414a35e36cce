"""What pages ask about activities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances import choices
from alliances.forms.fields import DayInput, NamedChoice
from alliances.models import Activity, Alliance
from members.models import Organization, PartyMember


class PlanForm(forms.Form):
    """An activity to come, or one gone by that is recorded next."""

    kind = forms.ChoiceField(label=_("类型"), choices=Activity.Kind.choices)
    title = forms.CharField(label=_("主题"), max_length=80)
    host = forms.ModelChoiceField(label=_("主办"), queryset=Organization.objects.none(), empty_label=None)
    planned_on = forms.DateField(label=_("日期"), widget=DayInput)
    place = forms.CharField(label=_("地点"), max_length=80, required=False)

    def __init__(self, *args: Any, user: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts: forms.ModelChoiceField = self.fields["host"]  # type: ignore[assignment]
        hosts.queryset = choices.hosts_for(user, alliance)


class PeopleField(NamedChoice):
    """Party members of one's own organisations."""

    def label_from_instance(self, obj: PartyMember) -> str:
        return f"{obj.name}（{obj.post}）" if obj.post else obj.name


class HoldForm(forms.Form):
    """Who came and who served is ticked; nobody types a number."""

    held_on = forms.DateField(label=_("开展日期"), widget=DayInput)
    organizations = NamedChoice(label=_("参加的成员党组织"), queryset=Organization.objects.none())
    people = PeopleField(
        label=_("本组织参加服务的党员"), queryset=PartyMember.objects.none(), required=False,
        help_text=_("只勾选本组织的党员；其他成员党组织自己登记。"),
    )  # fmt: skip
    note = forms.CharField(
        label=_("记录"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写清做了什么、议定了什么即可，不需要照片。"),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: forms.ModelMultipleChoiceField = self.fields["organizations"]  # type: ignore[assignment]
        organizations.queryset = choices.attenders_of(activity)
        people: forms.ModelMultipleChoiceField = self.fields["people"]  # type: ignore[assignment]
        people.queryset = choices.people_of(user)


class ServeForm(forms.Form):
    """One organisation's own people in a session."""

    organization = forms.ModelChoiceField(label=_("党组织"), queryset=Organization.objects.none(), empty_label=None)
    people = PeopleField(label=_("参加服务的党员"), queryset=PartyMember.objects.none())

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        organizations.queryset = Organization.objects.spoken_for_by(user)
        people: forms.ModelMultipleChoiceField = self.fields["people"]  # type: ignore[assignment]
        people.queryset = choices.people_of(user)
