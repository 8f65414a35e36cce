"""The published reports that the real alliances come from (出处)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REPORTS = {
    "PD1809": _("中国共产党新闻网 2018-09-17"),
    "PD1904": _("《人民日报》2019年"),
    "PD2009": _("《人民日报》2020-09-08第19版"),
    "LW21": _("《瞭望》2021年"),
}


def report_of(source: str) -> str:
    """The report's full name; an unknown short name stands for itself."""
    return str(REPORTS.get(source, source))
