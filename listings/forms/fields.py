"""Fields that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def words(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    """A field for a few sentences, kept on the device until the server has taken it."""
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ReasonForm(forms.Form):
    """A reason in words, told to those whom it concerns."""

    reason = words(_("理由"), help_text=_("会告知提出方和认领单位，请写清缘由和下一步去向。"))


def keep_drafts(form: forms.BaseForm, key: str) -> None:
    """Let the device keep what is written into the form's text fields until the server has taken it.

    ``key`` begins with the user's id: what somebody else wrote on the same device is not shown.
    """
    for name, field in form.fields.items():
        if isinstance(field.widget, forms.Textarea) or type(field.widget) is forms.TextInput:
            field.widget.attrs["data-draft"] = f"{key}-{name}"
