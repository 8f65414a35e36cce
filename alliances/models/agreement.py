"""Agreements (共建协议) between member organisations, for a time; renewed as new versions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.paper import Paper
from alliances.querysets.agreement import NOTICE_DAYS, AgreementQuerySet

NOTICE = timedelta(days=NOTICE_DAYS)
"""So long before its last day an agreement is about to expire."""


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Agreement(Paper):
    """An agreement between two or more members, from ``valid_from`` to ``valid_to`` (the last day).

    Signed when all its parties have signed; silence signs nothing here. A renewal is a new version that points to
    the one before it and supersedes it when it is signed. ``reminded_on``: the parties were told of its end.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("拟定中")
        SIGNING = "signing", _("会签中")
        SIGNED = "signed", _("已签订")
        SUPERSEDED = "superseded", _("已续签")
        EXPIRED = "expired", _("已到期")
        WITHDRAWN = "withdrawn", _("已撤回")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.DRAFT: (State.SIGNING, State.WITHDRAWN),
        State.SIGNING: (State.SIGNED, State.WITHDRAWN),
        State.SIGNED: (State.SUPERSEDED, State.EXPIRED),
    }

    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("名称"), max_length=80)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next", verbose_name=_("上一版")
    )
    valid_from = models.DateField(_("有效期起"))
    valid_to = models.DateField(_("有效期止"))
    reminded_on = models.DateField(_("提醒日期"), null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("共建协议")
        verbose_name_plural = _("共建协议")
        ordering = ("-valid_to", "-id")
        indexes = [models.Index(fields=["state", "valid_to"]), models.Index(fields=["-valid_to", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")), name="agreement_runs_forward"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("signed", "superseded", "expired")) | models.Q(agreed_on__isnull=False),
                name="signed_agreement_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:detail", args=[self.pk])

    def days_left(self, day: date) -> int | None:
        """Days to its last day, from a month before it on while it is in force; None at any other time."""
        near = self.state == self.State.SIGNED and self.valid_to - NOTICE <= day
        return (self.valid_to - day).days if near else None


class Party(models.Model):
    """An organisation that is party to an agreement; ``signed_on`` None = it has not signed yet."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organization = models.ForeignKey("members.Organization", models.PROTECT, related_name="agreed")
    signed_on = models.DateField(_("签署日期"), null=True, blank=True)
    by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("签约方")
        verbose_name_plural = _("签约方")
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["agreement", "organization"], name="one_party_once")]

    def __str__(self) -> str:
        return str(self.organization)
