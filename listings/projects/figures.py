"""The figures of idea calls: ideas, projects fixed, organisations that carry them out, yuan paid. Never typed in.

Each has one set of rows; a call's page narrows it to the call, a statistic to a region and a period.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, ExpressionWrapper, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from alliances.measures import Metric, Nature, Period
from alliances.models import FundEntry
from listings.models import Idea, IdeaCall, Project
from listings.querysets.project import MONEY

OUT = ExpressionWrapper(-F("amount"), output_field=MONEY)


def ideas() -> QuerySet:
    """Handed in and not taken back."""
    return Idea.objects.exclude(state=Idea.State.WITHDRAWN)


def projects() -> QuerySet:
    """Fixed; also those that were stopped later."""
    return Project.objects.all()


def carried_out() -> QuerySet:
    """Projects with their provider."""
    return Project.objects.filter(provider__isnull=False)


def money() -> QuerySet:
    """Lines of fund ledgers that paid for milestones, and the counter entries that took such a line back."""
    return FundEntry.objects.filter(Q(payment__isnull=False) | Q(reverses__payment__isnull=False))


@dataclass(frozen=True, slots=True)
class Figures:
    ideas: int
    projects: int
    organizations: int
    paid: Decimal


def figures_of(calls: QuerySet) -> Figures:
    """Of these calls, as they stand now; four statements however many there are."""
    ids = calls.order_by().values("pk")
    paid = money().filter(Q(payment__milestone__project__idea__call__in=ids)
                          | Q(reverses__payment__milestone__project__idea__call__in=ids))  # fmt: skip
    return Figures(
        ideas=ideas().filter(call__in=ids).count(),
        projects=projects().filter(idea__call__in=ids).count(),
        organizations=carried_out().filter(idea__call__in=ids).values("provider").distinct().count(),
        paid=paid.order_by().aggregate(n=Sum(OUT))["n"] or Decimal("0.00"),
    )


def begun(period: Period) -> QuerySet:
    """Projects whose provider was chosen in the period."""
    return carried_out().filter(begun_on__range=period.days)


def calls_published(period: Period) -> QuerySet:
    """Calls whose result was published in the period: every idea has its answer."""
    return IdeaCall.objects.filter(published_on__range=period.days)


IDEA_FIGURES: tuple[Metric, ...] = (
    Metric(
        key="idea_calls_held",
        label=_("金点子征集"),
        unit=_("次"),
        definition=_("期内公布结果的金点子征集；征集中、评选中和撤销的不计。"),
        nature=Nature.FLOW,
        rows=calls_published,
        day="published_on",
    ),
    Metric(
        key="ideas_proposed",
        label=_("提交金点子"),
        unit=_("条"),
        definition=_("期内提交的金点子，撤回的不计；代居民提交的也计。"),
        nature=Nature.FLOW,
        rows=lambda period: ideas().filter(proposed_on__range=period.days),
        region="call__region",
        alliance="call__alliance",
        day="proposed_on",
    ),
    Metric(
        key="projects_fixed",
        label=_("立项项目"),
        unit=_("个"),
        definition=_("期内由金点子立项、列入项目清单的项目，之后终止的也计。"),
        nature=Nature.FLOW,
        rows=lambda period: projects().filter(fixed_on__range=period.days),
        day="fixed_on",
    ),
    Metric(
        key="projects_accepted",
        label=_("验收项目"),
        unit=_("个"),
        definition=_("期内验收的金点子项目；验收后退回重做的，重新验收前不计。"),
        nature=Nature.FLOW,
        rows=lambda period: projects().filter(state=Project.State.ACCEPTED, accepted_on__range=period.days),
        day="accepted_on",
    ),
    Metric(
        key="project_organizations",
        label=_("承接项目的组织"),
        unit=_("个"),
        definition=_("期内承接项目的组织，承接几个也只计一次。"),
        nature=Nature.FLOW,
        rows=begun,
        day="begun_on",
        measure=Count("provider", distinct=True),
        additive=False,
    ),
    Metric(
        key="project_money",
        label=_("项目经费"),
        unit=_("元"),
        definition=_("期内从联合体经费账为项目里程碑支付的金额，已扣除冲销。"),
        nature=Nature.FLOW,
        rows=lambda period: money().filter(on__range=period.days),
        region="alliance__region",
        day="on",
        measure=Sum(OUT),
    ),
)
