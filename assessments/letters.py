"""The verb of letters: what was decided about an alliance is written down for it, with a number of the register."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assessments.models import Letter, Proposal
from members.lifecycle import lock, note
from members.models import Region
from members.scope import rights_of

COUNTY = 6


@transaction.atomic
def issue(proposal: Proposal, *, by: Any, at: datetime, reason: str, ordered: dict[str, Any]) -> Letter:
    """The alliance has a letter that says what was found and ``ordered``; numbered without a gap by who confirmed."""
    issuer, day = issuer_of(proposal, by), timezone.localdate(at)
    lock(issuer)
    register = Letter.objects.filter(issuer=issuer, kind=proposal.kind, year=day.year)
    last: int = register.aggregate(last=Max("serial"))["last"] or 0
    letter = Letter.objects.create(
        proposal=proposal, alliance=proposal.alliance, region_id=proposal.region_id, issuer=issuer, kind=proposal.kind,
        year=day.year, serial=last + 1, issued_on=day, reason=reason, synthetic=proposal.synthetic,
        content={"found": proposal.evidence, **{name: value for name, value in ordered.items() if value}},
    )  # fmt: skip
    note(letter, "issue", at=at, by=by, reason=reason)
    return letter


def issuer_of(proposal: Proposal, by: Any) -> Region:
    """The nearest of the confirming person's departments over the alliance; else its county."""
    over = [code for code in rights_of(by).departments if proposal.region_id.startswith(code)]
    return Region.objects.get(pk=max(over, key=len, default=proposal.region_id[:COUNTY]))
