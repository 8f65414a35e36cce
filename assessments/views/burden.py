"""Pages of the burden ledger (负担台账): a branch sees its own, staff those of their subtree, by name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments import burden
from assessments.models import BurdenCeiling
from assessments.words.burden import in_words
from members.models import Organization, Region
from members.pages import DetailPage, ListPage, VerbPage
from members.scope import rights_of
from members.views.inbox import Tab


def month_asked(asked: str, today: date) -> date:
    """The first day of the month that the address names; this month for anything else."""
    return next((one for one in burden.months_until(today) if f"{one:%Y-%m}" == asked), today.replace(day=1))


class MonthMixin:
    """The month that the page is about, and the way to the others."""

    request: Any

    @property
    def month(self) -> date:
        return month_asked(self.request.GET.get("month", ""), timezone.localdate())

    def months(self, rest: str = "") -> list[Tab]:
        found = burden.months_until(timezone.localdate())
        words = _("%(year)s年%(month)s月")
        return [
            Tab(words % {"year": one.year, "month": one.month}, f"?month={one:%Y-%m}{rest}", one == self.month, "")
            for one in found
        ]


class BurdenListView(MonthMixin, ListPage):
    """The month's ledger: fifty organisations a page, or those above their ceiling; always in the order of names."""

    model = Organization
    template_name = "burden/burden_list.html"
    ordering = ("name", "id")

    @property
    def exceeding(self) -> bool:
        return self.request.GET.get("tab") == "above"

    def get_queryset(self) -> QuerySet:
        seen = Organization.objects.described_to(self.request.user).standing()
        return burden.above(seen, self.month) if self.exceeding else seen

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rights: Any = rights_of(self.request.user)
        month = f"month={self.month:%Y-%m}"
        tabs = [
            Tab(_("全部"), f"?{month}", not self.exceeding, ""),
            Tab(_("超出上限"), f"?{month}&tab=above", self.exceeding, ""),
        ]
        own = Region.objects.filter(pk__in=rights.departments)
        return context | {
            "rows": burden.ledger(context["object_list"], self.month), "tabs": tabs, "exceeding": self.exceeding,
            "months": self.months("&tab=above" if self.exceeding else ""), "own_regions": own,
            "ceilings": BurdenCeiling.objects.visible_to(self.request.user).select_related("region")[:20],
        }  # fmt: skip


class BurdenDetailView(MonthMixin, DetailPage):
    """What was asked of one organisation in the month, kind by kind."""

    model = Organization
    template_name = "burden/burden_detail.html"

    def get_queryset(self) -> QuerySet:
        return Organization.objects.described_to(self.request.user).standing()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (row,) = burden.ledger([self.object], self.month)
        lines = [(in_words(line.deed), line) for line in row.lines]
        return super().get_context_data(row=row, lines=lines, month=self.month, months=self.months(), **kwargs)


class CeilingForm(forms.ModelForm):
    class Meta:
        model = BurdenCeiling
        fields = ("fillings", "requests", "messages")


class CeilingView(VerbPage):
    """The department's own ceiling over its region's organisations."""

    model = Region
    able = "directed_by"
    form_class: Any = CeilingForm
    template_name = "burden/ceiling_set.html"
    done = gettext_lazy("已设定。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": BurdenCeiling.objects.filter(region=self.thing).first()}

    def speak(self, form: forms.Form) -> Any:
        by: Any = self.request.user
        return burden.set_ceiling(self.thing, **form.cleaned_data, by=by, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("burden:list")
