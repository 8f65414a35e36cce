"""The figures of Party-building instructors (党建指导员): the share of the social organisations that have one."""

from __future__ import annotations

from django.db.models import Avg, Case, DecimalField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from alliances.measures import Metric, Nature, Period
from alliances.models import Instructor
from members.models import Organization


def social_organizations(period: Period) -> QuerySet:
    """The social organisations of the register, with ``instructed``: 1 where an instructor is there on the last day."""
    there = Instructor.objects.as_of(period.last).values("organization")
    instructed = Case(When(pk__in=there, then=Value(1)), default=Value(0))
    return Organization.objects.filter(sector=Organization.Sector.SOCIAL).annotate(instructed=instructed)


INSTRUCTED: tuple[Metric, ...] = (
    Metric(
        key="instructor_rate",
        label=_("党建指导员派驻率"),
        unit="",
        definition=_("登记在册的社会组织党组织中，截止日当天有党建指导员派驻的比例；在社会组织所在地统计。"),
        nature=Nature.RATE,
        rows=social_organizations,
        alliance=None,
        measure=Avg("instructed", output_field=DecimalField()),
        additive=False,
    ),
    Metric(
        key="instructor_rate_numerator",
        label=_("其中有党建指导员"),
        unit=_("个"),
        definition=_("党建指导员派驻率的分子：截止日当天有党建指导员派驻的社会组织党组织。"),
        nature=Nature.STOCK,
        rows=lambda period: social_organizations(period).filter(instructed=1),
        alliance=None,
    ),
    Metric(
        key="instructor_rate_denominator",
        label=_("社会组织党组织"),
        unit=_("个"),
        definition=_("党建指导员派驻率的分母：登记在册的社会组织党组织。"),
        nature=Nature.STOCK,
        rows=social_organizations,
        alliance=None,
    ),
)
"""The rate, its numerator and its denominator."""
