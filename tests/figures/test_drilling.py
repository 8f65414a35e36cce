"""The rows behind a number are those that it counts: as many, for whoever asks, under every filter."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Avg, Count, Sum
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliances.measures import Median, Nature, Period
from alliances.models import Alliance, Chain
from alliances.models.alliance import CROSSING_LABELS
from assessments.asking import Asking
from assessments.drilling import Drill
from assessments.drilling.looks import LOOKS
from assessments.statistics import METRICS, whole
from assessments.tables import SECTIONS
from listings.models.listing import Kind
from tests.cast import again, client_of, person
from tests.figures import by_hand

YEAR = {"from": "2019-01-01", "to": "2019-12-31"}
EVERY_FIGURE = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
DAYS = st.dates(date(2018, 6, 1), date(2020, 6, 30))
FILTERS = st.fixed_dictionaries(
    {"region": st.sampled_from(["1504", "150402", "150422", "150422404", "150422404002"])},
    optional={
        "mode": st.sampled_from(Alliance.Mode.values),
        "form": st.sampled_from(Alliance.Form.values),
        "chain": st.sampled_from(Chain.Kind.values),
        "crossing": st.sampled_from(list(CROSSING_LABELS)),
        "kind": st.sampled_from(Kind.values),
    },
)


@pytest.fixture
def asking(counted, cast):
    return lambda **params: Asking(again(cast.chifeng), params, date(2020, 12, 31))


@pytest.fixture
def see(client, cast):
    def seen(account, path="/statistics/rows/", headers=None, **params):
        client.force_login(again(account))
        return client.get(path, {name.rstrip("_"): value for name, value in params.items()}, headers=headers)

    return seen


def by_sql(key, asked, period):
    """The figure of a filtered question, in SQL that knows nothing of the definitions."""
    words = {"first": period.first, "last": period.last, "code": asked["region"], **asked}
    with connection.cursor() as cursor:
        cursor.execute(by_hand.filtered(key, asked), words)
        return METRICS[key].number(cursor.fetchone()[0])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(asked=FILTERS, first=DAYS, days=st.integers(0, 500))
def test_every_figure_is_what_the_hand_counts_under_every_filter(asking, asked, first, days):
    """Random regions, days and filters; now and a year before; the number, and the rows behind it."""
    last = first + timedelta(days=days)
    one = asking(**asked, **{"from": first.isoformat(), "to": last.isoformat(), "compare": "year"})
    for question in (one.question, one.before):
        figures = whole(question)
        for key, metric in METRICS.items():
            unknown = metric.alliance is None and len(set(asked) & {"mode", "form", "chain", "crossing"})
            if unknown or (metric.kind is None and "kind" in asked):
                assert figures[key] is None
            else:
                assert figures[key] == by_sql(key, asked, question.period), key
                assert_rows_make(metric, Drill(metric, question, one.reach, one.user).rows, figures[key])


def assert_rows_make(metric, rows, number):
    """A count is the number of its rows; a rate their mean, a median their middle, money their sum."""
    if metric.nature is Nature.RATE:
        assert metric.number(rows.aggregate(n=Avg("counts_as"))["n"]) == number
    elif metric.nature is Nature.MEDIAN:
        assert metric.number(rows.aggregate(n=Median("counts_as"))["n"]) == number
    elif isinstance(metric.measure, Sum):
        assert metric.number(rows.aggregate(n=Sum("counts_as"))["n"]) == number
    else:
        assert rows.count() == rows.aggregate(n=Count("pk", distinct=True))["n"] == number


@pytest.mark.parametrize("metric", [m for m in METRICS.values() if not m.key.endswith("tor")], ids=lambda m: m.key)
def test_the_list_is_as_long_as_it_says_and_whoever_reads_the_region_reads_all(counted, see, cast, metric):
    answer = see(cast.chifeng, figure=metric.key, **YEAR)
    drill = answer.context["drill"]
    assert drill.value == metric.total(Period(date(2019, 1, 1), date(2019, 12, 31)), "1504")
    assert drill.hidden == 0
    assert len(answer.context["lines"]) == min(drill.size, 50) > 0
    assert drill.words in answer.content.decode()
    rest = see(cast.chifeng, "/api/v1/statistics/rows/", figure=metric.key, page_size=100, **YEAR).json()
    assert (rest["value"], rest["counted"], len(rest["results"])) == (drill.value, drill.size, min(drill.size, 100))


@EVERY_FIGURE
def test_the_rows_of_the_places_are_the_rows_of_the_whole(counted, asking, metric):
    """Children and the own level share the rows out: none is lost, none is listed twice but what counts once each."""
    one = asking(**YEAR)
    every = Drill(metric, one.question, one.reach, one.user).rows
    parts = [
        set(Drill(metric, asking(region=code, **YEAR).question, one.reach, one.user, own).rows.values_list("pk"))
        for code, own in (("150402", False), ("150422", False), ("1504", True))
    ]
    assert set().union(*parts) == set(every.values_list("pk"))
    if not metric.once:
        assert sum(len(part) for part in parts) == every.count()


@pytest.mark.parametrize("metric", [m for m in METRICS.values() if m.alliance], ids=lambda m: m.key)
def test_one_goes_down_to_one_alliance(counted, asking, metric):
    period = Period(date(2019, 1, 1), date(2019, 12, 31))
    numbers = metric.per_alliance(period, counted.alliances_in("1504"))
    for pk, number in numbers.items():
        one = asking(alliance=pk, **YEAR)
        assert_rows_make(metric, Drill(metric, one.question, one.reach, one.user).rows, number)


def test_the_communitys_alliances_sum_to_the_community(counted, see, cast):
    for region in ("150402003001", "150422403006", "150422404002"):
        table = see(cast.chifeng, "/statistics/", region=region, **YEAR).context["table"]
        for n, metric in enumerate(table.head):
            if metric.additive:
                numbers = [int(line.cells[n].text.replace(",", "")) for line in (*table.lines, table.total)]
                assert sum(numbers[:-1]) == numbers[-1], metric.key


def test_every_kind_of_row_has_its_columns_and_every_figure_its_heading():
    listed = {key for _title, keys in SECTIONS for key in keys}
    assert {key.removesuffix("_numerator").removesuffix("_denominator") for key in METRICS} == listed
    assert all(len(look.heads()) >= 2 for look in LOOKS.values())


@pytest.mark.parametrize("figure", ["party_members_covered", "service_people", "service_person_times"])
def test_persons_are_counted_without_their_names(counted, see, cast, figure):
    names = [person.name for person in counted.people]
    for path in ("/statistics/rows/", "/api/v1/statistics/rows/"):
        text = see(cast.chifeng, path, figure=figure, **YEAR).content.decode()
        assert "第" in text and not [name for name in names if f"{name}<" in text or f'"{name}"' in text]


def test_an_organisation_counts_what_its_alliances_do_and_reads_what_it_may(see, cast):
    for number, organization in enumerate((cast.fulian_org, cast.dongshiqiao_org, cast.dongshiqiao_org)):
        person(f"党员{number}", organization)
    answer = see(cast.fulian, figure="party_members_covered", to="2019-12-31")
    drill = answer.context["drill"]
    assert drill.size == drill.value == drill.hidden + len(answer.context["lines"]) > 0
    assert (drill.size, drill.hidden) == (3, 2)
    assert all(row.organization == cast.fulian_org for row in drill.listed)
    assert "只计数" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "params"),
    [("nanyang", {"region": "1504"}), ("balinzuo", {"region": "150402"}), ("fulian", {"region": "4113"})],
)
def test_what_one_may_not_count_has_no_rows(counted, see, cast, who, params):
    for path in (
        "/statistics/rows/",
        "/statistics/rows/export/",
        "/statistics/figures/",
        "/statistics/figures/export/",
    ):
        assert see(getattr(cast, who), path, **params).status_code == 404
    assert see(getattr(cast, who), "/api/v1/statistics/rows/", figure="belts", **params).status_code == 404


def test_an_alliance_of_elsewhere_is_not_there(counted, see, cast):
    for who, alliance in (
        (cast.chifeng, cast.nanyang_alliance),
        (cast.fulian, cast.nanyang_alliance),
        (cast.nanyang, cast.alliance),
    ):
        for path in ("/statistics/", "/statistics/rows/", "/statistics/export/"):
            assert see(who, path, alliance=alliance.pk).status_code == 404
    assert see(cast.chifeng, "/statistics/rows/", alliance=10**12).status_code == 404


@pytest.mark.parametrize(
    "params", [{"figure": "likes"}, {"quarter": "5"}, {"quarter": "1", "month": "4"}, {"kind": "x"}, {"from_": "x"},
               {"mode": "\0"}, {"crossing": "x" * 10_000}, {"alliance": "9" * 30}],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused(see, cast, params):
    assert see(cast.chifeng, **params).status_code == 422
    if "from_" not in params:
        rest = see(cast.chifeng, "/api/v1/statistics/rows/", **{"figure": "belts", **params})
        assert (rest.status_code, list(rest.json()["errors"])) == (422, [list(params)[-1]])


def test_a_cursor_of_ones_own_making_is_not_there(see, cast):
    assert see(cast.chifeng, cursor="x").status_code == 404
    assert see(cast.chifeng, "/api/v1/statistics/rows/", figure="belts", cursor="x").status_code == 422


def test_pages_follow_one_another_without_gap_or_double(counted, see, cast):
    found, address = (
        [],
        "/api/v1/statistics/rows/?figure=service_person_times&from=2018-01-01&to=2020-12-31&page_size=7",
    )
    while address:
        page = see(cast.chifeng, address).json()
        found += [row["id"] for row in page["results"]]
        address = page["next"]
    assert len(found) == len(set(found)) == page["value"]


def test_the_file_has_exactly_the_rows_and_no_formula(counted, see, cast):
    counted.alliances[0].activities.update(title="=HYPERLINK(1)")
    answer = see(cast.chifeng, "/statistics/rows/export/", figure="activities_held", format="csv", **YEAR)
    heads, *rows = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert heads[0] == "活动" and "区划代码" in heads
    assert len(rows) == METRICS["activities_held"].total(Period(date(2019, 1, 1), date(2019, 12, 31)), "1504")
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    book = see(cast.chifeng, "/statistics/rows/export/", figure="activities_held", format="xlsx", **YEAR)
    assert b"".join(book.streaming_content)[:2] == b"PK"


def test_too_many_rows_are_to_be_fetched_in_parts(counted, see, cast, monkeypatch):
    monkeypatch.setattr("assessments.views.drilling.MOST", 3)
    answer = see(cast.chifeng, "/statistics/rows/export/", figure="service_person_times", **YEAR)
    assert answer.status_code == 302 and "figure=service_person_times" in answer.url


def test_files_are_limited(counted, see, cast, monkeypatch):
    monkeypatch.setattr("members.pages.over", lambda name, limit: 30)
    for path in ("/statistics/rows/export/", "/statistics/figures/export/", "/statistics/export/"):
        assert see(cast.chifeng, path).status_code == 429


def test_a_key_reads_figures_but_no_rows(counted, client, cast):
    client_of("150422", "statistics:read")
    key = {"Authorization": "Bearer a-key-of-the-tests"}
    assert client.get("/api/v1/statistics/rows/", {"figure": "belts"}, headers=key).status_code == 403
    body = client.get("/api/v1/statistics/", {**YEAR, "compare": "year", "by": "region"}, headers=key).json()
    for told in (body, *body["rows"]):
        for name in (*told.get("suppressed", []), *told["before"].get("suppressed", [])):
            assert told["change"][name] is None


@pytest.mark.parametrize("figure", ["problems_solved", "service_person_times", "organizations_covered"])
def test_a_list_asks_as_often_for_one_row_as_for_fifty(counted, client, cast, figure):
    client.force_login(again(cast.chifeng))
    asked = []
    for first, last in (("2018-01-01", "2020-12-31"), ("2019-01-01", "2019-12-31"), ("2018-01-01", "2020-12-31")):
        with CaptureQueriesContext(connection) as said:
            answer = client.get("/statistics/rows/", {"figure": figure, "from": first, "to": last})
        asked.append((len(answer.context["lines"]), len(said)))
    (_warm, _first), (few, once), (many, again_) = asked
    assert many >= few > 0 and once == again_ <= 25
