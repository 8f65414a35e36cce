"""Statistics in REST: the numbers of the definitions, in the caller's scope; refusals say how to mend them."""

from datetime import date

import pytest

from alliances.measures import GROUPS, Period
from assessments.statistics import KEYS, METRICS, hide_few
from tests.cast import again, client_of

YEAR = {"from": "2019-01-01", "to": "2019-12-31"}


@pytest.fixture
def ask(client, cast):
    def asked(account, path="statistics", headers=None, **params):
        client.force_login(again(account))
        params = {name.rstrip("_"): value for name, value in params.items()}
        return client.get(f"/api/v1/{path}/", params, headers=headers)

    return asked


def test_every_figure_is_listed_with_its_definition(ask, cast):
    listed = ask(cast.chifeng, "figures").json()
    assert [figure["key"] for figure in listed] == list(KEYS)
    for figure in listed:
        assert set(figure) == {"key", "label", "unit", "definition", "nature", "additive"}
        assert figure["definition"] and figure["nature"] in {"stock", "flow", "rate", "median"}


def test_the_answer_has_the_figures_of_the_definitions(counted, ask, cast):
    body = ask(cast.chifeng, region="1504", **YEAR).json()
    period = Period(date(2019, 1, 1), date(2019, 12, 31))
    assert [body[name] for name in ("region", "from", "to", "as_of")] == [
        "1504",
        "2019-01-01",
        "2019-12-31",
        "2019-12-31",
    ]
    assert body["figures"] == {key: metric.total(period, "1504") for key, metric in METRICS.items()}
    assert "rows" not in body and "suppressed" not in body


@pytest.mark.parametrize("group", GROUPS)
def test_rows_of_additive_figures_sum_to_the_whole(counted, ask, cast, group):
    body = ask(cast.chifeng, by=group, **YEAR).json()
    assert body["rows"]
    for key, metric in METRICS.items():
        if metric.sums(group):
            assert sum(row["figures"][key] for row in body["rows"]) == body["figures"][key], key
            assert body["figures"][key] == metric.total(Period(date(2019, 1, 1), date(2019, 12, 31)), "1504")


def test_by_region_gives_the_next_level_and_the_region_itself(counted, ask, cast):
    rows = ask(cast.chifeng, by="region", figures="alliances_active", **YEAR).json()["rows"]
    assert [row["group"]["code"] for row in rows] == ["150402", "150422", "1504"]
    assert rows[0]["group"]["label"] == "红山区"
    leaf = ask(cast.chifeng, region="150422404002", by="region", figures="alliances_active", **YEAR).json()["rows"]
    assert [row["group"]["code"] for row in leaf] == ["150422404002"]


def test_by_month_every_month_has_its_row(counted, ask, cast):
    body = ask(cast.chifeng, by="month", figures="alliances_active", from_="2018-12-15", to="2019-02-03").json()
    assert [row["group"]["code"] for row in body["rows"]] == ["2018-12", "2019-01", "2019-02"]
    assert body["rows"][-1]["figures"] == body["figures"]


def test_a_figure_that_is_not_asked_is_not_given(ask, cast):
    body = ask(cast.chifeng, figures="solve_rate,belts", from_="2001-01-01", to="2001-12-31").json()
    assert body["figures"] == {"solve_rate": None, "belts": 0}


def test_the_period_defaults_to_this_year_until_today(ask, cast, time_machine):
    time_machine.move_to("2019-05-20T17:30:00Z")  # the 21st in Shanghai
    body = ask(cast.chifeng).json()
    assert (body["from"], body["to"], body["as_of"]) == ("2019-01-01", "2019-05-21", "2019-05-21")
    body = ask(cast.chifeng, to="2020-03-01").json()
    assert (body["from"], body["to"], body["as_of"]) == ("2020-01-01", "2020-03-01", "2019-05-21")


@pytest.mark.parametrize(
    ("who", "home"),
    [("chifeng", "1504"), ("balinzuo", "150422"), ("lindong", "150422404"), ("dongshiqiao", "150422404002"),
     ("fulian", "150422"), ("nanyang", "4113")],
)  # fmt: skip
def test_without_a_region_it_is_the_callers_own(ask, cast, who, home):
    assert ask(getattr(cast, who)).json()["region"] == home


@pytest.mark.parametrize(
    ("who", "region"),
    [("nanyang", "1504"), ("nanyang", "150422"), ("chifeng", "4113"), ("chifeng", "15"), ("balinzuo", "150402"),
     ("balinzuo", "1504"), ("lindong", "150422"), ("fulian", "4113"), ("dongshiqiao", "411302"), ("chifeng", "150499"),
     ("chifeng", "1504x"), ("chifeng", "１５０４"), ("chifeng", "1" * 500)],
)  # fmt: skip
def test_a_region_that_one_may_not_see_is_not_there(ask, cast, who, region):
    assert ask(getattr(cast, who), region=region).status_code == 404


