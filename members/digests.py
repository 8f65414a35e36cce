"""One digest a day (每日摘要) for those who asked for one and have something new; what is urgent leaves at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from members.models import Delivery, Notice, Preference, Robot, Role

Content = Delivery.Content


def digest(at: datetime) -> int:
    """Write down the digests whose hour has come; how many. Twice a day is once.

    Who may be disturbed now is the caller's business (quiet hours). What the person has put away is not told again.
    """
    day, hour = localtime(at).date(), localtime(at).hour
    news = Notice.objects.unread().filter(at__gt=OuterRef("covers_from"), at__lte=at)
    people = Preference.objects.due_on(day, hour).filter(Exists(news.filter(user=OuterRef("user"))))
    robots = Robot.objects.due_on(day, hour).filter(Exists(news.filter(user__in=_audience(day))))
    made = [
        Delivery(
            channel=Delivery.Channel.MAIL, content=Content.DIGEST, user_id=one.user_id, day=day,
            covers_from=one.covers_from,  # type: ignore[attr-defined]
            made_at=at, next_at=at,
        )
        for one in people
    ]  # fmt: skip
    made += [
        Delivery(
            channel=robot.kind, content=Content.DIGEST, robot=robot, day=day,
            covers_from=robot.covers_from,  # type: ignore[attr-defined]
            made_at=at, next_at=at,
        )
        for robot in robots
    ]  # fmt: skip
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def at_once(notices: Iterable[Notice], at: datetime) -> int:
    """Urgent deeds leave at any hour, by every way that the people concerned have opened; how many messages."""
    told = list(notices)
    people = Preference.objects.in_use().filter(user__in=[notice.user_id for notice in told])
    wanting = set(people.values_list("user_id", flat=True))
    made = [
        Delivery(
            channel=Delivery.Channel.MAIL, content=Content.URGENT, user_id=notice.user_id, step=notice.step,
            made_at=at, next_at=at,
        )
        for notice in told
        if notice.user_id in wanting
    ]  # fmt: skip
    for notice in told:
        heads = Role.objects.as_of(localtime(at).date()).filter(user=notice.user_id)
        theirs = Q(organization__in=heads.filter(role=Role.Kind.BRANCH).values("organization"))
        theirs |= Q(region__in=heads.filter(role__in=Role.DEPARTMENTS).values("region"))
        made += [
            Delivery(channel=robot.kind, content=Content.URGENT, robot=robot, step=notice.step, made_at=at, next_at=at)
            for robot in Robot.objects.in_use().filter(theirs)
        ]
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _audience(day: date) -> QuerySet:
    """Who speaks on that day for the robot's organisation, or sits in its region's department."""
    robot = OuterRef(OuterRef("organization")), OuterRef(OuterRef("region"))
    heads = Q(role=Role.Kind.BRANCH, organization=robot[0])
    staff = Q(role__in=Role.DEPARTMENTS, region=robot[1])
    return Role.objects.as_of(day).filter(heads | staff).values("user")
