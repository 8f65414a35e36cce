"""What a banner adds to the city's scheme for its own alliances."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.scheme import PERCENT, Scheme
from assessments.querysets import SupplementQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Supplement(Stateful):
    """Indicators (补充指标) of ``region`` that weigh ``share`` of a hundred beside those of the scheme above it.

    Its own weights sum to 100; the scheme's indicators are scaled to the rest. It is drawn up while the scheme is a
    draft, takes effect when a second person adopts it, and counts for the alliances of its subtree. A scheme that is
    amended so that it no longer fits sends it back to draft.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("拟定中")
        ADOPTED = "adopted", _("已生效")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.DRAFT: (State.ADOPTED,), State.ADOPTED: (State.DRAFT,)}

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="supplements", verbose_name=_("方案"))
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="supplements", verbose_name=_("区划"))
    share = models.DecimalField(_("补充指标占比"), max_digits=5, decimal_places=2, validators=PERCENT)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = SupplementQuerySet.as_manager()

    class Meta:
        verbose_name = _("补充指标")
        verbose_name_plural = _("补充指标")
        ordering = ("region_id",)
        constraints = [
            models.UniqueConstraint(fields=["scheme", "region"], name="one_supplement_a_region"),
            models.CheckConstraint(condition=models.Q(share__gt=0, share__lt=100), name="supplement_is_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.region.name}{self._meta.verbose_name}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:supplement", args=[self.pk])

    def covers(self, code: Any) -> bool:
        """Whether an alliance of that region is scored with it."""
        return str(code).startswith(self.region_id)
