"""What is asked when a program is to get a key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import ApiClient, Organization, Region, User
from members.pages import ReasonForm
from members.scope import rights_of

TERMS = ((90, _("90 天")), (180, _("半年")), (365, _("一年")))


def place_of(code: str, by: User) -> Region | Organization | None:
    """The region or organisation of that code for which ``by`` may ask; None for others, as for those that there are
    not."""
    rights = rights_of(by)
    if by.duty == "system" or rights.governs(code):
        region = Region.objects.filter(pk=code).first()
        if region is not None:
            return region
    reachable = Organization.objects.all()
    if by.duty != "system":
        reachable = Organization.objects.described_to(by)
    return reachable.filter(code=code).first()


class KeyForm(ReasonForm):
    """Which program, over what, for what and how long. Places out of reach answer like unknown ones."""

    name = forms.CharField(label=_("程序名称"), max_length=80, help_text=_("写明单位和用途，如“民政局低保系统”。"))
    place = forms.CharField(
        label=_("区划代码或组织代码"), max_length=32,
        help_text=_("按区划：读这一区划的数据；按组织：还可代这个党组织推送、认领。"),
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=_("权限范围"), choices=ApiClient.Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=_("有效期"), choices=TERMS, coerce=int, initial=365)
    field_order = ["name", "place", "scopes", "days", "reason"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_place(self) -> Region | Organization:
        found = place_of(self.cleaned_data["place"].strip(), self.by)
        if found is None:
            raise forms.ValidationError(_("没有这个代码，或它不在您的范围内。"))
        return found
