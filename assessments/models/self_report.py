"""What an alliance says of its own year, beside the figures that the system has counted."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.scheme import Scheme
from assessments.querysets.year import SelfReportQuerySet
from members.states import Stateful

LONGEST = 1000


def words(label: Any) -> models.TextField:
    """A short text; a draft may leave it empty."""
    return models.TextField(label, blank=True, validators=[MaxLengthValidator(LONGEST)])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SelfReport(Stateful):
    """The self-report (自评) of an alliance in a year's assessment: three short texts by its lead, and no number.

    One an alliance and scheme. Whoever rates the alliance reads it once it is submitted; the superior may return it
    with a reason. Late is shown, never scored: ``submitted_on`` is the day on which it was first submitted.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        SUBMITTED = "submitted", _("已提交")
        RETURNED = "returned", _("已退回")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.DRAFT: (State.SUBMITTED,),
        State.SUBMITTED: (State.RETURNED,),
        State.RETURNED: (State.SUBMITTED,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="self_reports", verbose_name=_("方案"))
    alliance = models.ForeignKey(
        "alliances.Alliance", models.PROTECT, related_name="self_reports", verbose_name=_("联合体")
    )
    went_well = words(_("做得好的"))
    fell_short = words(_("不足和原因"))
    plans = words(_("明年打算"))
    submitted_on = models.DateField(_("首次提交日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = SelfReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("自评报告")
        verbose_name_plural = _("自评报告")
        ordering = ("alliance__code", "id")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "alliance"], name="one_self_report_an_alliance"),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(submitted_on__isnull=False),
                name="submitted_report_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alliance} · {self.scheme.year}"

    @property
    def late(self) -> bool:
        """Whether it was first submitted after the term of the scheme."""
        term = self.scheme.report_by
        return bool(term and self.submitted_on and self.submitted_on > term)

    def get_absolute_url(self) -> str:
        return reverse("self_reports:detail", args=[self.pk])
