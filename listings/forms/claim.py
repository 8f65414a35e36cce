"""What pages ask about claims."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from listings.forms.fields import DayInput, keep_drafts, words
from listings.models import Claim, Item
from members.models import Organization


class ReportForm(forms.Form):
    text = words(_("进展"), rows=5, help_text=_("写清做了什么、还差什么即可，不需要照片。"))


class FinishForm(forms.Form):
    outcome = words(_("办理结果"), rows=4, required=False)


class ClaimForm(forms.Form):
    """With which organisation, in which role, until when."""

    organization = forms.ModelChoiceField(label=_("认领单位"), queryset=Organization.objects.none(), empty_label=None)
    role = forms.ChoiceField(label=_("认领方式"), choices=Claim.Role.choices, widget=forms.RadioSelect, required=False)
    promised_on = forms.DateField(label=_("承诺办结日期"), required=False, widget=DayInput)
    support = words(_("可提供的支持"), rows=2, required=False)
    wait = forms.BooleanField(
        label=_("名额已满，愿意候补"), required=False, help_text=_("有单位退出时按先后顺序通知，由本组织决定是否接受。")
    )

    def __init__(self, *args: Any, user: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        own = Organization.objects.spoken_for_by(user)
        joined = Q(memberships__alliance=item.alliance_id, memberships__state="accepted")
        organizations.queryset = own.filter(pk__in=own.filter(joined).values("pk"))
        keep_drafts(self, f"{user.pk}-claim-{item.pk}")
        if item.due_on:
            self.fields["promised_on"].help_text = _("办理期限 %(day)s") % {"day": item.due_on}
        if item.capacity == 1:
            del self.fields["role"]
