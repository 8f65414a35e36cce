"""保障: the tab of an alliance's means, the pages of its sections, and what their verb pages share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances import means
from alliances.models import Alliance, Booking, Distribution, FundEntry, Partner, Venue
from alliances.views.alliance import AlliancePage
from alliances.views.tabs import Tab
from members.buttons import Button
from members.idempotency import OncePage
from members.pages import VerbPage

SECTIONS = (
    ("means", _("总览"), "layout-grid"),
    ("funds", _("经费"), "wallet"),
    ("staff", _("人员"), "users"),
    ("venues", _("阵地"), "map-pin"),
    ("consortium", _("产业化联合体"), "factory"),
    ("distributions", _("利益分配"), "split"),
    ("reserve", _("风险准备金"), "piggy-bank"),
)
"""Address, word and icon of each section of the tab."""
SHOWN = 5


class MeansPage(AlliancePage):
    """A section of the tab. Who is only invited sees that it is there, and nothing of it."""

    tab = "means"
    section: str
    buttons: Sequence[Button] = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = [
            Tab(label, reverse(f"alliances:{name}", args=[self.object.pk]), name == self.section, icon=icon)
            for name, label, icon in SECTIONS
        ]
        followed = Alliance.objects.followed_by(self.request.user).filter(pk=self.object.pk).exists()
        own = self.section_data() if followed else {}
        return super().get_context_data(sections=here, followed=followed, **own, **kwargs)

    def section_data(self) -> dict[str, Any]:
        """What the section shows to who follows the alliance."""
        raise NotImplementedError

    def of(self, model: Any) -> QuerySet:
        """The rows of this alliance that the user may see."""
        rows: QuerySet = model.objects.visible_to(self.request.user).filter(alliance=self.object)
        return rows


class AllianceMeansView(MeansPage):
    """总览: what there is of each, in short."""

    section = "means"
    template_name = "means/means.html"

    def section_data(self) -> dict[str, Any]:
        now, people = timezone.now(), means.people_by_kind(self.object)
        coming = Booking.objects.visible_to(self.request.user).standing().filter(venue__alliance=self.object)
        return {
            "balance": self.of(FundEntry).balance(),  # type: ignore[attr-defined]
            "reserve": self.object.reserve.balance(),
            "this_year": next(iter(means.years_of(self.object)), None),
            "sources": FundEntry.SOURCES,
            "people": people,
            "people_count": sum(number for _kind, number in people),
            "venues": self.of(Venue).filter(until=None).select_related("organization"),
            "coming": coming.filter(ends_at__gt=now)
            .select_related("venue", "organization")
            .order_by("starts_at")[:SHOWN],
            "partners": self.of(Partner).filter(until=None),
            "distributions": self.of(Distribution).select_related("scheme")[:SHOWN],
        }


class MeansVerbView(OncePage, VerbPage):
    """A verb on something of an alliance's means, spoken once a page, with the way back to its section."""

    template_name = "means/verb.html"
    title: str | Promise
    button: str | Promise
    explain: str | Promise = ""
    danger = False
    section: str
    dates: tuple[str, ...] = ()
    """Fields of the form that begin with today."""

    @property
    def alliance(self) -> Alliance:
        found: Alliance = self.thing if isinstance(self.thing, Alliance) else self.thing.alliance
        return found

    @property
    def about(self) -> str:
        """What the verb is about."""
        return str(self.thing)

    @property
    def section_label(self) -> str | Promise:
        return next(label for name, label, _icon in SECTIONS if name == self.section)

    @property
    def section_url(self) -> str:
        return reverse(f"alliances:{self.section}", args=[self.alliance.pk])

    def get_queryset(self) -> QuerySet:
        things: Any = super().get_queryset()
        return things if self.model is Alliance else things.select_related("alliance")

    def get_initial(self) -> dict[str, Any]:
        return dict.fromkeys(self.dates, timezone.localdate())

    def get_success_url(self) -> str:
        return self.section_url

    def now(self) -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": self.request.user, "at": timezone.now()}


class OfAllianceFormMixin:
    """For forms whose choices are of one alliance and one user."""

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"user": self.request.user, "alliance": self.alliance}  # type: ignore[attr-defined]
        return super().get_form_kwargs() | own  # type: ignore[misc]
