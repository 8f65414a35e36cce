"""The report (月报, 季报, 年报): what a place did in a month, made wholly of figures and of what was recorded.

Page, paper and workbook show the same cells. A finished span moves only by what is entered late or corrected; the
mark at its foot changes exactly when a number does, so that two prints can be told apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments import pictures
from assessments.fingerprints import fingerprint_of
from assessments.reports import parts
from assessments.reports.frame import Frame
from assessments.reports.grids import Grid, written
from assessments.reports.spans import Length, Span, year_until
from assessments.reports.standouts import standouts
from assessments.statistics import METRICS, Figures
from members.charts import Series, Slice

__all__ = ["Frame", "Grid", "Length", "Report", "Span", "report_of"]


NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Report:
    """``summary`` is the whole in one paragraph, ``grids`` its chapters in their order, ``mark`` their fingerprint."""

    frame: Frame
    title: str
    summary: str
    months: list[str]
    series: list[Series]
    unfinished: bool
    loop: list[Slice]
    grids: list[Grid]
    standouts: list[str]
    mark: str

    @property
    def chapters(self) -> list[tuple[str, Grid]]:
        """The grids with the numbers that Chinese papers give to chapters."""
        return list(zip(NUMERALS, self.grids, strict=False))

    @property
    def name(self) -> str:
        """Of its file."""
        return f"report-{self.frame.region.code}-{self.frame.span.key}"


def report_of(frame: Frame) -> Report:
    """The report of a place over a span. A fixed number of statements, however much there is to tell."""
    figures, found = parts.compared_figures(frame)
    places, rows = parts.places(frame)
    overdue, late = parts.longest_overdue(frame)
    grids = [
        figures, places, parts.categories(frame), overdue, parts.gatherings(frame), parts.whistles(frame, found),
        parts.decisions(frame), parts.meanings(),
    ]  # fmt: skip
    window = frame.question(period=year_until(frame.period.last))
    months, series, unfinished = pictures.curves(window)
    title = _("%(region)s党建联合体运行%(report)s") % {"region": frame.region.name, "report": frame.span.words[3]}
    mark = fingerprint_of([cell.words for cell in line] for grid in grids for line in grid.lines)[:12]
    return Report(
        frame, title, summary(frame, found), months, series, unfinished, pictures.loop(frame.question()), grids,
        standouts(frame, found, rows, late), mark,
    )  # fmt: skip


def summary(frame: Frame, found: Figures) -> str:
    """The span in one paragraph."""

    def said(key: str) -> str:
        return written(METRICS[key], found[key])

    last = frame.period.last
    words = [
        _(
            "截至%(year)s年%(month)s月%(day)s日，%(region)s有运行中的联合体 %(alliances)s 个，"
            "覆盖党组织 %(organizations)s 个。"
        )
        % {
            "year": last.year, "month": last.month, "day": last.day, "region": frame.region.name,
            "alliances": said("alliances_active"), "organizations": said("organizations_covered"),
        },
        _("%(span)s签订清单 %(listings)s 份，认领事项 %(claimed)s 项，经提出方确认解决问题 %(solved)s 件。")
        % {
            "span": frame.span.label, "listings": said("listings_signed"), "claimed": said("items_claimed"),
            "solved": said("problems_solved"),
        },
    ]  # fmt: skip
    if found["solve_rate"] is not None:
        words.append(
            _("期内提出的问题 %(asked)s 件中已解决 %(solved)s 件，解决率 %(rate)s。")
            % {
                "asked": said("solve_rate_denominator"), "solved": said("solve_rate_numerator"),
                "rate": said("solve_rate"),
            }
        )  # fmt: skip
    words.append(
        _("开展活动 %(held)s 场，召开会议 %(met)s 次，志愿服务 %(served)s 人次。")
        % {"held": said("activities_held"), "met": said("meetings_held"), "served": said("service_person_times")}
    )
    return "".join(words)
