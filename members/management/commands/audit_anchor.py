"""manage.py audit_anchor: one line that is kept outside of the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from members.trail.proof import head


class Command(BaseCommand):
    help = "Print the head of the chain of seals. Keep it where nobody who can write to the database can write."

    def handle(self, *args: Any, **options: Any) -> None:
        anchor = head()
        if anchor is None:
            raise CommandError(_("还没有封条。请先运行 manage.py audit_seal。"))
        self.stdout.write(str(anchor))
