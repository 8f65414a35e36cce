"""What pages ask about projects."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.forms.fields import DayInput, words
from listings.models import Milestone, Project
from listings.projects import choices
from members.models import Organization


class BidForm(forms.Form):
    """Which member offers, and how it would do it."""

    organization = forms.ModelChoiceField(label=_("承接单位"), queryset=Organization.objects.none(), empty_label=None)
    plan = words(_("承接方案"), rows=4, help_text=_("怎么做、需要多久、需要多少经费。"))

    def __init__(self, *args: Any, user: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organization: Any = self.fields["organization"]
        organization.queryset = choices.bidders_of(project, user)


class AppointForm(forms.Form):
    """Why this one, and what money it is granted."""

    reason = words(_("选定理由"), help_text=_("会告知所有申请承接的单位。"))
    budget = forms.DecimalField(
        label=_("核定经费（元）"), min_value=Decimal(0), max_digits=14, decimal_places=2, initial=Decimal("0.00"),
        help_text=_("付款不会超过这个数；不需要经费的填 0。"),
    )  # fmt: skip


class MilestoneForm(forms.ModelForm):
    class Meta:
        model = Milestone
        fields = ("title", "due_on")
        widgets = {"due_on": DayInput}


class DoneForm(forms.Form):
    """What has been done: for a milestone, or about a visit."""

    text = words(_("完成情况"), rows=4, help_text=_("写清做了什么即可，不需要照片。"))


class PayForm(forms.Form):
    amount = forms.DecimalField(label=_("金额（元）"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2)
    on = forms.DateField(label=_("付款日期"), widget=DayInput)
    document = forms.CharField(label=_("凭证"), max_length=80, required=False)


class VisitForm(forms.Form):
    visited_on = forms.DateField(label=_("监督日期"), widget=DayInput)
    seen = words(_("看了什么"))
    findings = words(_("发现的问题"), required=False)
    follow_up = words(_("后续要求"), required=False, help_text=_("写了要求的，承接方要答复落实情况，才能验收。"))
