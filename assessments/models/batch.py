"""Proposals that were put forward together (成批提出)."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.review import Kind
from assessments.querysets.batch import BatchQuerySet


class Batch(models.Model):
    """Several proposals of one kind that one person confirmed, or overruled, in one step with one reason.

    Nothing hangs on it: each stays an approval of its own, with its own steps. It is the sheet on which the second
    person finds them together.
    """

    verb = models.CharField(max_length=40)
    kind = models.CharField(_("建议"), max_length=10, choices=Kind.choices)
    reason = models.TextField(_("理由"))
    approvals: models.ManyToManyField = models.ManyToManyField("members.Approval", related_name="batches")
    proposed_by = models.ForeignKey("members.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("提出时间"))
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("成批建议")
        verbose_name_plural = _("成批建议")
        ordering = ("-proposed_at", "-id")

    def __str__(self) -> str:
        return f"{self.word} · {self.proposed_at:%Y-%m-%d}"

    @property
    def word(self) -> str:
        """What was put forward: to confirm proposals of the kind, or to overrule them."""
        said = _("采纳") if self.verb == "proposals.confirm" else _("不采纳")
        return f"{said}：{self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("batches:detail", args=[self.pk])
