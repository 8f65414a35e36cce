"""Double registration (双报到): organs link to communities, their Party members register with communities.

It stands on this storey, not on the ground, because teams may belong to an alliance and what it counts are metrics.
"""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.querysets.registration import OrganLinkQuerySet, RegistrationQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OrganLink(Stateful):
    """An organ's link to a community or village (机关报到结对). The organ asks, the community accepts, either ends.

    Counts from ``linked_on`` up to the day before ``ended_on``, in the organ's own region.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("待社区接收")
        LINKED = "linked", _("已结对")
        DECLINED = "declined", _("未接收")
        WITHDRAWN = "withdrawn", _("已撤回")
        ENDED = "ended", _("已结束")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.ASKED: (State.LINKED, State.DECLINED, State.WITHDRAWN),
        State.LINKED: (State.ENDED,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED)
    organ = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="organ_links", verbose_name=_("机关党组织")
    )
    community = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="community_links", verbose_name=_("社区党组织")
    )
    asked_on = models.DateField(_("报到日期"))
    linked_on = models.DateField(_("结对日期"), null=True, blank=True)
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = OrganLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("机关结对")
        verbose_name_plural = _("机关结对")
        ordering = ("-id",)
        indexes = [models.Index(fields=["organ", "state"]), models.Index(fields=["community", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "community"],
                condition=models.Q(state__in=("asked", "linked")),
                name="one_present_link",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("linked", "ended")) | models.Q(linked_on__isnull=False),
                name="link_has_linked_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} · {self.community}"

    def get_absolute_url(self) -> str:
        return reverse("registrations:link", args=[self.pk])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Registration(Stateful):
    """A Party member of an organ registered with a community (在职党员到社区报到), by itself or by its own branch.

    Counts from ``registered_on`` up to the day before ``ended_on``. The community sees name, organ and post: no phone.
    """

    class State(models.TextChoices):
        REGISTERED = "registered", _("已报到")
        ENDED = "ended", _("已结束")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.REGISTERED: (State.ENDED,)}

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.REGISTERED)
    person = models.ForeignKey(
        "members.PartyMember", models.PROTECT, related_name="registrations", verbose_name=_("党员")
    )
    community = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="registrations", verbose_name=_("社区党组织")
    )
    registered_on = models.DateField(_("报到日期"))
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("党员报到")
        verbose_name_plural = _("党员报到")
        ordering = ("-id",)
        indexes = [models.Index(fields=["community", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "community"], condition=models.Q(state="registered"), name="one_present_registration"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.community}"

    def get_absolute_url(self) -> str:
        return reverse("registrations:slip", args=[self.pk])
