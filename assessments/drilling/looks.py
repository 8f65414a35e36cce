"""How a row of each kind is shown in a list: what it is, of which alliance, where, whose, on which day.

Persons are shown by their organisation: a figure needs no names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from alliances.models import (
    Alliance,
    Belt,
    DemonstrationSite,
    FundEntry,
    Meeting,
    Rectification,
    Reward,
    ServiceRecord,
    Session,
)
from listings.models import Call, Idea, IdeaCall, Item, Listing, Project, Whistle
from members.models import Organization, PartyMember

Row = Any
Path = str


@dataclass(frozen=True)
class Look:
    """``region`` and ``alliance`` are paths from a row (no alliance: the column is left out); ``body`` the column of
    the organisation and ``day`` that of the day, each a name with a path; ``url`` the page of a row."""

    label: str | Promise
    what: Callable[[Row], str]
    fetch: tuple[str, ...] = ()
    region: Path = "region"
    alliance: Path = "alliance"
    body: tuple[str | Promise, Path] | None = None
    day: tuple[str | Promise, Path] | None = None
    url: Callable[[Row], str] | None = field(default=lambda row: str(row.get_absolute_url()))
    of_bodies: bool = False

    def heads(self, *, coded: bool = False) -> list[str]:
        """The columns of :meth:`cells`; ``coded`` with the division code, as files have it."""
        named = [self.label, *([_("联合体")] if self.alliance else []), *([_("区划代码")] if coded else []), _("地区")]
        return [str(name) for name in (*named, *(one[0] for one in (self.body, self.day) if one))]

    def cells(self, row: Row, *, coded: bool = False) -> list[Any]:
        """A row in columns; days are dates, what is not known is a dash."""
        place = attrgetter(self.region)(row)
        told: list[Any] = [self.what(row)]
        told += [attrgetter(self.alliance)(row).name] if self.alliance else []
        told += [place.code, place.name] if coded else [place.name]
        told += [attrgetter(one[1])(row) for one in (self.body, self.day) if one]
        return ["—" if cell is None else cell if isinstance(cell, date) else str(cell) for cell in told]


def _service(row: Any) -> str:
    return row.session.activity.title if row.session else now_("清单事项中的服务")


def _service_url(row: Any) -> str:
    return str(row.session.activity.get_absolute_url()) if row.session else ""


def _item(row: Any) -> str:
    return f"{row.number} {row.title}（{row.get_state_display()}）"


OF_ALLIANCE: Callable[[Row], str] = lambda row: str(row.alliance.get_absolute_url())  # noqa: E731
HERE = ("alliance", "region")

LOOKS: dict[type[Model], Look] = {
    Alliance: Look(
        _("联合体"), lambda row: f"{row.name}（{row.get_state_display()}）", ("lead", "region"), alliance="",
        body=(_("牵头党组织"), "lead.name"), day=(_("成立日期"), "activated_on"),
    ),
    DemonstrationSite: Look(
        _("示范点"), lambda row: row.alliance.name, HERE, alliance="", day=(_("命名日期"), "since"), url=OF_ALLIANCE
    ),
    Belt: Look(
        _("发展带"), lambda row: f"{row.name}（{row.get_kind_display()}）", ("region",), alliance="",
        day=(_("命名日期"), "since"),
    ),
    Organization: Look(
        _("党组织"), lambda row: row.name, ("region",), alliance="", body=(_("编号"), "code"), of_bodies=True
    ),
    PartyMember: Look(
        _("党员所在党组织（一行一名党员，不列姓名）"), lambda row: row.organization.name, ("organization__region",),
        "organization.region", "", url=None,
    ),
    Session: Look(
        _("活动"), lambda row: f"{row.activity.title}（{row.activity.get_kind_display()}）",
        ("activity__alliance", "activity__host", "region"), alliance="activity.alliance",
        body=(_("承办"), "activity.host.name"), day=(_("开展日期"), "held_on"),
        url=lambda row: str(row.activity.get_absolute_url()),
    ),
    Meeting: Look(
        _("会议"), lambda row: f"{row.title}（{row.get_kind_display()}）", (*HERE, "host"),
        body=(_("主持"), "host.name"), day=(_("召开日期"), "held_on"),
    ),
    ServiceRecord: Look(
        _("服务（一行一人次，不列姓名）"), _service, (*HERE, "person__organization", "session__activity"),
        body=(_("党员所在党组织"), "person.organization.name"), day=(_("服务日期"), "served_on"), url=_service_url,
    ),
    Rectification: Look(
        _("规范整顿"), lambda row: row.alliance.name, HERE, alliance="", day=(_("下达日期"), "ordered_on"),
        url=OF_ALLIANCE,
    ),
    Reward: Look(
        _("政策资金倾斜"), lambda row: row.what, HERE, day=(_("决定日期"), "granted_on"), url=OF_ALLIANCE
    ),
    Listing: Look(
        _("清单"), lambda row: f"{row.period_label}{row.get_kind_display()}", HERE, day=(_("签订日期"), "signed_on")
    ),
    Item: Look(
        _("事项"), _item, (*HERE, "asked_by"), body=(_("提出单位"), "asked_by.name"),
        day=(_("提出日期"), "collected_on"),
    ),
    Whistle: Look(
        _("吹哨"), lambda row: f"{row.number} {row.item.title}", (*HERE, "item", "caller"),
        body=(_("吹哨单位"), "caller.name"), day=(_("吹响日期"), "sounded_on"),
    ),
    Call: Look(
        _("呼叫"), lambda row: f"{row.whistle.number} {row.whistle.item.title}",
        ("whistle__alliance", "whistle__region", "whistle__item", "organization"), "whistle.region",
        "whistle.alliance", body=(_("部门"), "organization.name"), day=(_("呼叫日期"), "called_on"),
    ),
    IdeaCall: Look(_("金点子征集"), lambda row: row.theme, HERE, day=(_("公布日期"), "published_on")),
    Idea: Look(
        _("金点子"), lambda row: row.title, ("call__alliance", "call__region", "proposed_by"), "call.region",
        "call.alliance", body=(_("提出单位"), "proposed_by.name"), day=(_("提出日期"), "proposed_on"),
    ),
    Project: Look(
        _("项目"), lambda row: f"{row.item.title}（{row.get_state_display()}）", (*HERE, "item", "provider"),
        body=(_("承接方"), "provider"), day=(_("立项日期"), "fixed_on"),
    ),
    FundEntry: Look(
        _("支出"), lambda row: row.purpose or str(row), ("alliance__region",), "alliance.region",
        day=(_("日期"), "on"),
    ),
}  # fmt: skip
"""Every model whose rows a figure counts."""
