"""The verbs of Party-building instructors (党建指导员): assign, recall."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Instructor
from alliances.transitions.leadership import demand_reason, known
from members.lifecycle import lock, note
from members.models import Organization
from members.states import Refused

EARLIEST = timedelta(days=10 * 366)


@transaction.atomic
def assign_instructor(
    organization: Organization,
    *,
    person: str,
    sent_by: Organization,
    since: date,
    own_post: str = "",
    alliance: Alliance | None = None,
    by: Any,
    at: datetime,
) -> Instructor:
    """Send a person to a social organisation from ``since`` on; ``alliance`` is the one whose lead sends them.

    Raises Refused ``not_social``, ``already_sent`` where the same person is there already.
    """
    lock(organization)
    day = timezone.localdate(at)
    if organization.sector != Organization.Sector.SOCIAL:
        raise Refused("not_social", _("党建指导员派驻到社会组织。"))
    if not day - EARLIEST <= since <= day + timedelta(days=366):
        raise ValidationError({"since": _("派驻日期应在十年之内，不晚于一年之后。")})
    if organization.instructors.filter(person=person.strip(), sent_by=sent_by, until=None).exists():
        raise Refused("already_sent", _("%(person)s已派驻在该组织。") % {"person": person})
    sent = Instructor(
        organization=organization, person=person.strip(), sent_by=sent_by, own_post=own_post, since=since,
        alliance=alliance,
    )  # fmt: skip
    sent.clean_fields(exclude=["organization", "sent_by", "alliance"])
    sent.party_member = known(sent.person, sent_by, day)
    sent.validate_constraints()
    sent.save()
    note(sent, "assign_instructor", at=at, by=by, organization=sent_by)
    return sent


@transaction.atomic
def recall_instructor(sent: Instructor, *, by: Any, at: datetime, reason: str) -> Instructor:
    """The assignment ends on this day, with its reason; one that has not begun never did (its day is set to its end).

    Raises Refused ``recalled``.
    """
    lock(sent)
    if sent.until is not None:
        raise Refused("recalled", _("已经召回。"))
    demand_reason(reason)
    sent.until = timezone.localdate(at)
    sent.since = min(sent.since, sent.until)
    sent.save()
    note(sent, "recall_instructor", at=at, by=by, organization=sent.sent_by, reason=reason)
    return sent
