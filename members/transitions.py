"""The verbs of four eyes: to propose, to approve, to refuse. (Verbs of accounts stand in accounts.py.)"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from members.lifecycle import moving, note
from members.models import Approval, User
from members.states import Refused

Verb = Callable[..., Any]


def propose(
    verb: str,
    thing: models.Model,
    *,
    by: User,
    at: datetime,
    reason: str,
    region_id: str | None,
    arguments: dict[str, Any] | None = None,
    panel: str = Approval.Panel.DEPARTMENT,
) -> Approval:
    """Ask a second person to let ``verb`` happen to ``thing``. Nothing else changes yet.

    ``arguments`` must be JSON; they go to the verb as keywords. Raises Refused ``already_proposed``.
    """
    try:
        with transaction.atomic():
            approval = Approval.objects.create(
                verb=verb, thing_type=ContentType.objects.get_for_model(thing), thing_id=thing.pk, panel=panel,
                arguments=arguments or {}, region_id=region_id, reason=reason, proposed_by=by, proposed_at=at,
            )  # fmt: skip
            note(approval, "propose", at=at, by=by, reason=reason, to_state=Approval.State.PENDING)
    except IntegrityError as clash:
        raise Refused("already_proposed", _("此事已有人提出，正在等待复核。")) from clash
    return approval


def approve(approval: Approval, *, by: User, at: datetime, verbs: Mapping[str, Verb], answer: str = "") -> Any:
    """The second person agrees: the proposed verb takes effect in the same transaction, on the day of the approval.

    Returns what the verb returned. Raises PermissionDenied for the proposer, Refused when the thing has moved on.
    """
    _another_person(approval, by)
    with transaction.atomic():
        with moving(approval, Approval.State.APPROVED, at=at, by=by, reason=answer):
            approval.decided_by, approval.decided_at, approval.answer = by, at, answer
        if approval.thing is None:
            raise Refused("gone", _("所涉对象已不存在。"))
        return verbs[approval.verb](approval.thing, by=by, at=at, reason=approval.reason, **approval.arguments)


def refuse(approval: Approval, *, by: User, at: datetime, answer: str) -> Approval:
    """The second person does not agree: the proposal ends without effect."""
    _another_person(approval, by)
    with moving(approval, Approval.State.REFUSED, at=at, by=by, reason=answer):
        approval.decided_by, approval.decided_at, approval.answer = by, at, answer
    return approval


def _another_person(approval: Approval, by: User) -> None:
    if approval.proposed_by_id == by.pk:
        raise PermissionDenied(_("提出人不能复核自己的提议，请由另一人办理。"))
