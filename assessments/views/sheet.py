"""What the pages of schemes and of their supplements share: the tree of indicators, shown and edited on one sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse

from assessments.forms.scheme import ROW, IndicatorFormSet
from assessments.models import Scheme, Supplement
from assessments.trees import shares_of, tree_of
from assessments.words.scheme import scored_by
from members.buttons import Button, buttons_for
from members.models import Approval
from members.pages import VerbPage


def indicators_of(sheet: Scheme | Supplement) -> dict[str, Any]:
    """The tree, what it weighs, and who rates with what share; each leaf says how it is scored."""
    indicators = list(sheet.indicators.all())
    for one in indicators:
        one.how = scored_by(one)  # type: ignore[attr-defined]
    return {
        "tree": tree_of(indicators),
        "total": sum(one.weight for one in indicators),
        "shares": shares_of(indicators),
    }


BARRED = {"openable_by", "editable_by", "publishable_by", "adoptable_by"}
"""What cannot be done while a second person is looking at the sheet."""


def buttons_beside(approval: Approval | None, thing: Scheme | Supplement, user: Any, table: Any) -> list[Button]:
    """The verbs that the user has on the thing, without those that a pending approval bars."""
    return [one for one in buttons_for(thing, user, table) if approval is None or one.able not in BARRED]


class SheetEditView(VerbPage):
    """The terms and the indicators of a draft on one sheet, with two empty rows at its end; 保存并继续 comes back to
    it with two more."""

    able, who = "editable_by", "directed_by"

    def rows(self) -> Any:
        """The formset of indicators: as posted, or as they stand."""
        if not hasattr(self, "_rows"):
            stored = list(self.thing.indicators.values(*ROW, "steps"))
            self._rows = IndicatorFormSet(self.request.POST or None, initial=stored, prefix="i")
        return self._rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = dict.fromkeys(self.thing.indicators.exclude(group="").values_list("group", flat=True))
        return super().get_context_data(rows=self.rows(), groups=list(groups), **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        return super().form_valid(form) if self.rows().is_valid() else self.form_invalid(form)

    def get_success_url(self) -> str:
        return self.request.path if "more" in self.request.POST else str(self.thing.get_absolute_url())
