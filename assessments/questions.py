"""What one may ask of statistics, in page, file and REST alike: region, period, alliances of a class, kind of list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.measures import Period
from alliances.models import Alliance, Chain
from alliances.models.alliance import CROSSING_LABELS
from listings.models.listing import Kind

DAY = {"type": "date"}
QUARTERS = [(1, _("一季度")), (2, _("二季度")), (3, _("三季度")), (4, _("四季度"))]
MONTHS = [(number, _("%(month)s月") % {"month": number}) for number in range(1, 13)]
CLASSED = ("mode", "form", "chain", "crossing")


def choice(label: Any, choices: Any) -> forms.ChoiceField:
    """A choice that may stay open."""
    return forms.ChoiceField(label=label, choices=[("", _("全部")), *choices], required=False)


def number(label: Any, choices: Any) -> forms.TypedChoiceField:
    """A choice among numbers that may stay open: None then."""
    every = [("", _("全部")), *choices]
    return forms.TypedChoiceField(label=label, choices=every, required=False, coerce=int, empty_value=None)


class QuestionForm(forms.Form):
    """``year`` chooses a calendar year, ``quarter`` or ``month`` a part of it, ``from`` and ``to`` any days instead;
    nothing: this year until today. ``compare`` sets the same days of the year before beside it."""

    region = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    alliance = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    year = forms.IntegerField(required=False, min_value=1, max_value=9999, widget=forms.HiddenInput)
    quarter = number(_("季度"), QUARTERS)
    month = number(_("月份"), MONTHS)
    to = forms.DateField(label=_("截止日"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    mode = choice(_("模式"), Alliance.Mode.choices)
    form = choice(_("组织形式"), Alliance.Form.choices)
    chain = choice(_("链"), Chain.Kind.choices)
    crossing = choice(_("联建方式"), CROSSING_LABELS.items())
    kind = choice(_("清单类别"), Kind.choices)
    compare = choice(_("对比"), [("year", _("上年同期"))])
    field_order: tuple[str, ...] = (
        "region", "alliance", "year", "quarter", "month", "from", "to", *CLASSED, "kind", "compare",
    )  # fmt: skip

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
        quarter, month = said.get("quarter"), said.get("month")
        if quarter and month and (month + 2) // 3 != quarter:
            self.add_error("month", _("所选月份不在所选季度内，请只选其一。"))
        return said

    @property
    def said(self) -> dict[str, Any]:
        """What was asked, field by field; nothing of a question that makes no sense."""
        return self.cleaned_data if self.is_valid() else {}

    def span(self, today: date) -> Period:
        """The days asked for, also those to come. Days from and to go before years, quarters and months."""
        said = self.said
        if said.get("from") or said.get("to"):
            last = said.get("to") or max(today, said["from"])
            return Period(said.get("from") or date(last.year, 1, 1), last)
        year = said.get("year") or today.year
        if said.get("month"):
            return Period.month_of(date(year, said["month"], 1))
        if said.get("quarter"):
            return Period.quarter_of(date(year, 3 * said["quarter"], 1))
        return Period.year_of(date(year, 1, 1))

    def period(self, today: date) -> Period:
        """The days asked for, as far as they have come."""
        return self.span(today).until(today)

    @property
    def classed(self) -> bool:
        """Whether alliances of a class, or one alliance, are asked for."""
        return any(self.said.get(name) for name in (*CLASSED, "alliance"))

    def alliances(self, within: QuerySet | None, on: date) -> QuerySet | None:
        """Of these alliances (None: of all) those of the chosen classes, crossing on that day; None for no choice."""
        if not self.classed:
            return within
        said = self.said
        chosen: Any = Alliance.objects.all() if within is None else within
        if said["crossing"]:
            chosen = chosen.crossing(said["crossing"], on)
        return chosen.filter(self._chosen())

    def _chosen(self) -> Q:
        said = self.said
        wanted = Q(**{name: said[name] for name in ("mode", "form") if said[name]})
        if said["chain"]:
            wanted &= Q(pk__in=Chain.objects.filter(kind=said["chain"]).values("alliance"))
        return wanted & Q(pk=said["alliance"]) if said["alliance"] else wanted


class ComparedForm(QuestionForm):
    """The same for what stands beside the year before in any case."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["compare"]
