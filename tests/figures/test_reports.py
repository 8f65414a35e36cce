"""The report: the numbers of METRICS on the page, on paper and in the workbook; in the reader's scope; a finished month
stays as it is."""

import io
from datetime import date, timedelta

import openpyxl
import pytest

from alliances.measures import Period
from alliances.models import Alliance
from assessments.reports import Frame, Length, Span, report_of
from assessments.reports.grids import written
from assessments.reports.parts import FIGURES, PLACES, change
from assessments.statistics import METRICS
from members.models import Region
from tests.cast import again

APRIL = Period(date(2019, 4, 1), date(2019, 4, 30))
TODAY = date(2020, 6, 1)


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to("2020-06-01T02:00:00Z")


@pytest.fixture
def see(see):
    return lambda account, path="/reports/", **params: see(account, path, **params)


def grid(page, key):
    return next(one for one in page.context["report"].grids if one.key == key)


def test_every_number_is_the_metrics_own(counted, see, cast):
    page = see(cast.chifeng, period="2019-04")
    spans = (APRIL, Period(date(2019, 3, 1), date(2019, 3, 31)), Period(date(2018, 4, 1), date(2018, 4, 30)))
    for key, row in zip(FIGURES, grid(page, "figures").rows, strict=True):
        values = [METRICS[key].total(period, "1504") for period in spans]
        assert [row[n].words for n in (2, 3, 5)] == [written(METRICS[key], value) for value in values], key
        assert row[4].words == change(METRICS[key], values[0], values[1])
        assert see(cast.chifeng, row[2].url).status_code == 200, "the rows behind the number"
    places = grid(page, "places")
    for key, cell in zip(PLACES, places.total[1:], strict=True):
        assert cell.words == written(METRICS[key], METRICS[key].total(APRIL, "1504")), key
    assert [row[0].words for row in places.rows] == ["红山区", "巴林左旗", "赤峰市本级"]


def test_what_is_told_by_kind_sums_to_its_figure(counted, see, cast):
    page = see(cast.chifeng, period="2019")
    year = Period(date(2019, 1, 1), date(2019, 12, 31))

    def whole(key):
        return METRICS[key].total(year, "1504")

    assert [cell.value for cell in grid(page, "categories").total[1:]] == [
        whole("solve_rate_denominator"), whole("problems_solved")
    ]  # fmt: skip
    held = grid(page, "gatherings").rows
    assert sum(row[2].value for row in held if row[0].words == "活动") == whole("activities_held")
    assert sum(row[2].value for row in held if row[0].words == "会议") == whole("meetings_held")
    decided = [row[3].words for row in grid(page, "decisions").rows]
    assert "规范整顿" in "".join(decided) or not whole("alliances_rectified")


def test_the_workbook_holds_the_cells_of_the_page(counted, see, cast):
    page = see(cast.chifeng, period="2019-q2")
    answer = see(cast.chifeng, "/reports/workbook/", period="2019-q2")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    for chapter in page.context["report"].grids:
        sheet = [list(row) for row in book[chapter.title].iter_rows(values_only=True)]
        assert sheet[0][: len(chapter.heads)] == list(chapter.heads)
        for line, shown in zip(sheet[1:], chapter.lines, strict=True):
            assert ["" if cell is None else cell for cell in line[: len(shown)]] == [cell.value for cell in shown]
    about = {row[0]: row[1] for row in book["说明"].iter_rows(values_only=True)}
    assert about["校验码"] == page.context["report"].mark
    assert about["数据截至"] == "2019-06-30"
    assert page.context["report"].mark in page.content.decode()


def test_a_finished_month_stays_as_it_was_and_a_number_more_changes_its_mark(counted, cast):
    def mark(day, **asked):
        frame = Frame(Region.objects.get(pk="1504"), Span.named("2019-04"), day, again(cast.chifeng), **asked)
        return report_of(frame).mark

    assert mark(TODAY) == mark(TODAY + timedelta(days=400))
    assert mark(TODAY) != mark(TODAY, alliances=Alliance.objects.filter(pk=cast.alliance.pk))


@pytest.mark.parametrize(
    ("who", "region"), [("nanyang", "1504"), ("chifeng", "4113"), ("balinzuo", "150402"), ("lindong", "150422")]
)
def test_another_place_is_not_there(see, cast, who, region):
    for path in ("/reports/", "/reports/workbook/"):
        assert see(getattr(cast, who), path, region=region).status_code == 404


def test_nobody_reads_of_what_lies_elsewhere(counted, see, cast):
    page = see(cast.nanyang, period="2019-04").content.decode()
    assert "赤峰" not in page and "五金小区" not in page
    assert "五金小区" not in see(cast.lushan, period="2019-04").content.decode(), "invited, and not a member yet"
    town = see(cast.lindong, period="2019-04")
    assert [row[0].words for row in grid(town, "places").rows][-1] == "林东街道本级"
    assert "红山区" not in town.content.decode()


def test_a_member_reads_of_its_own_alliances_only(counted, see, cast):
    page = see(cast.fulian, period="2019-04")
    assert [row[0].words for row in grid(page, "places").rows] == ["五金小区基层治理共同体"]
    assert grid(page, "figures").rows[0][2].value == 1
    assert "只统计本组织参加的联合体" in page.content.decode()


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_who_reads_no_figures_is_refused(see, cast, who):
    assert see(getattr(cast, who)).status_code == 403


@pytest.mark.parametrize(
    "period", ["x", "2019-13", "2019-q5", "1999", "2200", "2020-07", "٢٠١٩", "2019-04-01", "9" * 10_000, "\0"]
)
def test_a_time_that_is_none_has_no_report(see, cast, period):
    assert see(cast.chifeng, period=period).status_code == 404


def test_a_month_of_nothing_and_a_running_one_have_their_report(see, cast):
    empty = see(cast.chifeng, period="2000-01").content.decode()
    assert "期末没有逾期事项。" in empty and "期内没有吹哨。" in empty
    running = see(cast.chifeng, period="2020-06")
    assert "本期尚未结束" in running.content.decode()
    assert grid(running, "figures").rows[0][4].words == "—"
    assert see(cast.chifeng).context["span"].key == "2020-05", "the last complete month comes first"


def test_spans_know_their_neighbours():
    january = Span.named("2019-01")
    assert (january.before.key, january.after.key, january.year_before.key) == ("2018-12", "2019-02", "2018-01")
    assert Span.of(Length.QUARTER, date(2019, 12, 31)).key == "2019-q4" == Span.named("2020-q1").before.key
    assert Span.named("2019").before == Span.named("2019").year_before
    assert Span.last_complete(Length.MONTH, date(2019, 3, 1)).key == "2019-02"
