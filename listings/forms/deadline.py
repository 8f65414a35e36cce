"""What the pages of terms ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.forms.fields import DayInput, words
from listings.models import Item
from members.models import Organization


class PauseForm(forms.Form):
    """For whom the item waits, and why."""

    waits_for = forms.CharField(
        label=_("等待谁"), max_length=80, help_text=_("写清单位或事由，例如“供电公司停电计划”“居民代表会议表决”。")
    )
    reason = words(_("暂停原因"), help_text=_("会告知提出单位和认领单位。剩余的工作日保留，恢复后接着计算。"))


class RemarkForm(forms.Form):
    """A remark that may be left out."""

    reason = words(_("说明"), required=False)


class ExtensionForm(forms.Form):
    """For which of one's organisations at work, until when, and why."""

    organization = forms.ModelChoiceField(label=_("申请单位"), queryset=Organization.objects.none(), empty_label=None)
    until = forms.DateField(label=_("申请延期至"), widget=DayInput)
    reason = words(_("延期理由"), help_text=_("由牵头党组织或上级党组织答复；答复之前，原期限不变。"))

    def __init__(self, *args: Any, user: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        organizations.queryset = workers(item, user)
        if item.due_on:
            self.fields["until"].help_text = _("现在的办理期限 %(day)s") % {"day": item.due_on}


def workers(item: Item, user: Any) -> Any:
    """The user's own organisations that are at work on the item."""
    held = item.claims.unfinished().values("organization")
    return Organization.objects.spoken_for_by(user).filter(pk__in=held)
