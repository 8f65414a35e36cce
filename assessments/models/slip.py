"""The masses' way in: slips of paper (评议邀请单), each with a code that is good for one opinion without an account."""

from __future__ import annotations

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.scheme import Scheme
from assessments.querysets.year import SlipBatchQuerySet
from members.scope import ScopedQuerySet

MOST_AT_ONCE = 200


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SlipBatch(models.Model):
    """So many slips that one organisation handed out for one alliance: the lead, or a community among its members."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="slip_batches", verbose_name=_("方案"))
    alliance = models.ForeignKey(
        "alliances.Alliance", models.PROTECT, related_name="slip_batches", verbose_name=_("联合体")
    )
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="slip_batches", verbose_name=_("出具单位")
    )
    count = models.PositiveSmallIntegerField(
        _("张数"), validators=[MinValueValidator(1), MaxValueValidator(MOST_AT_ONCE)]
    )
    by = models.ForeignKey("members.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("出具时间"))
    synthetic = models.BooleanField(_("演示数据"), default=False)

    objects = SlipBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("评议邀请单")
        verbose_name_plural = _("评议邀请单")
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.alliance} {self.count}"


class OpinionSlip(models.Model):
    """One slip: the digest of its code, and whether it was used. Never when, by whom, or for which opinion."""

    batch = models.ForeignKey(SlipBatch, models.PROTECT, related_name="slips")
    digest = models.CharField(max_length=64, unique=True)
    used = models.BooleanField(default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("评议邀请码")
        verbose_name_plural = _("评议邀请码")

    def __str__(self) -> str:
        return f"#{self.pk}"
