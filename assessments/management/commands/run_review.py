"""``manage.py run_review --as-of DATE [--dry-run] [--queue]``: the dynamic review of a quarter."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from kombu.exceptions import OperationalError

from alliances.models import Alliance
from assessments import reviews
from assessments.tasks import resume_review
from members.states import Refused


class Command(BaseCommand):
    help = "Review the calendar quarter that contains DATE, cut at that day's end. Twice is once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", required=True, type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--dry-run", action="store_true", help="say what would be suggested, write nothing")
        parser.add_argument("--queue", action="store_true", help="leave it to the worker")
        parser.add_argument("--batch", type=int, default=reviews.BATCH, help="alliances in a transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(self.review(**options))
        except ValidationError as invalid:
            raise CommandError(" ".join(invalid.messages)) from invalid
        except Refused as refused:
            raise CommandError(refused.message) from refused

    def review(self, *, as_of: date, dry_run: bool, queue: bool, batch: int, **_options: Any) -> str:
        """Do it, or have it done; one line about what is true afterwards."""
        if dry_run:
            found = reviews.rehearse(as_of, Alliance.objects.all())
            suggested = sum(len(finding.suggestions) for finding in found)
            return f"{len(found)} alliances, {suggested} proposals; nothing was written"
        now = timezone.now()
        if queue:
            return self.ring(reviews.begin(as_of, at=now).pk)
        begun = reviews.run(as_of, at=now, batch=batch)
        return f"{begun.rows.count()} alliances, {begun.proposals.count()} proposals, digest {begun.digest}"

    def ring(self, pk: int) -> str:
        """Ring the worker's bell; unheard, the sweeper finds the run."""
        try:
            resume_review.delay(pk)
        except OperationalError:
            return f"review {pk} is begun; the broker is away, the sweeper will take it up"
        return f"review {pk} is begun; the worker has it"
