"""一表通: everything that the house knows of one alliance, as an explicit list of sections for one sheet of A4.

A section is a line of ``SECTIONS``: its title, and a function (alliance, reader, day) that answers with its facts or
its table, or None where there is nothing to tell. Nothing is typed twice: all of it is read from what was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance
from assessments.sections import ground, means, work
from assessments.sections.bodies import Body, Tell


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the sheet."""

    key: str
    title: Any
    tell: Tell


SECTIONS = (
    Section("identity", _("基本信息"), ground.identity),
    Section("purpose", _("为什么单个组织办不成"), ground.purpose),
    Section("members", _("成员党组织"), ground.members),
    Section("leadership", _("领导班子与任职"), ground.leadership),
    Section("rotation", _("轮流主持"), ground.rotation),
    Section("papers", _("章程与协议"), ground.papers),
    Section("nested", _("所含联合体"), ground.nested),
    Section("figures", _("本年数字"), work.figures),
    Section("lists", _("清单"), work.lists),
    Section("items", _("事项办理"), work.items),
    Section("meetings", _("会议"), work.meetings),
    Section("decisions", _("决议"), work.decisions),
    Section("activities", _("活动"), work.activities),
    Section("arrangements", _("机制与服务"), means.arrangements),
    Section("venues", _("共享阵地"), means.venues),
    Section("funds", _("经费"), means.funds),
    Section("people", _("队伍"), means.people),
    Section("partners", _("产业化联合体"), means.partners),
    Section("assessment", _("年度考核"), work.assessment),
    Section("standing", _("动态管理与示范带动"), work.standing),
    Section("facts", _("报道中的事实（不计入本系统的统计）"), work.facts),
)
"""The sheet, from top to bottom. A further section is a line here and its function in ``sections``."""


def sheet_of(alliance: Alliance, user: Any, today: date) -> list[tuple[Section, Body]]:
    """The sections that have something to tell, as far as the reader may see it."""
    told = [(section, section.tell(alliance, user, today)) for section in SECTIONS]
    return [(section, body) for section, body in told if body is not None]
