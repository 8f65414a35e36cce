"""A report as a workbook: what it is about on the first sheet, then a sheet a chapter, with the cells of the page."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from assessments.reports import Grid, Report
from members.spreadsheets import Sheet


def sheets_of(report: Report, today: date, demo: bool) -> list[Sheet]:
    """The sheets in their order. A rate is a number from 0 to 1; what is not known is an empty cell."""
    frame = report.frame
    about = [
        (_("报告"), report.title),
        (_("地区"), f"{frame.region.name}（{frame.region.code}）"),
        (_("期间"), frame.span.label),
        (_("数据截至"), f"{frame.period.last:%Y-%m-%d}"),
        (_("生成日期"), f"{today:%Y-%m-%d}"),
        (_("校验码"), report.mark),
        (_("综述"), report.summary),
        *((_("值得注意"), sentence) for sentence in report.standouts),
    ]
    if frame.alliances is not None:
        about.append((_("范围"), _("只统计本组织参加的联合体")))
    if demo:
        about.append((_("注意"), _("演示数据，不是真实统计")))
    cover = Sheet(_("说明"), [_("项目"), _("内容")], about, widths={0: 14, 1: 90})
    return [cover, *(_sheet(grid) for grid in report.grids)]


def _sheet(grid: Grid) -> Sheet:
    rows = [[cell.value for cell in line] for line in grid.lines]
    width = {0: 32} | ({1: 90} if grid.key == "meanings" else {})
    return Sheet(grid.title, grid.heads, rows, widths=width)
