"""What is asked of whoever keeps a view: its name, and with whom it is shared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.models import SavedView
from members.models import Organization


class SaveViewForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=20, help_text=_("例如“我街道本周到期”。同名的视图会被替换。"))
    organization = forms.ModelChoiceField(
        label=_("共享给"), queryset=Organization.objects.none(), required=False, empty_label=_("只给自己用")
    )
    look = forms.ChoiceField(choices=SavedView.Look.choices, widget=forms.HiddenInput)
    query = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organization: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        organization.queryset = Organization.objects.spoken_for_by(user)
        if not organization.queryset.exists():
            del self.fields["organization"]
