"""The statistics page: the numbers of REST, one level at a time, in the reader's scope."""

import csv
import io
import re
from datetime import date

import pytest

from alliances.measures import Period
from assessments.comparing import compared, signed
from assessments.pictures import complete_months
from assessments.published import Comparison, published
from assessments.statistics import METRICS
from members.spreadsheets import neutralised
from tests.cast import again

YEAR = {"from": "2019-01-01", "to": "2019-12-31"}


@pytest.fixture
def see(client, cast):
    def seen(account, path="/statistics/", **params):
        client.force_login(again(account))
        return client.get(path, {name.rstrip("_"): value for name, value in params.items()})

    return seen


def shown(metric, value):
    return "—" if value is None else f"{value:.1%}" if metric.nature == "rate" else f"{value:,}"


def file_of(answer):
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


@pytest.mark.parametrize("more", [{}, {"compare": "year", "form": "joint_committee", "kind": "problem"}])
def test_page_and_rest_and_file_show_the_same_numbers(counted, see, cast, more):
    asked = YEAR | more
    rest = see(cast.chifeng, "/api/v1/statistics/", by="region", **asked).json()
    table = see(cast.chifeng, **asked).context["table"]
    heads, *rows = file_of(see(cast.chifeng, "/statistics/export/", **asked))
    assert [row[0] for row in rows] == [line.label for line in (*table.lines, table.total)]
    assert len(table.lines) == len(rest["rows"])
    for line, told, row in zip((*table.lines, table.total), (*rest["rows"], rest), rows, strict=True):
        for metric, cell in zip(table.head, line.cells, strict=True):
            assert cell.text == shown(metric, told["figures"][metric.key])
            assert cell.text.replace(",", "") == row[heads.index(str(metric.label))]
            if more:
                assert cell.before == shown(metric, told["before"]["figures"][metric.key])
            if metric.nature == "rate" and told["figures"][f"{metric.key}_denominator"]:
                parts = [told["figures"][f"{metric.key}_{part}"] for part in ("numerator", "denominator")]
                assert cell.parts == " / ".join(f"{part:,}" for part in parts)


def test_one_drills_from_city_to_banner_to_town_to_community_to_alliances(counted, see, cast):
    for region, below in (("1504", "150422"), ("150422", "150422404"), ("150422404", "150422404002")):
        page = see(cast.chifeng, region=region, **YEAR).content.decode()
        assert re.search(rf'href="/statistics/\?[^"]*region={below}"', page)
    table = see(cast.chifeng, region="150422404002", **YEAR).context["table"]
    assert table.of_alliances
    assert "五金小区基层治理共同体" in [line.label for line in table.lines]


def test_regions_stand_in_the_order_of_their_codes(counted, see, cast):
    labels = [line.label for line in see(cast.chifeng, **YEAR).context["table"].lines]
    assert labels == ["红山区", "巴林左旗", "赤峰市本级"]


@pytest.mark.parametrize(
    ("who", "region"), [("nanyang", "1504"), ("chifeng", "4113"), ("balinzuo", "150402"), ("lindong", "150422")]
)
def test_what_one_may_not_see_is_not_there(see, cast, who, region):
    for path in ("/statistics/", "/statistics/export/"):
        assert see(getattr(cast, who), path, region=region).status_code == 404


def test_nanyang_sees_nothing_of_chifeng(counted, see, cast):
    page = see(cast.nanyang, **YEAR).content.decode()
    assert "赤峰" not in page and "五金小区" not in page
    assert "赤峰" not in see(cast.nanyang, "/statistics/published/").content.decode()


def test_a_member_sees_the_alliances_it_is_in(counted, see, cast):
    table = see(cast.fulian, **YEAR).context["table"]
    assert [line.label for line in table.lines] == ["五金小区基层治理共同体"]


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_the_three_administrators_have_no_statistics_page(see, cast, who):
    assert see(getattr(cast, who)).status_code == 403


def test_a_filter_narrows_every_number(counted, see, cast):
    forms = METRICS["alliances_active"].by(Period(date(2019, 1, 1), date(2019, 12, 31)), "1504", "form")
    form, number = next(iter(forms.items()))
    every, some = see(cast.chifeng, **YEAR), see(cast.chifeng, form=form, **YEAR)
    assert some.context["table"].total.cells[0].text == f"{number:,}" != every.context["table"].total.cells[0].text


@pytest.mark.parametrize(
    "params", [{"from_": "x"}, {"from_": "2019-02-01", "to": "2019-01-01"}, {"mode": "none"}, {"year": "0"}]
)
def test_a_question_that_makes_no_sense_is_refused_on_the_page(see, cast, params):
    answer = see(cast.chifeng, **params)
    assert answer.status_code == 422
    assert 'class="errors' in answer.content.decode()


