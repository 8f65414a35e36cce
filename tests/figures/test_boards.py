"""Dashboard, network and screen: the numbers of METRICS, in the reader's scope, nothing of persons on the wall."""

import re
from datetime import date

import pytest

from alliances.measures import Period
from alliances.models import Alliance
from assessments.dashboards import LINES, TILES
from assessments.mechanisms import mechanisms_of
from assessments.pictures import items_of
from assessments.reports.grids import written
from assessments.screens import NUMBERS
from assessments.statistics import METRICS, Question
from listings.metrics import loop_of
from listings.metrics.loop import STAGES, stages_of
from listings.models import Item

YEAR = Period(date(2019, 1, 1), date(2019, 12, 31))
TODAY = date(2019, 12, 31)


@pytest.fixture(autouse=True)
def silvester(time_machine):
    time_machine.move_to("2019-12-31T02:00:00Z")


def test_the_dashboard_shows_the_metrics_own_numbers(counted, see, cast):
    board = see(cast.chifeng, "/reports/dashboard/", period="2019").context["board"]
    assert [one.value for one in board.gauges] == [written(METRICS[k], METRICS[k].total(YEAR, "1504")) for k in TILES]
    for pair, curves in zip(LINES, board.curves, strict=True):
        for key, curve in zip(pair, curves, strict=True):
            months = METRICS[key].by(YEAR, "1504", "month")
            assert list(curve.values) == [months.get(month.label, 0) for month in YEAR.months()], key
    for gauge in board.gauges:
        assert see(cast.chifeng, gauge.url).status_code == 200, gauge.url
    rates = METRICS["solve_rate"].by(YEAR, "1504", "region")
    assert [(tile.code, tile.value) for tile in board.tiles] == [(c, rates.get(c)) for c in ("150402", "150422")]


def test_no_stage_of_the_loop_holds_more_than_the_one_before(counted):
    items = items_of(Question("1504", YEAR, ()))
    passed, known = stages_of(YEAR, items), loop_of(YEAR, items)
    numbers = [passed[name] for name, _label in STAGES]
    assert numbers == sorted(numbers, reverse=True) and numbers[-1] > 0
    assert (passed["collected"], passed["confirmed"]) == (known["collected"], known["confirmed"])
    studied = [i for i in items.filter(collected_on__range=YEAR.days) if i.state not in ("collected", "forwarded")]
    assert passed["opened"] <= len(studied)


def test_the_mechanisms_count_alliances_of_the_running_ones(counted):
    found, _around = mechanisms_of("1504", YEAR)
    running = METRICS["alliances_active"].total(YEAR, "1504")
    assert {one.alliances for one in found} == {running}
    held = METRICS["activities_held"].per_alliance(YEAR, Alliance.objects.within("1504").as_of(TODAY))
    by_key = {one.key: one for one in found}
    assert by_key["active"].alive == sum(1 for number in held.values() if number)
    assert all(0 <= one.alive <= running for one in found)


def test_the_screen_shows_the_metrics_own_numbers_and_nobody(counted, see, cast):
    Item.objects.update(title="王大爷家漏水", place="3号楼201")
    page = see(cast.chifeng, "/reports/screen/")
    values = [written(METRICS[key], METRICS[key].total(Period(date(2019, 1, 1), TODAY), "1504")) for key in NUMBERS]
    assert [value for _label, value, _unit in page.context["screen"].numbers] == values
    text = page.content.decode()
    assert page.context["screen"].news and "王大爷" not in text and "201" not in re.sub(r"201\d", "", text)
    assert not re.search(r"党员\d|第\d+党支部", text), "neither persons nor who asked"


def test_the_screen_is_for_those_who_govern_and_can_be_stopped(see, cast):
    for who in ("fulian", "dongshiqiao", "sysadmin"):
        assert see(getattr(cast, who), "/reports/screen/").status_code == 403
    running, still = see(cast.lindong, "/reports/screen/"), see(cast.lindong, "/reports/screen/", still="1")
    assert 'data-refresh="300"' in running.content.decode() and "data-refresh" not in still.content.decode()
    assert '<noscript><meta http-equiv="refresh" content="300"></noscript>' in running.content.decode()


@pytest.mark.parametrize("path", ["dashboard/", "network/", "screen/"])
def test_another_place_is_not_there(see, cast, path):
    for who, region in (("nanyang", "1504"), ("chifeng", "4113"), ("lindong", "150422"), ("chifeng", "x' OR 1")):
        assert see(getattr(cast, who), f"/reports/{path}", region=region).status_code == 404
    assert "赤峰" not in see(cast.nanyang, f"/reports/{path}").content.decode()


def test_an_empty_place_has_its_pages(see, cast):
    for path in ("", "dashboard/", "network/", "screen/"):
        assert see(cast.chifeng, f"/reports/{path}", region="150422403006").status_code == 200
