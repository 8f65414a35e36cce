"""Fields that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.models import Chain


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class NamedChoice(forms.ModelMultipleChoiceField):
    """Check boxes for rows; the labels say what tells the rows apart."""

    widget = forms.CheckboxSelectMultiple


def chains_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("链"), choices=Chain.Kind.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
