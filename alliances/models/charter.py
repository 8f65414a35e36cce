"""The charter (工作章程) of an alliance, version by version, and each member's assent."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.paper import Paper
from alliances.querysets.charter import CharterQuerySet


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Charter(Paper):
    """One version of the charter.

    It comes into force when the lead and all other current members have assented, or when the silence term of the
    rule set has passed since it was put to them and none of them objects; the version before is superseded then.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("拟定中")
        CONSULTING = "consulting", _("征求同意中")
        IN_FORCE = "in_force", _("已生效")
        SUPERSEDED = "superseded", _("已有新版")
        WITHDRAWN = "withdrawn", _("已撤回")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.DRAFT: (State.CONSULTING, State.WITHDRAWN),
        State.CONSULTING: (State.IN_FORCE, State.WITHDRAWN),
        State.IN_FORCE: (State.SUPERSEDED,),
    }

    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.DRAFT)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name=_("对照的上一版")
    )

    objects = CharterQuerySet.as_manager()

    class Meta:
        verbose_name = _("章程")
        verbose_name_plural = _("章程")
        ordering = ("-version", "-id")
        constraints = [
            models.UniqueConstraint(fields=["alliance", "version"], name="one_charter_of_a_version"),
            models.UniqueConstraint(
                fields=["alliance"], condition=models.Q(state="in_force"), name="one_charter_in_force"
            ),
            models.UniqueConstraint(
                fields=["alliance"], condition=models.Q(state__in=("draft", "consulting")), name="one_charter_to_come"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("in_force", "superseded")) | models.Q(agreed_on__isnull=False),
                name="charter_in_force_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alliance}章程第{self.version}版"

    def get_absolute_url(self) -> str:
        return reverse("charters:detail", args=[self.pk])


class Assent(models.Model):
    """What a member organisation says to a version: assent, or an objection with its reason (``agrees`` False).

    ``silent`` where the silence term stood in for it. An objector may assent later; an assent stays.
    """

    charter = models.ForeignKey(Charter, models.PROTECT, related_name="assents")
    organization = models.ForeignKey("members.Organization", models.PROTECT, related_name="assents")
    agrees = models.BooleanField(_("同意"), default=True)
    reason = models.TextField(_("理由"), blank=True)
    said_on = models.DateField(_("表态日期"))
    silent = models.BooleanField(_("逾期视为同意"), default=False)
    by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("表态")
        verbose_name_plural = _("表态")
        ordering = ("said_on", "id")
        constraints = [models.UniqueConstraint(fields=["charter", "organization"], name="one_assent_a_member")]

    def __str__(self) -> str:
        return f"{self.organization} {self.said_on}"
