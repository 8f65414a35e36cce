"""The figures of alliances: how many run, whom they join, what they do together, how they are judged."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.coverage import MEMBERS_REGISTERED, ORGANS_LINKED
from alliances.instruction import INSTRUCTED
from alliances.measures import Metric, Nature, Period, first_of_its_alliance
from alliances.models import (
    Alliance,
    Belt,
    DemonstrationSite,
    Meeting,
    Membership,
    Rectification,
    Reward,
    ServiceRecord,
    Session,
)


def current_memberships(period: Period) -> QuerySet:
    """Memberships that stand at the end of the period, of alliances that run then."""
    day = period.last
    running = Q(alliance__activated_on__lte=day) & (Q(alliance__ended_on=None) | Q(alliance__ended_on__gt=day))
    return Membership.objects.as_of(day).filter(running)


def memberships_of_people(period: Period) -> QuerySet:
    """The same, once for each Party member who then belongs to the member organisation."""
    day = period.last
    belongs = Q(organization__people__since__lte=day)
    stays = Q(organization__people__until=None) | Q(organization__people__until__gt=day)
    return current_memberships(period).filter(belongs & stays)


def sessions_held(period: Period) -> QuerySet:
    """Sessions of the period; a late record once a second person has confirmed it."""
    return Session.objects.counted().filter(held_on__range=period.days)


def services(period: Period) -> QuerySet:
    """Service records of the period, without those of late sessions that nobody has confirmed."""
    unconfirmed = Session.objects.filter(late=True, confirmed_at=None, held_on__lte=period.last)
    return ServiceRecord.objects.filter(served_on__range=period.days).exclude(session__in=unconfirmed.values("pk"))


METRICS: tuple[Metric, ...] = (
    Metric(
        key="alliances_active",
        label=_("联合体"),
        unit=_("个"),
        definition=_("截止日当天结束时运行中或规范整顿中的联合体，嵌套的也各计一个。"),
        nature=Nature.STOCK,
        rows=lambda period: Alliance.objects.as_of(period.last),
        alliance="pk",
    ),
    Metric(
        key="demonstration_sites",
        label=_("示范点"),
        unit=_("个"),
        definition=_("截止日当天结束时命名有效的示范点。"),
        nature=Nature.STOCK,
        rows=lambda period: DemonstrationSite.objects.as_of(period.last),
    ),
    Metric(
        key="belts",
        label=_("发展带"),
        unit=_("条"),
        definition=_(
            "截止日当天结束时命名有效的发展带、红色风景线和红色片区；按其自身区划计，不归入模式、链条和形式。"
        ),
        nature=Nature.STOCK,
        rows=lambda period: Belt.objects.as_of(period.last),
        alliance=None,
    ),
    Metric(
        key="organizations_covered",
        label=_("成员党组织"),
        unit=_("个"),
        definition=_("截止日在运行的联合体中的现有成员党组织，参加几个联合体也只计一次；在联合体所在地统计。"),
        nature=Nature.STOCK,
        rows=current_memberships,
        region="alliance__region",
        measure=Count("organization", distinct=True),
        additive=False,
    ),
    Metric(
        key="party_members_covered",
        label=_("覆盖党员"),
        unit=_("名"),
        definition=_("截止日上述成员党组织中的党员，每人只计一次；在联合体所在地统计。"),
        nature=Nature.STOCK,
        rows=memberships_of_people,
        region="alliance__region",
        measure=Count("organization__people", distinct=True),
        additive=False,
        persons=True,
    ),
    ORGANS_LINKED,
    MEMBERS_REGISTERED,
    Metric(
        key="activities_held",
        label=_("活动"),
        unit=_("场"),
        definition=_("期内开展的活动场次；补录的场次经第二人复核后计入其开展之日。"),
        nature=Nature.FLOW,
        rows=sessions_held,
        alliance="activity__alliance",
        day="held_on",
    ),
    Metric(
        key="theme_days_held",
        label=_("主题党日"),
        unit=_("场"),
        definition=_("期内开展的主题党日场次，口径同“活动”。"),
        nature=Nature.FLOW,
        rows=sessions_held,
        where=Q(activity__kind="theme_day"),
        alliance="activity__alliance",
        day="held_on",
    ),
    Metric(
        key="meetings_held",
        label=_("会议"),
        unit=_("次"),
        definition=_("期内召开的工作例会、联席会商等会议，不计入活动；补录的会议经第二人复核后计入其召开之日。"),
        nature=Nature.FLOW,
        rows=lambda period: Meeting.objects.counted().filter(held_on__range=period.days),
        day="held_on",
    ),
    Metric(
        key="service_person_times",
        label=_("志愿服务"),
        unit=_("人次"),
        definition=_("期内的服务记录：一人一天在一场活动或一个事项中服务计一人次；未复核的补录场次不计。"),
        nature=Nature.FLOW,
        rows=services,
        day="served_on",
    ),
    Metric(
        key="service_people",
        label=_("参加服务的党员"),
        unit=_("名"),
        definition=_("期内有服务记录的党员，服务多少次也只计一人。"),
        nature=Nature.FLOW,
        rows=services,
        day="served_on",
        measure=Count("person", distinct=True),
        additive=False,
        persons=True,
    ),
    Metric(
        key="alliances_rectified",
        label=_("规范整顿"),
        unit=_("个"),
        definition=_(
            "期内被下达规范整顿的联合体，在复核同意之日计入；期内多次只计一次，计在第一次；经申诉撤销的不计。"
        ),
        nature=Nature.FLOW,
        rows=lambda period: first_of_its_alliance(
            Rectification.objects.counted().filter(ordered_on__range=period.days), "ordered_on"
        ),
        day="ordered_on",
    ),
    Metric(
        key="alliances_rewarded",
        label=_("政策资金倾斜"),
        unit=_("个"),
        definition=_("期内获得政策资金倾斜的联合体；期内多次只计一次，计在第一次。"),
        nature=Nature.FLOW,
        rows=lambda period: first_of_its_alliance(Reward.objects.filter(granted_on__range=period.days), "granted_on"),
        day="granted_on",
    ),
    *INSTRUCTED,
)
