"""A place of the administrative tree, keyed by its statistical division code (统计用区划代码)."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from members.querysets import RegionQuerySet

LEVEL_BY_LENGTH = {2: "province", 4: "city", 6: "county", 9: "town", 12: "community"}
LENGTHS = tuple(LEVEL_BY_LENGTH)


class Region(models.Model):
    """A place (区划). Its ancestors are the prefixes of its code: 2, 4, 6, 9 and 12 digits.

    ``successor`` is the code that took over after a reform; figures of the past keep the old code.
    """

    code = models.CharField(_("区划代码"), primary_key=True, max_length=12, db_collation="C")
    name = models.CharField(_("名称"), max_length=80)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("沿用代码")
    )
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("区划")
        verbose_name_plural = _("区划")
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$"),
                name="region_code_is_of_a_level",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def level(self) -> str:
        """province, city, county, town or community, by the length of the code."""
        return LEVEL_BY_LENGTH[len(self.code)]

    @property
    def ancestor_codes(self) -> list[str]:
        """The codes above this one, widest first, without its own."""
        return ancestors(self.code)


def ancestors(code: str) -> list[str]:
    """The proper prefixes of a division code that are codes themselves, widest first."""
    return [code[:length] for length in LENGTHS if length < len(code)]


def child_length(code: str) -> int | None:
    """How many digits the codes directly beneath ``code`` have; None below a community."""
    return next((length for length in LENGTHS if length > len(code)), None)
