"""Who accepts an answer of a moment ago gets what was counted then, and is told when that was."""

from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from alliances.models import Alliance
from assessments.api.asked import Asked
from assessments.api.recent import answer
from members.scope import rights_of
from tests.cast import again, client_of

YEAR = {"from": "2019-01-01", "to": "2019-12-31"}
OLDER = {**YEAR, "max_age": "600"}
NOW = timezone.make_aware(datetime(2020, 12, 31, 10))


@pytest.fixture(autouse=True)
def nothing_kept(counted):
    cache.clear()


@pytest.fixture
def ask(client):
    def asked(account, headers=None, **params):
        if account is not None:
            client.force_login(again(account))
        return client.get("/api/v1/statistics/", params, headers=headers)

    return asked


def told(account, *, now=NOW, **params):
    """The body for that account at that moment."""
    user = again(account)
    return answer(Asked(user, params, NOW.date()), few_hidden=rights_of(user).scopes is not None, now=now)


def test_an_older_answer_says_when_it_was_counted_and_is_what_was_counted_then(ask, counted, cast):
    then = ask(cast.chifeng, **YEAR).json()
    kept = ask(cast.chifeng, **OLDER).json()
    assert "counted_at" not in then and kept == then | {"counted_at": kept["counted_at"]}
    running = then["figures"]["alliances_active"]
    one = Alliance.objects.as_of(date(2019, 12, 31)).within("1504").first()
    Alliance.objects.filter(pk=one.pk).update(ended_on="2019-12-31")
    now = ask(cast.chifeng, **YEAR).json()
    assert now["figures"]["alliances_active"] == running - 1
    assert ask(cast.chifeng, **OLDER).json() == kept
    assert ask(cast.chifeng, **{**OLDER, "max_age": "0"}).json() == now


def test_what_is_older_than_one_accepts_is_counted_anew(counted, cast):
    first = told(cast.chifeng, **OLDER)
    for seconds, same in ((600, True), (601, False)):
        later = told(cast.chifeng, now=NOW + timedelta(seconds=seconds), **OLDER)
        assert (later["counted_at"] == first["counted_at"]) is same
        assert later["figures"] == first["figures"]


def test_it_costs_what_the_caller_costs_and_has_one_fingerprint(client, ask, cast, django_assert_max_num_queries):
    tag = ask(cast.chifeng, **OLDER).headers["ETag"]
    with django_assert_max_num_queries(7):
        assert client.get("/api/v1/statistics/", OLDER).headers["ETag"] == tag
    assert ask(cast.chifeng, headers={"If-None-Match": tag}, **OLDER).status_code == 304


QUESTIONS = (
    {}, {"figures": "belts"}, {"by": "region"}, {"by": "month"}, {"compare": "year"},
    {"kind": "problem"}, {"mode": "regional"}, {"chain": "industry"},
    {"crossing": "sector"}, {"to": "2019-06-30"}, {"region": "150422"},
    {"by": "region", "compare": "year", "form": "league"},
)  # fmt: skip


def test_each_question_has_its_own_answer(counted, cast):
    some = {"figures": "alliances_active,problems_solved,service_people", **OLDER}
    for _turn in range(2):
        for question in QUESTIONS:
            kept = told(cast.chifeng, **{**some, **question})
            counted_now = told(cast.chifeng, **{**some, **question, "max_age": "0"})
            assert kept == counted_now | {"counted_at": NOW.isoformat()}, question


def test_nobody_is_given_the_answer_of_others(ask, cast):
    of_all = ask(cast.chifeng, region="1504", **OLDER).json()
    own = ask(cast.dongshiqiao, region="1504", **OLDER).json()
    assert own["figures"]["alliances_active"] == 1 < of_all["figures"]["alliances_active"]
    assert ask(cast.fulian, region="1504", **OLDER).json()["counted_at"] > own["counted_at"]
    assert ask(cast.nanyang, region="1504", **OLDER).status_code == 404


def test_few_persons_stay_hidden_from_programs(client, ask, cast):
    town = {"region": "150422404", **OLDER}
    open_to_staff = ask(cast.chifeng, **town).json()
    client.logout()
    client_of("150422", "statistics:read")
    hidden = ask(None, headers={"Authorization": "Bearer a-key-of-the-tests"}, **town).json()
    few = hidden["suppressed"]
    assert few and all(hidden["figures"][key] is None and 0 < open_to_staff["figures"][key] < 5 for key in few)
    assert "suppressed" not in open_to_staff


@pytest.mark.parametrize(("age", "status"), [("soon", 400), ("-1", 400), ("٦", 400), ("3601", 422), ("9" * 99, 422)])
def test_an_age_that_makes_no_sense_is_named(ask, cast, age, status):
    refused = ask(cast.chifeng, max_age=age)
    assert (refused.status_code, list(refused.json()["errors"])) == (status, ["max_age"])
