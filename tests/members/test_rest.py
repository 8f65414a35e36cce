"""REST from the ground: keys and scopes, problems in words, pages by cursor, versions."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, OperationalError
from django.db.models import ProtectedError

from members import throttling
from members.models import ApiClient, Denial, Organization, Region
from members.problems import problem_handler
from members.states import Refused
from tests.cast import KEY, client_of

pytestmark = pytest.mark.django_db
BEARER = {"HTTP_AUTHORIZATION": f"Bearer {KEY}"}
LIST = "/api/v1/organizations/"
FIELDS = {
    "id", "code", "name", "short_name", "kind", "sector", "industry", "level", "ownership", "region", "place", "parent",
    "contact", "phone", "source", "synthetic", "updated_at",
}  # fmt: skip


def test_without_a_key_and_without_a_session_it_is_401(client, cast):
    answer = client.get(LIST)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_key_opens_what_its_scopes_name_and_nothing_else(client, cast):
    client_of("1504", "statistics:read")
    assert client.get("/api/v1/regions/", **BEARER).status_code == 200
    answer = client.get(LIST, **BEARER)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


def test_what_is_for_sessions_only_is_403_for_a_key(client, cast):
    client_of("1504", *ApiClient.Scope.values)
    answer = client.post(f"/api/v1/alliances/{cast.alliance.pk}/rectify/", {}, "application/json", **BEARER)
    assert (answer.status_code, answer.json()["code"]) == (403, "session_only")


def test_a_key_reads_its_region_and_never_a_contact(client, cast):
    client_of("150422", "register:read")
    Organization.objects.update(contact="王", phone="13800001234")
    rows = client.get(LIST, **BEARER).json()["results"]
    assert {row["region"][:6] for row in rows} == {"150422"}
    assert all(set(row) == FIELDS for row in rows)
    assert {(row["contact"], row["phone"], row["parent"]) for row in rows} == {(None, None, None)}


def test_people_see_contacts_below_them_and_phones_masked(client, cast):
    Organization.objects.update(contact="王", phone="13800001234")
    client.force_login(cast.dongshiqiao)
    rows = {row["id"]: row for row in client.get(LIST).json()["results"]}
    own, ally = rows[cast.dongshiqiao_org.pk], rows[cast.fulian_org.pk]
    assert (own["contact"], own["phone"], own["parent"]) == ("王", "138****1234", cast.town_org.code)
    assert (ally["contact"], ally["phone"], ally["parent"]) == (None, None, None)


def test_what_one_may_not_see_answers_like_what_does_not_exist(client, cast):
    client.force_login(cast.nanyang)
    hidden, absent = client.get(f"{LIST}{cast.fulian_org.pk}/"), client.get(f"{LIST}99999/")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.json() == absent.json()


@pytest.mark.parametrize("pk", ["-1", "9223372036854775808", "0", "abc", "1%00", "%F0%9F%98%80", "1e5"])
def test_odd_ids_are_not_found(client, cast, pk):
    client.force_login(cast.chifeng)
    answer = client.get(f"{LIST}{pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("query", [
    "password__startswith=a", "_connector=OR", "parent__name=x", "name__regex=.*", "ordering=phone",
    "ordering=parent__code",
    "cursor=garbage", "cursor=cD0lMDA%3D", "kind=nothing", "q=%00", "page_size=0", "page_size=-1", "page_size=abc",
])  # fmt: skip
def test_a_question_that_nobody_defined_is_422(client, cast, query):
    client.force_login(cast.chifeng)
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 422, answer.content
    assert query.split("=")[0] in answer.json()["errors"]


@pytest.mark.parametrize("moment", ["yesterday", "", "2019-02-29", "2019-01-01T25:00:00Z"])
def test_a_moment_that_cannot_be_read_is_400(client, cast, moment):
    client.force_login(cast.chifeng)
    answer = client.get(f"{LIST}?updated_since={moment}")
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_pages_follow_each_other_without_gap_or_double(client, cast):
    client.force_login(cast.chifeng)
    seen, url = [], f"{LIST}?page_size=2"
    while url:
        page = client.get(url).json()
        assert set(page) == {"next", "previous", "results"}
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert sorted(seen) == sorted(Organization.objects.visible_to(cast.chifeng).values_list("pk", flat=True))
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("size", ["1000", "9223372036854775808"])
def test_no_page_is_longer_than_a_hundred(client, cast, size):
    Region.objects.bulk_create(
        [Region(code=f"99{number:02}", name="x") for number in range(100)] + [Region(code="99", name="x")]
    )
    client.force_login(cast.chifeng)
    assert 0 < len(client.get(f"/api/v1/regions/?page_size={size}").json()["results"]) <= 100


def test_rows_can_be_asked_since_a_moment(client, cast):
    client.force_login(cast.chifeng)
    assert client.get(f"{LIST}?updated_since=2999-01-01").json()["results"] == []
    assert client.get(f"{LIST}?updated_since=2019-01-01T00:00:00Z").json()["results"]


def test_the_children_of_a_region_are_its_next_level(client, cast):
    client.force_login(cast.chifeng)
    rows = client.get("/api/v1/regions/?parent=1504").json()["results"]
    assert [row["code"] for row in rows] == ["150402", "150422"]
    assert client.get("/api/v1/regions/150422/").json() == {
        "code": "150422",
        "name": "巴林左旗",
        "level": "county",
        "successor": None,
        "updated_at": client.get("/api/v1/regions/150422/").json()["updated_at"],
    }


def test_a_single_object_has_a_version(client, cast):
    client.force_login(cast.chifeng)
    address = f"{LIST}{cast.fulian_org.pk}/"
    tag = client.get(address)["ETag"]
    assert client.get(address, HTTP_IF_NONE_MATCH=tag).status_code == 304
    Organization.objects.filter(pk=cast.fulian_org.pk).update(name="新名")
    assert client.get(address, HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_a_write_upon_an_old_version_is_412_and_changes_nothing(client, cast):
    client.force_login(cast.chifeng)
    address = f"/api/v1/alliances/{cast.alliance.pk}/"
    before = client.get(address)
    verb = {"path": f"{address}rectify/", "data": {"reason": "不活"}, "content_type": "application/json"}
    stale = client.post(**verb, HTTP_IF_MATCH='"old"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    assert client.get(address).json() == before.json()
    assert client.post(**verb, HTTP_IF_MATCH=before["ETag"]).status_code in {200, 202}


@pytest.mark.parametrize(("body", "status"), [
    (b"{", 400), (b"\xff\xfe", 400), (b'{"reason": NaN}', 400), (b'{"reason": 1e400000}', 400),
    (b'{"a": 1, "a": 2}', 400),
    (b"[" * 10_000, 400), (b"[]", 422), (b"1", 422), (b"{}", 422), (b'{"reason": "\\u0000"}', 422),
    (b'{"reason": {}}', 422),
    (b'{"reason": "' + b"x" * 3_000_000 + b'"}', 413), (b'{"reason": ' + b"9" * 10_000 + b"}", 400),
])  # fmt: skip
def test_a_body_is_unreadable_or_invalid_but_never_an_error_of_ours(client, cast, body, status):
    client.force_login(cast.chifeng)
    answer = client.post(f"/api/v1/alliances/{cast.alliance.pk}/rectify/", body, "application/json")
    assert answer.status_code == status, answer.content[:300]
    assert set(answer.json()) >= {"type", "title", "status", "detail", "code"}


class Cause(Exception):
    def __init__(self, pgcode):
        self.pgcode = pgcode


def caused(pgcode):
    problem = OperationalError("x")
    problem.__cause__ = Cause(pgcode)
    return problem


@pytest.mark.parametrize(("exc", "status", "code"), [
    (Refused("full", "满"), 409, "full"), (ValidationError("x"), 422, "invalid"), (IntegrityError(), 409, "conflict"),
    (ProtectedError("x", set()), 409, "protected"), (DataError(), 422, "invalid"), (caused("40P01"), 503, "busy"),
    (caused("55P03"), 503, "busy"), (caused("57014"), 503, "busy"), (caused(""), 503, "unavailable"),
])  # fmt: skip
def test_each_cause_has_its_status_and_its_code(exc, status, code):
    answer = problem_handler(exc, {})
    assert (answer.status_code, answer.data["code"]) == (status, code)
    assert ("Retry-After" in answer) == (status == 503)


def test_errors_of_fields_come_by_field():
    answer = problem_handler(ValidationError({"name": ["空"], "code": ["长", "怪"]}), {})
    assert answer.data["errors"] == {"name": ["空"], "code": ["长", "怪"]}


def test_what_nobody_foresaw_is_left_to_the_page_of_errors():
    assert problem_handler(ZeroDivisionError(), {}) is None


def test_a_key_that_asks_too_often_waits(client, cast, monkeypatch):
    client_of("1504", "register:read")
    ApiClient.objects.update(per_minute=2)
    monkeypatch.setattr(throttling.time, "time", lambda: 1_000_000_000)
    answers = [client.get(LIST, **BEARER) for _request in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_limits_hold_for_each_process_while_the_cache_is_away(monkeypatch):
    monkeypatch.setattr(throttling.cache, "incr", lambda *args, **kwargs: 1)
    monkeypatch.setattr(throttling.time, "time", lambda: 1_000_000_000)
    assert [throttling.over("alone", 2) is None for _request in range(3)] == [True, True, False]


def test_a_refused_write_leaves_a_trace_without_its_body(client, cast):
    client.force_login(cast.fulian)
    answer = client.post(f"/api/v1/alliances/{cast.alliance.pk}/rectify/", {"reason": "秘密"}, "application/json")
    assert answer.status_code == 403
    denial = Denial.objects.get()
    assert (denial.user, denial.status, denial.code) == (cast.fulian, 403, "permission_denied")
    assert denial.request_id == answer["X-Request-Id"]
    assert "秘密" not in json.dumps({**denial.__dict__}, default=str, ensure_ascii=False)


def test_an_address_that_nobody_answers_is_a_problem_document_too(client):
    assert client.get("/api/v1/nothing/")["Content-Type"] == "application/problem+json"


def test_a_count_that_is_evicted_between_two_looks_begins_anew(monkeypatch):
    def gone(key):
        raise ValueError(key)

    monkeypatch.setattr("members.throttling.cache.incr", gone)
    monkeypatch.setattr("members.throttling.cache.add", lambda *args: False)
    assert throttling._shared("somebody", 1) == 1
