"""A period in words, as offices name it: 2020年上半年, 2019年, 2018—2020年, 2020年3月."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

DAY = timedelta(days=1)


def label_of(first: date, last: date) -> str:
    """A year or several, a half-year, a quarter, a month by its name; any other period by its two days."""
    whole = first.day == 1 and (last == date.max or (last + DAY).day == 1)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if whole and first.month == 1 and months % 12 == 0:
        words = {"first": first.year, "last": last.year}
        return _("%(first)s年") % words if months == 12 else _("%(first)s—%(last)s年") % words
    if whole and months == 6 and first.month in (1, 7):
        half = _("上半年") if first.month == 1 else _("下半年")
        return _("%(year)s年%(half)s") % {"year": first.year, "half": half}
    if whole and months == 3 and first.month % 3 == 1:
        return _("%(year)s年第%(quarter)s季度") % {"year": first.year, "quarter": first.month // 3 + 1}
    if whole and months == 1:
        return _("%(year)s年%(month)s月") % {"year": first.year, "month": first.month}
    return _("%(first)s至%(last)s") % {"first": first.isoformat(), "last": last.isoformat()}