def test_organizations_read_the_figures_of_their_own_alliances_only(counted, ask, cast):
    for who in (cast.dongshiqiao, cast.fulian):
        body = ask(who, region="1504", to="2019-12-31").json()
        assert body["figures"]["alliances_active"] == 1
        assert body["figures"]["service_person_times"] == body["figures"]["belts"] == 0
        assert body["figures"]["organizations_covered"] == 2


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_the_three_administrators_read_no_statistics(ask, cast, who):
    assert ask(getattr(cast, who)).status_code == 403


@pytest.mark.parametrize(
    ("params", "status", "names"),
    [
        ({"from_": "2019-02-30"}, 400, "from"),
        ({"to": "yesterday"}, 400, "to"),
        ({"to": "20190101"}, 400, "to"),
        ({"to": "2019-W01-1"}, 400, "to"),
        ({"to": "0000-01-01"}, 400, "to"),
        ({"to": "2019-01-01T00:00:00"}, 400, "to"),
        ({"to": "٢٠١٩-٠١-٠١"}, 400, "to"),
        ({"from_": "2019-02-01", "to": "2019-01-01"}, 422, "from"),
        ({"figures": "alliances_active,likes"}, 422, "figures"),
        ({"by": "person"}, 422, "by"),
        ({"by": "month", "from_": "0001-01-01"}, 422, "from"),
    ],
)
def test_a_refused_parameter_is_named(ask, cast, params, status, names):
    answer = ask(cast.chifeng, **params)
    assert answer.status_code == status
    assert list(answer.json()["errors"]) == [names]


@pytest.mark.parametrize("group", ["", "region", "kind"])
def test_the_ends_of_time_are_answered(ask, cast, group):
    for first, last in (("0001-01-01", "0001-01-01"), ("", "9999-12-31"), ("0001-01-01", "9999-12-31")):
        assert ask(cast.chifeng, by=group, from_=first, to=last).status_code == 200


def test_who_has_the_answer_already_gets_304(ask, cast):
    first = ask(cast.chifeng, **YEAR)
    tag = first.headers["ETag"]
    again_ = ask(cast.chifeng, headers={"If-None-Match": f'"other", {tag}'}, **YEAR)
    assert (again_.status_code, again_.content, again_.headers["ETag"]) == (304, b"", tag)
    assert ask(cast.chifeng, headers={"If-None-Match": '"other"'}, **YEAR).status_code == 200


def test_programs_do_not_see_counts_of_few_persons():
    shown, hidden = hide_few({"service_people": 4, "party_members_covered": 5, "members_registered": 0, "belts": 2})
    assert shown == {"service_people": None, "party_members_covered": 5, "members_registered": 0, "belts": 2}
    assert hidden == ["service_people"]


def test_a_key_reads_its_region_with_the_scope_and_few_persons_are_hidden(counted, client, cast):
    client_of("150422", "statistics:read")
    key = {"Authorization": "Bearer a-key-of-the-tests"}
    body = client.get("/api/v1/statistics/", {**YEAR, "by": "region"}, headers=key).json()
    assert body["region"] == "150422"
    period = Period(date(2019, 1, 1), date(2019, 12, 31))
    people = METRICS["service_people"].by(period, "150422", "region")
    for row in body["rows"]:
        number = people.get(row["group"]["code"], 0)
        assert row["figures"]["service_people"] == (None if 0 < number < 5 else number)
        assert ("service_people" in row.get("suppressed", [])) is (0 < number < 5)
    assert client.get("/api/v1/statistics/", {"region": "1504"}, headers=key).status_code == 404


def test_a_key_without_the_scope_reads_no_statistics(client, cast):
    client_of("150422", "lists:read")
    key = {"Authorization": "Bearer a-key-of-the-tests"}
    assert client.get("/api/v1/statistics/", headers=key).status_code == 403
    assert client.get("/api/v1/figures/", headers=key).status_code == 403


def test_nobody_reads_statistics_without_logging_in(client, db):
    assert client.get("/api/v1/statistics/").status_code == 401
    assert client.get("/api/v1/figures/").status_code == 401


def test_one_statement_a_figure_and_a_few_for_the_caller(counted, client, cast, django_assert_max_num_queries):
    client.force_login(cast.chifeng)
    with django_assert_max_num_queries(len(KEYS) + 8):
        client.get("/api/v1/statistics/", YEAR)
    grouped = len(KEYS) + sum(not metric.sums("region") for metric in METRICS.values())
    with django_assert_max_num_queries(grouped + 10):
        client.get("/api/v1/statistics/", {**YEAR, "by": "region"})


def test_the_schema_says_one_answer_and_a_list_of_definitions(client, cast):
    client.force_login(cast.chifeng)
    paths = client.get("/api/v1/schema/", {"format": "json"}).json()["paths"]
    said = {
        name: paths[f"/api/v1/{name}/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        for name in ("statistics", "figures")
    }
    assert said["statistics"] == {"$ref": "#/components/schemas/Statistics"}
    assert said["figures"]["type"] == "array"
