"""What pages ask of who wants to join, and of who decides on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from members.models import Organization


class OwnForm(forms.Form):
    """For which of one's organisations one speaks; asked only where there are several."""

    organization = forms.ModelChoiceField(
        label=_("本组织"), queryset=Organization.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, own: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        organizations.queryset = own
        first = list(own[:2])
        if len(first) == 1:
            organizations.widget, organizations.required = forms.HiddenInput(), False
            organizations.initial = first[0]
        self.only = first[0] if len(first) == 1 else None

    def clean_organization(self) -> Organization:
        """The only one where there is no choice."""
        chosen: Organization | None = self.cleaned_data["organization"] or self.only
        if chosen is None:
            raise forms.ValidationError(_("请选择本组织。"))
        return chosen


class StatementForm(forms.Form):
    """What the members read before they decide."""

    statement = forms.CharField(
        label=_("为什么加入、能做什么"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("成员表决时会看到。"),
    )  # fmt: skip


class ApplyForm(OwnForm, StatementForm):
    field_order = ["organization", "statement"]


class VoteForm(OwnForm):
    """Two buttons: yes or no."""

    agrees = forms.TypedChoiceField(
        label=_("表决"), choices=(("yes", _("同意加入")), ("no", _("不同意"))), coerce=lambda said: said == "yes"
    )
