"""The verb of who waits for the others: to remind, once a day, in one message for each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Scheme
from members.lifecycle import lock, note
from members.models import Step
from members.states import Refused


def remind(scheme: Scheme, *, by: Any, at: datetime) -> Scheme:
    """Everybody who has something left to do hears of all of it in one message. Raises Refused ``not_open``, and
    ``already_reminded`` on the same day."""
    with transaction.atomic():
        lock(scheme)
        if scheme.state != Scheme.State.OPEN:
            raise Refused("not_open", _("这个方案现在不接受评价。"))
        last = Step.objects.of(scheme).filter(verb="remind").order_by("at").last()
        if last is not None and timezone.localdate(last.at) == timezone.localdate(at):
            raise Refused("already_reminded", _("今天已经提醒过，一天只提醒一次。"))
        note(scheme, "remind", at=at, by=by)
    return scheme
