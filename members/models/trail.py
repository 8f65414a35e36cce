"""What makes the trail tamper-evident (留痕封存): seals over batches of its rows, chained one to the next."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class TrailSeal(models.Model):
    """One batch of one table as it was when it was sealed (封条).

    It speaks of all ids above ``above`` (None = from the very first) up to ``last``, also of those that no row has: a
    row put in later is found as well as one taken out. ``content`` is the digest of the rows' ``columns``, ``digest``
    that of the seal itself with ``previous``, the digest of the seal before it, of whatever table: one chain, numbered
    without a gap. It has nothing to do with ``members.sealing``, which hides secrets.
    """

    number = models.BigIntegerField(_("封条编号"), primary_key=True)
    table = models.CharField(_("数据表"), max_length=63)
    above = models.BigIntegerField(null=True)
    last = models.BigIntegerField()
    rows = models.IntegerField(_("行数"))
    columns: ArrayField = ArrayField(models.CharField(max_length=63))
    content = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(_("封存时间"))

    class Meta:
        verbose_name = _("留痕封条")
        verbose_name_plural = _("留痕封条")
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(fields=["table", "last"], name="seals_of_a_table")]
        triggers: ClassVar = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete | pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.number} {self.table} ≤ {self.last}"

    def reckoned(self) -> str:
        """The digest that the seal must bear, from what it says."""
        said = [
            self.number, self.table, self.above, self.last, self.rows, self.columns, self.content, self.previous,
            moment(self.sealed_at),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


def moment(at: datetime) -> str:
    """A moment as seals and anchors write it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
