"""What the page asks that puts a decision on a list."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.forms.item import ItemForm
from listings.transitions.decision import KINDS


class EnactForm(ItemForm):
    """Onto which list, and the item's words: those of the decision to begin with."""

    kind = forms.ChoiceField(
        label=_("列入"), choices=[(kind.value, kind.label) for kind in KINDS], widget=forms.RadioSelect
    )
