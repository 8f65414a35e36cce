"""The verbs of robots (群机器人), and of a person's own e-mail: to set, to try, to end."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.channels.chat import PURPOSE, demand_robot
from members.lifecycle import lock, note
from members.models import Delivery, Organization, Preference, Region, Robot, User
from members.sealing import seal
from members.states import Refused

Content = Delivery.Content


def set_robot(
    *, kind: str, name: str, address: str, secret: str, hour: int, by: User, at: datetime,
    organization: Organization | None = None, region: Region | None = None,
) -> Robot:  # fmt: skip
    """A robot of the organisation or of the region's department. Raises ValidationError for another address than the
    platforms' own. Neither address nor secret is ever shown again."""
    try:
        demand_robot(address)
    except ValidationError as refused:
        raise ValidationError({"address": refused.messages}) from refused
    with transaction.atomic():
        robot = Robot.objects.create(
            kind=kind, name=name, organization=organization, region=region, hour=hour, since=at,
            address=seal(address, PURPOSE), secret=seal(secret, PURPOSE) if secret else "",
        )  # fmt: skip
        note(robot, "set_robot", at=at, by=by, organization=organization)
    return robot


def test_robot(robot: Robot, *, by: User, at: datetime) -> Delivery:
    """Send one line that says nothing, now and at any hour."""
    with transaction.atomic():
        note(robot, "test", at=at, by=by, organization=robot.organization)
        return Delivery.objects.create(
            channel=robot.kind, content=Content.TEST, robot=robot, made_at=at, next_at=at
        )  # fmt: skip


def end_robot(robot: Robot, *, by: User, at: datetime) -> Robot:
    """Nothing more goes into that chat."""
    with transaction.atomic():
        lock(robot)
        robot.ended_at = robot.ended_at or at
        robot.save(update_fields=["ended_at", "updated_at"])
        note(robot, "end_robot", at=at, by=by, organization=robot.organization)
    return robot


def set_preference(user: User, *, email: str, email_on: bool, digest_hour: int, at: datetime) -> Preference:
    """The person's own choice. Switched on anew, it speaks of what comes from now on."""
    with transaction.atomic():
        kept, _made = Preference.objects.select_for_update().get_or_create(user=user)
        if email_on and not (kept.email_on and kept.email == email):
            kept.since = at
        kept.email, kept.email_on, kept.digest_hour = email, email_on, digest_hour
        kept.save()
        note(user, "set_preference", at=at, by=user)
    return kept


def test_mail(user: User, *, at: datetime) -> Delivery:
    """Send a mail that says nothing to the address that the person has given. Refused ``no_address``."""
    if not Preference.objects.filter(user=user).exclude(email="").exists():
        raise Refused("no_address", _("请先填写工作邮箱并保存。"))
    with transaction.atomic():
        note(user, "test_mail", at=at, by=user)
        return Delivery.objects.create(
            channel=Delivery.Channel.MAIL, content=Content.TEST, user=user, made_at=at, next_at=at
        )  # fmt: skip