@pytest.mark.parametrize(
    "params", [{"year": "1"}, {"year": "9999"}, {"to": "0001-01-01"}, {"from_": "0001-01-01", "to": "9999-12-31"}]
)
def test_the_ends_of_time_have_a_page(see, cast, params):
    assert see(cast.chifeng, **params).status_code == 200


def test_each_headline_stands_beside_the_same_days_of_the_year_before(counted, see, cast, time_machine):
    time_machine.move_to("2019-05-20T04:00:00Z")
    for params, days in (({"year": "2019"}, (date(2018, 1, 1), date(2018, 5, 20))), ({"year": "2018"}, None)):
        told = see(cast.chifeng, **params).context["headlines"][-1]
        before = METRICS["service_person_times"].total(Period(*days), "1504") if days else 0
        now = int(told.value.replace(",", ""))
        more = f"（{(now - before) / before:+.1%}）" if before else ""
        assert told.note == f"比上年同期{'增加' if now > before else '减少'} {abs(now - before):,} 人次{more}"


@pytest.mark.parametrize(
    ("key", "now", "before", "words", "sign"),
    [
        ("belts", 5, 4, "比上年同期增加 1 条（+25.0%）", "+1"),
        ("belts", 3, 4, "比上年同期减少 1 条（-25.0%）", "-1"),
        ("belts", 3, 0, "比上年同期增加 3 条", "+3"),
        ("belts", 3, 3, "与上年同期持平", "持平"),
        ("belts", None, None, "上年同期无此数", "—"),
        ("solve_rate", 0.75, 0.5, "比上年同期上升 25.0 个百分点", "+25.0"),
        ("solve_rate", 0.5, 0.75, "比上年同期下降 25.0 个百分点", "-25.0"),
        ("solve_rate", 0.5, None, "上年同期无此数", "—"),
        ("solve_rate", None, 0.5, "本期无此数", "—"),
        ("median_days_to_solve", 3.5, 5.0, "比上年同期缩短 1.5 天", "-1.5"),
    ],
)
def test_the_difference_is_said_in_words_and_with_its_sign(key, now, before, words, sign):
    assert compared(METRICS[key], now, before) == words
    assert signed(METRICS[key], now, before) == sign


def test_an_unfinished_month_is_not_drawn_as_a_full_point(counted, see, cast):
    assert see(cast.chifeng, from_="2019-01-01", to="2019-05-20").context["unfinished"]
    assert not see(cast.chifeng, from_="2019-01-01", to="2019-05-31").context["unfinished"]


def test_the_year_before_and_the_complete_months():
    leap = Period(date(2020, 2, 29), date(2020, 3, 1))
    assert leap.a_year_before() == Period(date(2019, 2, 28), date(2019, 3, 1))
    assert complete_months(date(2019, 3, 1)) == Period(date(2018, 3, 1), date(2019, 2, 28))
    assert complete_months(date(2019, 1, 31)) == Period(date(2018, 1, 1), date(2018, 12, 31))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x", "\tx", "\rx"])
def test_no_cell_of_a_file_is_a_formula(cell):
    assert neutralised(cell) == f"'{cell}"


def test_the_reports_are_shown_beside_our_count(counted, see, cast):
    page = see(cast.chifeng, "/statistics/published/")
    rows = {row.printed.name: row for _place, row in page.context["rows"]}
    assert len(rows) == sum(printed.place.startswith("1504") for printed in published())
    assert rows["街道"].missing == "not_counted"
    printed = rows["党建融合体"]
    assert printed.number == METRICS["alliances_active"].total(Period(date(2019, 4, 30), date(2019, 4, 30)), "1504")
    assert "仅见报道" in page.content.decode()
    behind = see(cast.chifeng, f"/statistics/rows/?{printed.rows_query}").context["drill"]
    assert (behind.metric.key, behind.value, behind.question.period.last) == (
        "alliances_active", printed.number, date(2019, 4, 30)
    )  # fmt: skip


def test_at_least_is_not_an_exact_figure():
    covered = next(printed for printed in published() if printed.figure == "organizations_covered")
    assert covered.at_least
    assert Comparison(covered, 7000).agrees
    assert not Comparison(covered, 6799).agrees
    exact = next(printed for printed in published() if printed.figure == "alliances_active")
    assert Comparison(exact, 588).agrees and not Comparison(exact, 589).agrees


@pytest.mark.parametrize(("region", "groups"), [("1504", 3), ("150422404", 2), ("150422404002", 1)])
def test_the_number_of_statements_does_not_grow_with_the_data(
    counted, client, cast, django_assert_max_num_queries, region, groups
):
    client.force_login(again(cast.chifeng))
    with django_assert_max_num_queries(55):
        assert len(client.get("/statistics/", YEAR | {"region": region}).context["table"].lines) >= groups
    with django_assert_max_num_queries(2 * len(METRICS) + 12):
        client.get("/statistics/figures/", YEAR | {"region": region})
