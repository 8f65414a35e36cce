"""What the bulk bar asks: which items, which verb, why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.bulk import DEEDS, MOST
from listings.forms.fields import words


class IdsField(forms.Field):
    """The ids of rows as check boxes send them; each once."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        said = [str(one) for one in value] if isinstance(value, list) else []
        if len(said) > MOST or not all(one.isascii() and one.isdigit() and len(one) < 19 for one in said):
            raise forms.ValidationError(_("一次最多办理 %(most)s 项。") % {"most": MOST})
        return list(dict.fromkeys(int(one) for one in said))


class BulkForm(forms.Form):
    item = IdsField(error_messages={"required": _("请先选择事项。")})
    verb = forms.ChoiceField(choices=[(name, deed.label) for name, deed in DEEDS.items()], widget=forms.HiddenInput)
    reason = words(_("理由"), required=False, help_text=_("写给每一项；退回的会告知提出方。"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        deed = DEEDS.get(said.get("verb", ""))
        if deed is not None and deed.reason_needed and not said.get("reason", "").strip():
            self.add_error("reason", _("请写明理由。"))
        return said
