"""What the pages of endings ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance
from members.pages import ReasonForm


class MergeForm(ReasonForm):
    """Into which alliance; it was chosen before."""

    into = forms.ModelChoiceField(label=_("并入"), queryset=Alliance.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, alliance: Alliance, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others: forms.ModelChoiceField = self.fields["into"]  # type: ignore[assignment]
        others.queryset = Alliance.objects.absorbing(alliance, user)
