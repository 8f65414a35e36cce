"""The verbs of the complaint box (投诉与建议): to complain, to answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from members.lifecycle import lock, note
from members.models import Complaint, User
from members.states import Refused


def complain(*, text: str, page: str, region_id: str | None, by: User, at: datetime) -> Complaint:
    """Put a complaint or suggestion before the department of the region."""
    with transaction.atomic():
        complaint = Complaint.objects.create(text=text, page=page[:200], region_id=region_id, by=by, at=at)
        note(complaint, "complain", at=at, by=by)
    return complaint


def answer(complaint: Complaint, *, text: str, by: User, at: datetime) -> Complaint:
    """Answer it, once. Raises Refused ``already_answered``."""
    with transaction.atomic():
        lock(complaint)
        if complaint.answered_at is not None:
            raise Refused("already_answered", _("已经有答复了。"))
        complaint.answer, complaint.answered_by, complaint.answered_at = text, by, at
        complaint.save()
        note(complaint, "answer", at=at, by=by)
    return complaint
