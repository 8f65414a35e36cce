"""What the verbs of charter and agreement share: a sound text, its file, a day as a moment, the end of an alliance."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Agreement, Alliance, Charter
from alliances.models.paper import LONGEST, Paper
from members.documents import discard, keep
from members.lifecycle import moving
from members.models import Document


def sound(text: str) -> str:
    """The text without space around it. ValidationError for none, or for more than anybody reads."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise ValidationError({"text": _("请写明正文；全文在附件里的，这里写主要内容。")})
    if len(text) > LONGEST:
        told = _("正文最多 %(limit)s 字；更长的请把全文作为附件上传，这里写主要内容。")
        raise ValidationError({"text": told % {"limit": LONGEST}})
    return text


def enclose(paper: Paper, file: File | None, *, by: Any, at: datetime) -> None:
    """Put the file beside the paper, in place of one that lay there. Nothing changes without a file."""
    if file is None:
        return
    before = list(Document.objects.of(paper))
    keep(file, paper, by=by, at=at)
    for document in before:
        discard(document)


def members_of(alliance: Alliance) -> set[int]:
    """The ids of the lead and the current members."""
    return {alliance.lead_id, *alliance.memberships.current().values_list("organization_id", flat=True)}


def midnight(day: date) -> datetime:
    """The moment at which the day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def said(reason: str) -> str:
    """The reason; ValidationError for none."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    return reason


def lay_aside(alliance: Alliance, *, by: Any, at: datetime, reason: str) -> None:
    """The alliance has ended: what was being considered or signed is withdrawn."""
    for charter in Charter.objects.filter(alliance=alliance, state__in=("draft", "consulting")):
        with moving(charter, Charter.State.WITHDRAWN, verb="withdraw", at=at, by=by, reason=reason):
            pass
    for agreement in Agreement.objects.filter(alliance=alliance, state__in=("draft", "signing")).order_by("pk"):
        with moving(agreement, Agreement.State.WITHDRAWN, verb="withdraw", at=at, by=by, reason=reason):
            pass
