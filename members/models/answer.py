"""The answer to a POST that carried an Idempotency-Key, kept for a day."""

from __future__ import annotations

from django.db import models


class IdempotentAnswer(models.Model):
    """One key of one caller: inserted before the work begins, so the unique constraint lets one copy work at a time.

    ``principal`` is ``user:7`` or ``client:3``; ``fingerprint`` the digest of method, path and body. The row and
    the work share a transaction: either both exist or none.
    """

    principal = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["principal", "key"], name="one_answer_of_a_key")]

    def __str__(self) -> str:
        return f"{self.principal} {self.key}"
