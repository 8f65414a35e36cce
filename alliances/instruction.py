"""The figures of Party-building instructors (党建指导员): the share of the social organisations that have one."""

from __future__ import annotations

from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from alliances.measures import Nature, Period, rate
from alliances.models import Instructor
from members.models import Organization


def social_organizations(period: Period) -> QuerySet:
    """The social organisations of the register, with ``instructed``: 1 where an instructor is there on the last day."""
    there = Instructor.objects.as_of(period.last).values("organization")
    instructed = Case(When(pk__in=there, then=Value(1)), default=Value(0))
    return Organization.objects.filter(sector=Organization.Sector.SOCIAL).annotate(instructed=instructed)


INSTRUCTED = rate(
    "instructor_rate",
    (_("党建指导员派驻率"), _("其中有党建指导员"), _("社会组织党组织")),
    (
        _("登记在册的社会组织党组织中，截止日当天有党建指导员派驻的比例；在社会组织所在地统计。"),
        _("党建指导员派驻率的分子：截止日当天有党建指导员派驻的社会组织党组织。"),
        _("党建指导员派驻率的分母：登记在册的社会组织党组织。"),
    ),
    _("个"),
    social_organizations,
    "instructed",
    nature=Nature.STOCK,
    alliance=None,
)
"""The rate, its numerator and its denominator."""
