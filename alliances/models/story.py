"""What is told of an alliance: arrangements, and facts with their source."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance


class Arrangement(models.Model):
    """How the alliance works, in a phrase: an arrangement, or a service offered."""

    class Kind(models.TextChoices):
        ARRANGEMENT = "arrangement", _("机制安排")
        SERVICE = "service", _("服务")

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="arrangements")
    kind = models.CharField(_("类别"), max_length=14, choices=Kind.choices, default=Kind.ARRANGEMENT)
    text = models.CharField(_("内容"), max_length=120)
    source = models.CharField(_("出处"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("安排")
        verbose_name_plural = _("安排")
        ordering = ("kind", "id")

    def __str__(self) -> str:
        return self.text


class Fact(models.Model):
    """A figure that a published report gives of an alliance, shown with its source; never mixed with our figures."""

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="facts")
    name = models.CharField(_("名称"), max_length=60)
    value = models.DecimalField(_("数值"), max_digits=20, decimal_places=2)
    value_to = models.DecimalField(_("至"), max_digits=20, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=10, blank=True)
    at_least = models.BooleanField(_("以上"), default=False)
    about = models.BooleanField(_("约"), default=False)
    period = models.CharField(_("时期"), max_length=20, blank=True)
    source = models.CharField(_("出处"), max_length=40)

    class Meta:
        verbose_name = _("报道事实")
        verbose_name_plural = _("报道事实")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name

    @property
    def amount(self) -> str:
        """The value, or its range, as a report would print it: 35万, 2.04亿, 85."""
        ends = [self.value] if self.value_to is None else [self.value, self.value_to]
        return "–".join(in_words(end) for end in ends)


def in_words(value: Decimal) -> str:
    """A number in 万 and 亿 where at most four places remain; never rounded."""
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        places = value / size
        if value >= size and places == round(places, 4):
            return f"{_plain(places)}{unit}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
