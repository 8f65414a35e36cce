"""Help (出力): a Party member who lent a hand with a claimed item, named by the own branch."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from listings.models.claim import Claim
from listings.models.item import Item
from listings.querysets.help import HelpQuerySet


class Help(models.Model):
    """That a Party member helped with an item on a day: once an item and day, and one service record (人次).

    ``item`` repeats the claim's, so that the unique index sees every claim that the branch ever had on the item.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="helps")
    item = models.ForeignKey(Item, models.PROTECT, related_name="helps")
    person = models.ForeignKey("members.PartyMember", models.PROTECT, related_name="helps", verbose_name=_("党员"))
    served_on = models.DateField(_("日期"))
    record = models.OneToOneField("alliances.ServiceRecord", models.PROTECT, related_name="help")
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = HelpQuerySet.as_manager()

    class Meta:
        verbose_name = _("出力记录")
        verbose_name_plural = _("出力记录")
        ordering = ("served_on", "id")
        constraints = [models.UniqueConstraint(fields=["item", "person", "served_on"], name="one_help_an_item_and_day")]

    def __str__(self) -> str:
        return f"{self.person} {self.served_on}"
