"""What the statistics page lets one ask: a region, a year or any days, and alliances of a mode, form or chain."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.measures import Period
from alliances.models import Alliance, Chain

DAY = {"type": "date"}
CLASSES = {"mode": "mode", "form": "form", "chain": "chains__kind"}


def choice(label: Any, choices: Any) -> forms.ChoiceField:
    """A choice that may stay open."""
    return forms.ChoiceField(label=label, choices=[("", _("全部")), *choices], required=False)


class QuestionForm(forms.Form):
    """``year`` chooses a calendar year, ``from`` and ``to`` any days; neither: this year until today."""

    region = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    year = forms.IntegerField(required=False, min_value=1, max_value=9999, widget=forms.HiddenInput)
    to = forms.DateField(label=_("截止日"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    mode = choice(_("模式"), Alliance.Mode.choices)
    form = choice(_("组织形式"), Alliance.Form.choices)
    chain = choice(_("链"), Chain.Kind.choices)
    field_order = ("region", "year", "from", "to", "mode", "form", "chain")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
        self.fields["from"] = forms.DateField(label=_("起始日"), required=False, widget=widget)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = said.get("from"), said.get("to")
        if first and last and first > last:
            self.add_error("from", _("起始日不能晚于截止日。"))
        return said

    def period(self, today: date) -> Period:
        """The days asked for, as far as they have come."""
        said = self.cleaned_data if self.is_valid() else {}
        if said.get("from") or said.get("to"):
            last = said.get("to") or today
            return Period(said.get("from") or date(last.year, 1, 1), last).until(today)
        return Period.year_of(date(said.get("year") or today.year, 1, 1)).until(today)

    def alliances(self, within: QuerySet | None) -> QuerySet | None:
        """Of these alliances (None: of all) those of the chosen classes; None where nothing is chosen."""
        said = self.cleaned_data if self.is_valid() else {}
        chosen = {path: said[name] for name, path in CLASSES.items() if said.get(name)}
        return (Alliance.objects.all() if within is None else within).filter(**chosen) if chosen else within
