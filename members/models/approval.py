"""Four eyes: what one person proposes and another must approve before it takes effect."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.querysets import ApprovalQuerySet
from members.states import Stateful


class Approval(Stateful):
    """A proposed verb on a thing (双人复核). Approval runs the verb with ``arguments``; the proposer never approves.

    ``verb`` is a key of the explicit table of verbs that need two people; ``panel`` says whose second pair of
    eyes: an organisation department over ``region``, or the security administrator.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("待复核")
        APPROVED = "approved", _("已同意")
        REFUSED = "refused", _("未同意")

    class Panel(models.TextChoices):
        DEPARTMENT = "department", _("组织部")
        SECURITY = "security", _("安全管理员")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.PENDING: (State.APPROVED, State.REFUSED)}

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PENDING)
    verb = models.CharField(_("事由"), max_length=60)
    panel = models.CharField(max_length=12, choices=Panel.choices, default=Panel.DEPARTMENT)
    thing_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    thing_id = models.BigIntegerField()
    thing = GenericForeignKey("thing_type", "thing_id")
    arguments = models.JSONField(default=dict)
    region = models.ForeignKey("members.Region", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("理由"))
    proposed_by = models.ForeignKey("members.User", models.PROTECT, related_name="proposed")
    proposed_at = models.DateTimeField(_("提出时间"))
    decided_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="decided")
    decided_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    answer = models.TextField(_("复核意见"), blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("双人复核")
        verbose_name_plural = _("双人复核")
        ordering = ("-proposed_at", "-id")
        indexes = [models.Index(fields=["state", "region"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
                name="approver_is_not_proposer",
            ),
            models.UniqueConstraint(
                fields=["thing_type", "thing_id", "verb"],
                condition=models.Q(state="pending"),
                name="one_pending_approval_of_a_verb",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} · {self.thing}"

    def get_absolute_url(self) -> str:
        return reverse("approvals:detail", args=[self.pk])
