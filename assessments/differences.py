"""What is new in a sheet of indicators: against last year's, for whoever has to approve it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Indicator, Scheme, Supplement
from assessments.transitions.scheme import TERMS
from assessments.transitions.sheet import plain
from assessments.words.scheme import scored_by

Change = dict[str, str]
"""``word`` names what differs; ``before`` and ``after`` say how it reads, empty where there is none."""

NOTHING: dict[str, Any] = {
    "word": gettext_lazy("与上年度相比"),
    "before": "",
    "after": gettext_lazy("没有改动，全部沿用"),
}
"""What to say where nothing differs."""


def of_scheme(scheme: Scheme) -> list[Change]:
    """Terms and indicators against the scheme of the nearest year before; all of them where there is none."""
    before = previous(scheme)
    return _between(_terms(before), _terms(scheme)) + _between(_rows(before), _rows(scheme))


def of_supplement(supplement: Supplement) -> list[Change]:
    """Share and indicators against the region's supplement of the nearest year before."""
    before = _adopted_before(supplement)
    return _between(_share(before), _share(supplement)) + _between(_rows(before), _rows(supplement))


def previous(sheet: Scheme | Supplement) -> Scheme | None:
    """The scheme that the difference is against: one that was in force, for a draft was approved by nobody."""
    if isinstance(sheet, Supplement):
        before = _adopted_before(sheet)
        return before.scheme if before else None
    earlier = Scheme.objects.filter(region=sheet.region_id, year__lt=sheet.year).exclude(state=Scheme.State.DRAFT)
    return earlier.order_by("-year").first()


def _adopted_before(supplement: Supplement) -> Supplement | None:
    year = supplement.scheme.year
    adopted = Supplement.objects.filter(region=supplement.region_id, state=Supplement.State.ADOPTED)
    before = adopted.filter(scheme__year__lt=year).exclude(scheme__state=Scheme.State.DRAFT)
    return before.order_by("-scheme__year").first()


def _terms(scheme: Scheme | None) -> dict[str, str]:
    """A term in words -> its value."""
    fields = [field for field in Scheme._meta.fields if field.name in TERMS]
    if scheme is None:
        return {}
    day = {str(Scheme._meta.get_field("cut_off").verbose_name): f"{scheme.cut_off:%m-%d}"}
    return day | {str(field.verbose_name): plain(getattr(scheme, field.name)) for field in fields}


def _share(supplement: Supplement | None) -> dict[str, str]:
    return {str(_("补充指标占比")): plain(supplement.share)} if supplement else {}


def _rows(sheet: Scheme | Supplement | None) -> dict[str, str]:
    """An indicator by its place in the tree -> all that matters about it; those of one name are told together."""
    said: dict[str, str] = {}
    for one in sheet.indicators.all() if sheet else ():
        said[_place(one)] = "\n".join(filter(None, (said.get(_place(one), ""), _said(one))))
    return said


def _place(one: Indicator) -> str:
    return f"{one.group} / {one.name}" if one.group else one.name


def _said(one: Indicator) -> str:
    words = {"weight": plain(one.weight), "how": scored_by(one), "who": one.get_source_display()}
    said = _("权重 %(weight)s，%(who)s（%(how)s）") % words
    return f"{said}；{one.standard}" if one.standard else said


def _between(before: dict[str, str], after: dict[str, str]) -> list[Change]:
    return [
        {"word": word, "before": before.get(word, ""), "after": after.get(word, "")}
        for word in {**after, **before}
        if before.get(word) != after.get(word)
    ]
