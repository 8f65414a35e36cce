"""What a department writes about its rules, and a lead about its checklist."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.models import ChecklistMark, ChecklistRow, RuleSet
from alliances.transitions.rules import RULES
from members.pages import ReasonForm


class RulesForm(forms.ModelForm):
    """The rules of a region; the verb writes them."""

    reason = ReasonForm.base_fields["reason"]

    class Meta:
        model = RuleSet
        fields = RULES

    def terms(self) -> list[Any]:
        """The fields that are terms in days, without the one of admission, which stands with the vote."""
        return [self[name] for name in RULES if name.endswith("_days") and name != "admission_days"]

    def proposed(self) -> dict[str, Any]:
        """What the sheet says, as JSON can hold it."""
        return {name: self.cleaned_data[name] for name in RULES}

    def _post_clean(self) -> None:
        """The verb writes the fields; the instance stays as it was read."""


class ChecklistForm(ReasonForm):
    """One line for each row of the region's checklist."""

    def __init__(self, *args: Any, rows: list[ChecklistRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[f"text_{row.position}"] = forms.CharField(
                label=f"{row.group} {row.position}", max_length=120, required=False, initial=row.text
            )

    def lines(self) -> list[tuple[ChecklistRow, Any]]:
        """Each row beside its field."""
        return [(row, self[f"text_{row.position}"]) for row in self.rows]

    def proposed(self) -> dict[str, str]:
        """Position as text -> words."""
        return {str(row.position): self.cleaned_data[f"text_{row.position}"] for row in self.rows}


class MarkForm(forms.Form):
    """How the alliance stands with one row."""

    row = forms.ModelChoiceField(queryset=ChecklistRow.objects.none(), widget=forms.HiddenInput)
    standing = forms.ChoiceField(label=_("情况"), choices=ChecklistMark.Standing.choices)
    remark = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: forms.ModelChoiceField = self.fields["row"]  # type: ignore[assignment]
        chosen.queryset = rows
