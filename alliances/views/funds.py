"""Pages of money: the funds of an alliance, its risk reserve, and the verbs on both."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliances import means
from alliances.forms.means import DrawForm, ReceiveForm, SpendForm
from alliances.models import Alliance, FundEntry, ReserveEntry
from alliances.money import in_yuan
from alliances.transitions.fund import draw, receive, reverse_entry, spend
from alliances.views.means import MeansPage, MeansVerbView, OfAllianceFormMixin
from alliances.views.tabs import Tab
from alliances.words import FUND_BUTTONS, RESERVE_BUTTONS
from members.pages import ReasonForm

SHOWN = 200


class LedgerPage(MeansPage):
    """A ledger with the balance after each line; the year asked for, or all."""

    model_of_lines: Any

    def lines(self) -> QuerySet:
        """Newest first, each with ``balance``."""
        rows: Any = means.running(self.of(self.model_of_lines))  # type: ignore[arg-type]
        return rows.select_related("reverses", "reversed_by", "by").order_by("-on", "-id")

    def section_data(self) -> dict[str, Any]:
        lines = self.lines()
        reversible = self.model_of_lines.objects.reversible_by(self.request.user).filter(alliance=self.object)
        return {
            "lines": lines[:SHOWN],
            "total": self.of(self.model_of_lines).balance(),  # type: ignore[attr-defined]
            "reversible": set(reversible.values_list("pk", flat=True)),
        }


class AllianceFundsView(LedgerPage):
    """经费: the ledger, and what each source brought in each year."""

    section, buttons = "funds", FUND_BUTTONS
    model_of_lines = FundEntry
    template_name = "means/funds.html"

    def lines(self) -> QuerySet:
        rows = super().lines().select_related("member", "activity", "reverses", "reversed_by", "by")
        return rows.filter(on__year=self.year) if self.year else rows

    @property
    def year(self) -> int | None:
        """The year asked for; None for all, and for what is no year."""
        asked = self.request.GET.get("year", "")
        return int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 and asked > "0000" else None

    def section_data(self) -> dict[str, Any]:
        years = means.years_of(self.object)
        tabs = [Tab(_("全部年份"), "?", self.year is None)]
        tabs += [Tab(str(year.year), f"?year={year.year}", year.year == self.year) for year in years]
        return super().section_data() | {"years": years, "year_tabs": tabs, "sources": FundEntry.SOURCES}


class AllianceReserveView(LedgerPage):
    """风险准备金: put in by settled distributions, taken out for a reason."""

    section, buttons = "reserve", RESERVE_BUTTONS
    model_of_lines = ReserveEntry
    template_name = "means/reserve.html"

    def lines(self) -> QuerySet:
        return super().lines().select_related("distribution__scheme", "reverses", "reversed_by", "by")


class AllianceReceiveView(OfAllianceFormMixin, MeansVerbView):
    model = Alliance
    able, who, section = "providable_by", "led_by", "funds"
    form_class, dates = ReceiveForm, ("on",)
    title, button, done = _("记收入"), _("入账"), _("已入账。")
    explain = _("记错了不能改，只能冲销后重记，两笔都保留。")

    def speak(self, form: forms.Form) -> Any:
        return receive(self.thing, **form.cleaned_data, **self.now())


class AllianceSpendView(OfAllianceFormMixin, MeansVerbView):
    model = Alliance
    able, who, section = "providable_by", "led_by", "funds"
    form_class, dates = SpendForm, ("on",)
    title, button, done = _("记支出"), _("记支出"), _("已记支出。")

    @property
    def explain(self) -> str:  # type: ignore[override]
        return str(_("现有结余 %(balance)s 元。")) % {"balance": in_yuan(self.alliance.funds.balance())}

    def speak(self, form: forms.Form) -> Any:
        return spend(self.thing, **form.cleaned_data, **self.now())


class AllianceDrawView(MeansVerbView):
    model = Alliance
    able, who, section = "providable_by", "led_by", "reserve"
    form_class, dates = DrawForm, ("on",)
    title, button, done = _("动用风险准备金"), _("动用"), _("已记录，所有成员都会收到通知。")

    @property
    def explain(self) -> str:  # type: ignore[override]
        return str(_("现有准备金 %(balance)s 元。")) % {"balance": in_yuan(self.alliance.reserve.balance())}

    def speak(self, form: forms.Form) -> Any:
        return draw(self.thing, **form.cleaned_data, **self.now())


class FundReverseView(MeansVerbView):
    model: Any = FundEntry
    able, who, section = "reversible_by", "kept_by", "funds"
    form_class = ReasonForm
    title, button, done, danger = _("冲销"), _("冲销这一笔"), _("已冲销，两笔都保留在账上。"), True
    explain = _("记一笔金额相反的冲销，原来的一笔保留。")

    def speak(self, form: forms.Form) -> Any:
        return reverse_entry(self.thing, **form.cleaned_data, **self.now())


class ReserveReverseView(FundReverseView):
    model: Any = ReserveEntry
    section = "reserve"
