"""The figures of lists and items: signed, open, claimed, solved, and how fast; then those of whistles and of ideas."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from alliances.measures import DaysBetween, Median, Metric, Nature, Period, end_of, rate
from listings.metrics.whistle import WHISTLE_METRICS
from listings.models import Item, Listing
from listings.projects.figures import IDEA_FIGURES
from listings.querysets import CONFIRMED
from members.models import Step

CONTENT = (Item.Satisfaction.SATISFIED, Item.Satisfaction.MOSTLY)
"""With what an asker counts as content."""


def items_open(period: Period) -> QuerySet:
    """Items that stood open at the end of the period; a problem that an item answers stands linked, not open."""
    open_then = Step.objects.standing(Item, Item.State.OPEN, at=period.end)
    return Item.objects.filter(pk__in=open_then.values("thing_id"))


def problems_solved(period: Period) -> QuerySet:
    """Problems that whoever asked has confirmed in the period."""
    return Item.objects.problems().filter(confirmed_on__range=period.days)


def problems_collected(period: Period) -> QuerySet:
    """Problems asked in the period, with ``solved``: 1 where confirmed by its end, else 0.

    What was passed on counts in the alliance that took it over, as asked on the same day, and not here as well.
    """
    confirmed = When(confirmed_on__lte=period.last, then=Value(1))
    solved = Case(confirmed, default=Value(0))
    asked = Item.objects.problems().exclude(state=Item.State.FORWARDED)
    return asked.filter(collected_on__range=period.days).annotate(solved=solved)


def judged(period: Period) -> QuerySet:
    """Items and problems confirmed in the period on which whoever asked has said what they think, with ``content``: 1
    where satisfied or mostly satisfied, else 0. A problem confirmed with its answer takes no judgement of its own, so
    each word counts once."""
    content = When(satisfaction__in=CONTENT, then=Value(1))
    rows = Item.objects.filter(confirmed_on__range=period.days).exclude(satisfaction="")
    return rows.annotate(content=Case(content, default=Value(0)))


METRICS: tuple[Metric, ...] = (
    Metric(
        key="listings_signed",
        label=_("签订清单"),
        unit=_("份"),
        definition=_("期内首次完成签订的清单；修订后的新版本不再计。"),
        nature=Nature.FLOW,
        rows=lambda period: Listing.objects.filter(version=1, signed_on__range=period.days),
        kind="kind",
        day="signed_on",
    ),
    Metric(
        key="items_open",
        label=_("待认领事项"),
        unit=_("项"),
        definition=_("截止日当天结束时处于待认领的服务事项和尚未对接的问题。"),
        nature=Nature.STOCK,
        rows=items_open,
        kind="kind",
    ),
    Metric(
        key="items_claimed",
        label=_("认领事项"),
        unit=_("项"),
        definition=_("首次认领在期内的服务事项（不含问题），之后退出的也计。"),
        nature=Nature.FLOW,
        rows=lambda period: Item.objects.services().filter(first_claimed_on__range=period.days),
        kind="kind",
        day="first_claimed_on",
    ),
    Metric(
        key="problems_solved",
        label=_("解决问题"),
        unit=_("件"),
        definition=_("期内经提出单位确认解决的问题。只有承办方说办完的不计。"),
        nature=Nature.FLOW,
        rows=problems_solved,
        kind="kind",
        day="confirmed_on",
    ),
    *rate(
        "solve_rate",
        (_("问题解决率"), _("其中已解决"), _("提出问题")),
        (
            _("期内提出的问题中，截至数据截止日已经提出单位确认解决的比例；期内没有问题时无此数。"),
            _("问题解决率的分子：期内提出、截至数据截止日已确认解决的问题。"),
            _("问题解决率的分母：期内提出的问题。"),
        ),
        _("件"),
        problems_collected,
        "solved",
        kind="kind",
        day="collected_on",
    ),
    Metric(
        key="median_days_to_solve",
        label=_("解决用时（中位数）"),
        unit=_("天"),
        definition=_("期内确认解决的问题，从提出到确认的自然日数的中位数；期内没有时无此数。"),
        nature=Nature.MEDIAN,
        rows=problems_solved,
        kind="kind",
        day="confirmed_on",
        measure=Median(DaysBetween(F("confirmed_on"), F("collected_on"))),
        additive=False,
    ),
    *rate(
        "satisfied_rate",
        (_("提出方满意率"), _("其中满意"), _("作了评价")),
        (
            _("期内确认办结、提出方作了评价的事项中，评价为满意或基本满意的比例；期内没有评价时无此数。"),
            _("满意率的分子：期内确认办结、提出方评价为满意或基本满意的事项。"),
            _("满意率的分母：期内确认办结、提出方作了评价的事项。"),
        ),
        _("件"),
        judged,
        "content",
        kind="kind",
        day="confirmed_on",
    ),
    *WHISTLE_METRICS,
    *IDEA_FIGURES,
)


def states_at(day: date, items: QuerySet) -> dict[str, int]:
    """How many of the items stood in which state at the end of the day.

    A confirmation that was corrected since then never was: such an item stood done, such a problem linked.
    """
    standing = Step.objects.standing_in_any(Item, at=end_of(day)).filter(thing_id__in=items.order_by().values("pk"))
    undone = Item.objects.filter(Q(confirmed_on=None) | Q(confirmed_on__gt=day))
    linked, done = undone.filter(answered_by__isnull=False), undone.filter(answered_by=None)
    stood = Case(
        When(to_state__in=CONFIRMED, thing_id__in=linked.values("pk"), then=Value(Item.State.LINKED.value)),
        When(to_state__in=CONFIRMED, thing_id__in=done.values("pk"), then=Value(Item.State.DONE.value)),
        default=F("to_state"),
    )
    return dict(standing.order_by().annotate(stood=stood).values_list("stood").annotate(Count("pk")))


def loop_of(period: Period, items: QuerySet) -> dict[str, int]:
    """Of the items collected in the period: how many were by its end claimed, done and confirmed (闭环).

    A problem is claimed and done with the service item that answers it.
    """
    passed = {
        name: Count("pk", filter=Q(**{f"{field}__lte": period.last}) | Q(**{f"answered_by__{field}__lte": period.last}))
        for name, field in (("claimed", "first_claimed_on"), ("done", "done_on"))
    }
    confirmed = Count("pk", filter=Q(confirmed_on__lte=period.last))
    rows = items.exclude(state=Item.State.FORWARDED).filter(collected_on__range=period.days).order_by()
    return rows.aggregate(collected=Count("pk"), **passed, confirmed=confirmed)
