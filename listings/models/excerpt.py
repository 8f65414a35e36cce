"""Excerpts (留底): how an item read on a list that it has left, for a new version or for the next period."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from listings.models.item import Item
from listings.models.listing import Listing

WORDS = ("title", "detail", "category", "place", "wants", "capacity", "due_on")
"""What is said about an item on a list, and what two versions of it may say differently."""


class Excerpt(models.Model):
    """An item as it stood on ``listing`` when it went on to ``into``; nothing changes it afterwards.

    ``words`` holds the item's words (``WORDS``) as JSON, ``state`` where it stood in the closed loop.
    """

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="excerpts", verbose_name=_("清单"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="excerpts", verbose_name=_("事项"))
    into = models.ForeignKey(Listing, models.PROTECT, related_name="+", verbose_name=_("转入"))
    state = models.CharField(_("状态"), max_length=10, choices=Item.State.choices)
    position = models.PositiveSmallIntegerField(_("次序"))
    words = models.JSONField(_("内容"))

    class Meta:
        verbose_name = _("清单留底")
        verbose_name_plural = _("清单留底")
        ordering = ("position", "item_id")
        constraints = [models.UniqueConstraint(fields=["listing", "item"], name="one_excerpt_of_an_item")]

    def __str__(self) -> str:
        return str(self.words["title"])

    def get_absolute_url(self) -> str:
        """The item as it is now."""
        return self.item.get_absolute_url()


def words_of(item: Item) -> dict[str, Any]:
    """The words of an item as an excerpt holds them."""
    return {name: getattr(item, name) for name in WORDS} | {"due_on": item.due_on and item.due_on.isoformat()}
