"""What pages ask about double registration: which community, whose people, what they are good at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.choices import registration as choices
from alliances.forms.activity import PeopleField
from alliances.models import Alliance, Skill
from members.models import Organization, PartyMember


class CommunityForm(forms.Form):
    """One community of the organ's city; only the few that were found or are linked stand as choices."""

    community = forms.ModelChoiceField(
        label=_("社区或嘎查村"), queryset=Organization.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, organ: Organization, shown: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["community"]
        field.queryset = choices.communities_for(organ)
        field.choices = shown


class RegisterForm(CommunityForm):
    """Who of the organ's own people registers there."""

    people = PeopleField(label=_("党员"), queryset=PartyMember.objects.none())
    field_order = ["community", "people"]

    def __init__(self, *args: Any, organ: Organization, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, organ=organ, **kwargs)
        field: Any = self.fields["people"]
        field.queryset = choices.staff_of(organ, today)


class SkillsForm(forms.Form):
    skills = forms.MultipleChoiceField(
        label=_("专长"), choices=Skill.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("选自己愿意用来服务的，可以不选。"),
    )  # fmt: skip


class OfferForm(forms.Form):
    """A post that a community offers."""

    community = forms.ModelChoiceField(label=_("社区"), queryset=Organization.objects.none(), empty_label=None)
    title = forms.CharField(label=_("岗位名称"), max_length=40)
    skill = forms.ChoiceField(label=_("所需专长"), choices=[("", _("不限")), *Skill.choices], required=False)
    capacity = forms.IntegerField(label=_("需要人数"), min_value=1, max_value=100, initial=1)
    times = forms.CharField(label=_("服务时间"), max_length=60, required=False, help_text=_("如：每周六上午"))
    detail = forms.CharField(
        label=_("要做什么"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["community"]
        field.queryset = Organization.objects.offering_by(user)


class PersonForm(forms.Form):
    """Who takes the place: oneself, or one of the own branch's registered people."""

    person = forms.ModelChoiceField(label=_("党员"), queryset=PartyMember.objects.none(), empty_label=None)

    def __init__(self, *args: Any, user: Any, community: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = choices.registered_of(user, community)


class ThanksForm(forms.Form):
    words = forms.CharField(
        label=_("致谢的话"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class TeamForm(forms.Form):
    """A volunteer team of one's own community."""

    name = forms.CharField(label=_("队名"), max_length=40)
    captain = forms.ModelChoiceField(
        label=_("队长"), queryset=PartyMember.objects.none(),
        help_text=_("从在本社区报到的党员中选，请先征得本人同意。"),
    )
    alliance = forms.ModelChoiceField(
        label=_("所属联合体"), queryset=Alliance.objects.none(), required=False, empty_label=_("不属于联合体")
    )

    def __init__(self, *args: Any, community: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["captain"].queryset = choices.registered_with(community)
        fields["alliance"].queryset = choices.alliances_of(community)
