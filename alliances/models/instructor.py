"""Party-building instructors (党建指导员) sent to social organisations."""

from __future__ import annotations

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.querysets.instructor import InstructorQuerySet


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Instructor(models.Model):
    """Who helps which social organisation with its Party work, from ``since`` to ``until`` (both included).

    Assigned by an organisation department above it (``alliance`` None), or by the lead of an alliance in which it is
    a member. The person's own organisation stays what it is.
    """

    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="instructors", verbose_name=_("社会组织")
    )
    person = models.CharField(_("姓名"), max_length=40)
    sent_by = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="instructors_sent", verbose_name=_("指导员所在党组织")
    )
    own_post = models.CharField(_("本单位职务"), max_length=40, blank=True)
    party_member = models.ForeignKey(
        "members.PartyMember", models.PROTECT, null=True, blank=True, related_name="instructs", verbose_name=_("党员")
    )
    alliance = models.ForeignKey(
        Alliance, models.PROTECT, null=True, blank=True, related_name="instructors", verbose_name=_("经由联合体")
    )
    since = models.DateField(_("派驻日期"))
    until = models.DateField(_("召回日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = InstructorQuerySet.as_manager()

    class Meta:
        verbose_name = _("党建指导员")
        verbose_name_plural = _("党建指导员")
        ordering = ("organization_id", "-since", "-id")
        indexes = [models.Index(fields=["organization", "since", "until"])]
        constraints = [
            models.UniqueConstraint(fields=["organization", "person", "since"], name="one_assignment_a_day"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="instructor_from_to"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organization}"

    def get_absolute_url(self) -> str:
        return reverse("instructors:list")
