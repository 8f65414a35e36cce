"""Admission (共建准入): what the members say of an organisation that wants to join a running alliance."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliances.models.membership import Membership
from alliances.querysets import AdmissionVoteQuerySet


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AdmissionVote(models.Model):
    """One member organisation's voice on a newcomer: at most one each, changeable until the vote ends.

    ``membership`` is the newcomer's, ``organization`` the member that speaks.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="voices", verbose_name=_("申请"))
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="admission_votes", verbose_name=_("成员党组织")
    )
    agrees = models.BooleanField(_("同意"))
    said_at = models.DateTimeField(_("表决时间"))
    said_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = AdmissionVoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("准入表决")
        verbose_name_plural = _("准入表决")
        ordering = ("membership_id", "id")
        constraints = [models.UniqueConstraint(fields=["membership", "organization"], name="one_voice_of_a_member")]

    def __str__(self) -> str:
        return f"{self.organization} · {self.membership}"
