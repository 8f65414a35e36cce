"""What was done to things: the history, the audit trail and the outbox, one row a deed."""

from __future__ import annotations

import pgtrigger
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.querysets import DenialQuerySet, StepQuerySet

SAID = (
    "id", "thing_type_id", "thing_id", "verb", "from_state", "to_state", "at", "by_id", "client_id", "organization_id",
    "reason", "detail",
)  # fmt: skip
"""The columns of a deed that nothing changes. An update of the others does not even ask the trigger."""


class Step(models.Model):
    """One deed: who did what to which thing, when, why.

    With ``to_state`` it is a move: the thing stood in that state from ``at`` until ``until`` (None = still), so
    the steps of a thing are also its timed stages. ``told_at`` None = notices are still to be sent (the outbox).
    """

    thing_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", db_index=False)
    thing_id = models.BigIntegerField()
    thing = GenericForeignKey("thing_type", "thing_id")
    verb = models.CharField(_("动作"), max_length=40)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(_("时间"))
    until = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="steps")
    client = models.ForeignKey("members.ApiClient", models.PROTECT, null=True, blank=True, related_name="steps")
    organization = models.ForeignKey("members.Organization", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("理由"), blank=True)
    detail = models.JSONField(default=dict, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("办理记录")
        verbose_name_plural = _("办理记录")
        ordering = ("at", "id")
        indexes = [
            models.Index(fields=["thing_type", "thing_id", "at"]),
            models.Index(fields=["thing_type", "to_state", "at", "until"], include=["thing_id"], name="step_standing"),
            models.Index(fields=["id"], condition=models.Q(told_at=None), name="step_untold"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete | pgtrigger.UpdateOf(*SAID))]
        constraints = [
            models.UniqueConstraint(
                fields=["thing_type", "thing_id"],
                condition=models.Q(until=None) & ~models.Q(to_state=""),
                name="one_present_stage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.thing_id}"

    @property
    def actor(self) -> str:
        """Who did it, in words: a person, a program, or the calendar."""
        return str(self.by or self.client or _("系统日程"))


class Denial(models.Model):
    """A state-changing request that was refused, or a log-in that failed: security's own trail. No secret, no body."""

    at = models.DateTimeField(_("时间"))
    user = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    client = models.ForeignKey("members.ApiClient", models.PROTECT, null=True, blank=True, related_name="+")
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=300)
    status = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    request_id = models.CharField(max_length=36)

    objects = DenialQuerySet.as_manager()

    class Meta:
        verbose_name = _("拒绝记录")
        verbose_name_plural = _("拒绝记录")
        ordering = ("-at",)
        indexes = [models.Index(fields=["-at"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete | pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.status} {self.method} {self.path}"
