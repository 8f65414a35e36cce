"""To tell people what was done: takes the outbox (Steps with ``told_at IS NULL``) and fills the inboxes.

What leaves the house (mail, robots, webhooks) is written down in the same transaction and sent by ``members.sending``.

Each storey lists its writers: who hears of a deed, in which words, with which link. Safe to run twice and at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members import digests, webhooks
from members.events import Events, sheltered
from members.models import Notice, Role, Step, User

Message = tuple[User, str, str]
Writer = Callable[[Step], Iterable[Message]]
BATCH = 500
KEPT = timedelta(days=90)
NO_EVENTS: Events = {}


def never(step: Step) -> bool:
    """No deed is urgent."""
    return False


def tell(
    writers: Mapping[tuple[str, str], Writer],
    at: datetime,
    events: Events = NO_EVENTS,
    urgent: Callable[[Step], bool] = never,
) -> int:
    """Tell of every deed not yet told; returns how many notices were written.

    ``writers``: (model label such as ``alliances.alliance``, verb or to_state) -> writer. A deed without a writer
    is told to nobody. Who did it is never told of it. Programs are told of the ``events`` that they subscribed to.
    What is ``urgent`` also leaves the house at once, by the ways that people opened. A writer that breaks tells nobody
    of its deed, and every other deed is told.
    """
    written = 0
    while True:
        count, new = _tell_some(writers, at, events, urgent)
        written += new
        if count < BATCH:
            return written


def _tell_some(
    writers: Mapping[tuple[str, str], Writer], at: datetime, events: Events, urgent: Callable[[Step], bool]
) -> tuple[int, int]:
    with transaction.atomic():
        untold = (
            Step.objects.untold()
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("thing_type")
            .prefetch_related("thing")
        )
        steps = list(untold[:BATCH])
        nobody: list[Notice] = []
        notices = [notice for step in steps for notice in sheltered(nobody, _notices_of, writers, at, step)]
        made = Notice.objects.bulk_create(notices, ignore_conflicts=True)
        digests.at_once([notice for notice in notices if sheltered(False, urgent, notice.step)], at)
        webhooks.enqueue(steps, events, at)
        Step.objects.filter(pk__in=[step.pk for step in steps]).update(told_at=at)
    return len(steps), len(made)


def _notices_of(writers: Mapping[tuple[str, str], Writer], at: datetime, step: Step) -> list[Notice]:
    label = f"{step.thing_type.app_label}.{step.thing_type.model}"
    writer = writers.get((label, step.verb)) or writers.get((label, step.to_state))
    if writer is None or step.thing is None:
        return []
    return [
        Notice(step=step, user=user, text=text[:300], url=url[:200], at=at)
        for user, text, url in writer(step)
        if user.pk != step.by_id
    ]


def heads_of(organizations: Iterable[int], step: Step) -> list[User]:
    """Who spoke for the organisations on the day of the step."""
    heads = Role.objects.as_of(timezone.localdate(step.at)).filter(
        organization__in=list(organizations), role=Role.Kind.BRANCH
    )
    return list(User.objects.active().filter(pk__in=heads.values("user")).distinct())


def department_of(region_id: str | None, step: Step) -> list[User]:
    """The nearest organisation department above the code: the banner's where it has one, else the city's."""
    codes = [region_id[:length] for length in (6, 4) if region_id and len(region_id) >= length]
    roles = Role.objects.as_of(timezone.localdate(step.at)).filter(role__in=Role.DEPARTMENTS)
    for code in codes:
        found = list(User.objects.active().filter(pk__in=roles.filter(region=code).values("user")))
        if found:
            return found
    return []


def _role_proposed(step: Step) -> Iterable[Message]:
    approval: Any = step.thing
    if approval.panel == "security":
        for user in User.objects.active().filter(duty="security"):
            for_key = approval.verb == "keys.grant"
            asked = _("%(who)s申请接口密钥，等待您复核。") if for_key else _("%(who)s申请授予角色，等待您复核。")
            yield user, asked % {"who": approval.proposed_by}, reverse("accounts:grants")


def _key_granted(step: Step) -> Iterable[Message]:
    client: Any = step.thing
    if client.asked_by is not None:
        yield client.asked_by, _("“%(client)s”的接口密钥可以领取了。") % {"client": client}, reverse("keys:list")


def _key_revoked(step: Step) -> Iterable[Message]:
    client: Any = step.thing
    if client.asked_by is not None:
        yield client.asked_by, _("“%(client)s”的接口密钥已吊销。") % {"client": client}, reverse("keys:list")


def _role_granted(step: Step) -> Iterable[Message]:
    user: Any = step.thing
    yield user, _("您获得了角色：%(role)s。") % {"role": step.detail.get("role", "")}, reverse("accounts:settings")


def _role_ended(step: Step) -> Iterable[Message]:
    user: Any = step.thing
    yield user, _("您不再担任：%(role)s。") % {"role": step.detail.get("role", "")}, reverse("accounts:settings")


def _complained(step: Step) -> Iterable[Message]:
    complaint: Any = step.thing
    for user in department_of(complaint.region_id, step):
        yield user, _("收到一条投诉与建议，请答复。"), complaint.get_absolute_url()


def _answered(step: Step) -> Iterable[Message]:
    complaint: Any = step.thing
    yield complaint.by, _("您的投诉与建议有了答复。"), complaint.get_absolute_url()


def _absorbed(step: Step) -> Iterable[Message]:
    """To the heads of both records, who speak for the one organisation now."""
    organization: Any = step.thing
    text = _("“%(name)s”（%(former)s）的登记已并入“%(organization)s”。")
    for user in heads_of([organization.pk], step):
        yield user, text % {**step.detail, "organization": organization}, organization.get_absolute_url()


def _reaffiliated(step: Step) -> Iterable[Message]:
    organization: Any = step.thing
    text = _("“%(organization)s”的隶属上级因合并登记改为“%(parent)s”。")
    for user in heads_of([organization.pk], step):
        words = {"organization": organization, "parent": organization.parent or step.detail["to"]}
        yield user, text % words, organization.get_absolute_url()


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("members.approval", "propose"): _role_proposed,
    ("members.apiclient", "grant_key"): _key_granted,
    ("members.apiclient", "revoke_key"): _key_revoked,
    ("members.organization", "absorb"): _absorbed,
    ("members.organization", "reaffiliate"): _reaffiliated,
    ("members.user", "grant_role"): _role_granted,
    ("members.user", "end_role"): _role_ended,
    ("members.complaint", "complain"): _complained,
    ("members.complaint", "answer"): _answered,
}
