"""What pages ask where an alliance changes shape: another superior, another alliance out of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances import choices
from alliances.forms.fields import NamedChoice
from alliances.models import Alliance
from members.models import Organization
from members.pages import ReasonForm


class PlaceUnderForm(ReasonForm):
    """Which committee supervises from now on."""

    supervising = forms.ModelChoiceField(
        label=_("新的上级党组织"), queryset=Organization.objects.none(), empty_label=None,
        help_text=_("只列出牵头党组织和服务区划之上、您管辖的党委和党工委。"),
    )  # fmt: skip
    field_order = ["supervising", "reason"]

    def __init__(self, *args: Any, user: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: forms.ModelChoiceField = self.fields["supervising"]  # type: ignore[assignment]
        organizations.queryset = choices.superiors_for(user, alliance)


class SplitForm(forms.Form):
    """The new alliance in a few words: whom of the members to invite, who leads, and why one alone cannot do it."""

    name = forms.CharField(label=_("新联合体的名称"), max_length=80)
    purpose = forms.CharField(
        label=_("为什么单个组织办不成"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("也写明为什么要单独分出来。"),
    )  # fmt: skip
    lead = forms.ModelChoiceField(label=_("牵头党组织"), queryset=Organization.objects.none(), empty_label=None)
    supervising = forms.ModelChoiceField(label=_("上级党组织"), queryset=Organization.objects.none(), empty_label=None)
    form = forms.ChoiceField(label=_("组织形式"), choices=Alliance.Form.choices)
    formation = forms.ChoiceField(label=_("组建方式"), choices=Alliance.Formation.choices)
    organizations = NamedChoice(
        label=_("邀请哪些成员"), queryset=Organization.objects.none(),
        help_text=_("是否加入由它们自己决定；原联合体的成员关系不变。"),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["lead"].queryset = choices.heirs_for(user, alliance)
        fields["supervising"].queryset = choices.committees_over(alliance)
        fields["supervising"].initial = alliance.supervising_id
        fields["organizations"].queryset = choices.members_of(alliance).order_by("region_id", "code")
