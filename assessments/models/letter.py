"""Notice letters (通知书): what an alliance is told in writing of what was decided about it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.review import Kind, Proposal
from assessments.querysets.letter import LetterQuerySet

TITLES = {
    Kind.RECTIFY.value: _("规范整顿通知书"),
    Kind.REWARD.value: _("政策资金倾斜通知书"),
    Kind.OBSERVE.value: _("重点关注通知书"),
}
"""Of which decisions an alliance gets a letter."""

NUMBERED = {Kind.RECTIFY.value: "整", Kind.REWARD.value: "倾", Kind.OBSERVE.value: "关"}


class Letter(models.Model):
    """A letter to an alliance, written in the moment in which a proposal was confirmed; it never changes.

    ``issuer`` is the region whose organisation department confirmed; it numbers its letters by kind and year.
    ``content`` is what stood when it was written: ``found`` (the rules hit, with figures and thresholds) and what was
    ordered or granted.
    """

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="letter", verbose_name=_("处置建议"))
    alliance = models.ForeignKey(
        "alliances.Alliance", models.PROTECT, related_name="letters", verbose_name=_("联合体")
    )
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    issuer = models.ForeignKey("members.Region", models.PROTECT, related_name="+", verbose_name=_("发文地区"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    year = models.PositiveSmallIntegerField(_("年度"))
    serial = models.PositiveIntegerField(_("序号"))
    issued_on = models.DateField(_("发文日期"))
    reason = models.TextField(_("理由"))
    content = models.JSONField(default=dict)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("通知书")
        verbose_name_plural = _("通知书")
        ordering = ("-issued_on", "-id")
        indexes = [models.Index(fields=["region", "issued_on"])]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "kind", "year", "serial"], name="one_letter_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def title(self) -> str:
        return str(TITLES[self.kind])

    @property
    def number(self) -> str:
        """The number in the department's register of letters: 联合体整〔2019〕3号."""
        return f"联合体{NUMBERED[self.kind]}〔{self.year}〕{self.serial}号"

    def get_absolute_url(self) -> str:
        return reverse("letters:detail", args=[self.pk])
