"""What becomes of an item's term: pauses while waiting for others, and extensions that claimants ask for."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from listings.models.item import Item
from listings.querysets.deadline import ExtensionQuerySet, PauseQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Pause(models.Model):
    """A time in which an item waits for somebody else (暂停计时): its term does not run, and nobody is late.

    ``due_on`` is the term that stood before, ``days_left`` how many working days of it are kept. ``ended_at`` None =
    it still waits; so does one item at most once.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="pauses", verbose_name=_("事项"))
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("暂停单位")
    )
    waits_for = models.CharField(_("等待谁"), max_length=80)
    reason = models.TextField(_("暂停原因"))
    due_on = models.DateField(_("原办理期限"))
    days_left = models.PositiveIntegerField(_("剩余工作日"))
    paused_at = models.DateTimeField(_("暂停时间"))
    paused_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("恢复时间"), null=True, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("暂停计时")
        verbose_name_plural = _("暂停计时")
        ordering = ("paused_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=models.Q(ended_at=None), name="one_pause_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.waits_for}"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Extension(Stateful):
    """A later day that a claimant asks for (申请延期); whoever oversees the item grants or refuses it.

    ``due_on`` is the term when it was asked, ``until`` the day that is asked for, ``stood_on`` the term that a grant
    found (another grant may have moved it meanwhile); all stay as history.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("待答复")
        GRANTED = "granted", _("已同意")
        REFUSED = "refused", _("未同意")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.ASKED: (State.GRANTED, State.REFUSED)}

    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.ASKED)
    item = models.ForeignKey(Item, models.PROTECT, related_name="extensions", verbose_name=_("事项"))
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="+", verbose_name=_("申请单位")
    )
    due_on = models.DateField(_("原办理期限"))
    until = models.DateField(_("申请延期至"))
    stood_on = models.DateField(_("同意时的办理期限"), null=True, blank=True, editable=False)
    reason = models.TextField(_("延期理由"))
    asked_at = models.DateTimeField(_("申请时间"))
    answer = models.TextField(_("答复"), blank=True)
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("延期申请")
        verbose_name_plural = _("延期申请")
        ordering = ("-asked_at", "-id")
        indexes = [models.Index(fields=["-asked_at", "-id"]), models.Index(fields=["updated_at", "id"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("due_on")), name="extension_is_later"),
            models.UniqueConstraint(
                fields=["item", "organization"], condition=models.Q(state="asked"), name="one_extension_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.until}"

    @property
    def region_id(self) -> str:
        return str(self.item.region_id)

    def get_absolute_url(self) -> str:
        return self.item.get_absolute_url()
