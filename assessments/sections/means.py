"""With what the alliance works: arrangements, shared places, money, people, the consortium around it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from alliances.means import people_by_kind, years_of
from alliances.models import Alliance, FundEntry, Partner, Staff, Venue
from assessments.sections.bodies import LATEST, LONGEST, Body, Facts, Table, cut


def arrangements(alliance: Alliance, user: Any, today: date) -> Body:
    rows = [(one.get_kind_display(), one.text) for one in alliance.arrangements.all()[:LONGEST]]
    return Table((_("类别"), _("内容")), rows) if rows else None


def venues(alliance: Alliance, user: Any, today: date) -> Body:
    seen = Venue.objects.visible_to(user).filter(alliance=alliance).shared().select_related("organization")
    rows = [
        (v.name, v.get_kind_display(), v.place or "—", v.season or "—", v.organization.label)
        for v in seen.order_by("pk")[:LATEST]
    ]
    heads = (_("阵地"), _("类别"), _("地点"), _("季节"), _("提供单位"))
    return Table(heads, rows, cut(seen.count(), LATEST)) if rows else None


def yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def funds(alliance: Alliance, user: Any, today: date) -> Body:
    """By year: what each of the three sources brought, what was spent, what is left; in yuan."""
    if not FundEntry.objects.visible_to(user).filter(alliance=alliance).exists():
        return None
    years = years_of(alliance)
    sources = [FundEntry.Kind(kind) for kind in FundEntry.SOURCES]
    rows = [
        (str(year.year), *(yuan(year.kinds[source]) for source in sources), yuan(year.spent), yuan(year.balance))
        for year in years[:LATEST]
    ]
    return Table((_("年度（元）"), *(source.label for source in sources), _("支出"), _("年末结余")), rows)


def people(alliance: Alliance, user: Any, today: date) -> Body:
    """How many work for it now, by kind: numbers, not names."""
    if not Staff.objects.visible_to(user).filter(alliance=alliance).present().exists():
        return None
    return Facts([(kind, now_("%(number)s 人") % {"number": number}) for kind, number in people_by_kind(alliance)])


def partners(alliance: Alliance, user: Any, today: date) -> Body:
    """The industry consortium beside the alliance: not Party organisations."""
    seen = Partner.objects.visible_to(user).filter(alliance=alliance, until=None).order_by("kind", "pk")
    rows = [(partner.name, partner.get_kind_display()) for partner in seen[:LATEST]]
    return Table((_("产业化联合体成员"), _("类别")), rows, cut(seen.count(), LATEST)) if rows else None
