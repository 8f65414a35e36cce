"""Reading changes nothing, writing needs a token and leaves a trace, and every page tells browsers how to treat it."""

import json

import pytest
from django.db import connection, transaction
from django.test import Client

from members.models import Denial, Step
from tests.matrix.rest import ROUTES
from tests.matrix.rows import PAGES
from tests.matrix.test_pages import address as page_address
from tests.matrix.test_rest import address as rest_address
from tests.trust.test_bad_inputs import undone

pytestmark = pytest.mark.django_db

OF_THE_LOG_IN = ("members_session", "axes_")
FORM = "application/x-www-form-urlencoded"


def digest():
    """Table -> what lies in it, without the log-in's own bookkeeping."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if not name.startswith(OF_THE_LOG_IN)]
        found = {}
        for table in sorted(tables):
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {name} t"  # noqa: S608
            )
            found[table] = cursor.fetchone()
    return found


def readable(world):
    """The address of every page and every REST route that answers to GET."""
    pages = [page_address(name, row, world) for name, row in PAGES.items() if "GET" in row.methods]
    rest = [
        rest_address(name, world.things[row.thing] if row.thing else 1)
        for (name, method), row in ROUTES.items()
        if method == "GET"
    ]
    return [url for url in pages if url != "/healthz"] + rest


@pytest.mark.parametrize("person", ["chifeng", "lindong", "dongshiqiao", "fulian", "secadmin", "auditor", "member"])
def test_reading_everything_changes_no_row(person, world, enter):
    browser, before = enter(person), digest()
    for url in readable(world):
        assert browser.get(url).status_code < 500, url
    changed = {table for table, now in digest().items() if now != before[table]}
    assert not changed


@pytest.mark.parametrize("name", sorted(name for name, row in PAGES.items() if "POST" in row.methods))
def test_no_page_writes_without_a_token(name, world):
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(world.cast.chifeng)
    assert undone(forger, "POST", page_address(name, PAGES[name], world), b"reason=x", FORM).status_code == 403


@pytest.mark.parametrize("name", sorted(name for name, method in ROUTES if method == "POST"))
def test_no_route_of_rest_writes_without_a_token_in_a_session(name, world):
    forger, row = Client(enforce_csrf_checks=True), ROUTES[name, "POST"]
    forger.force_login(world.cast.chifeng)
    url = rest_address(name, world.things[row.thing] if row.thing else 1)
    assert undone(forger, "POST", url, b"{}").status_code == 403


def traces():
    with connection.cursor() as cursor:
        events = [t for t in connection.introspection.table_names(cursor) if t.endswith("event")]
        total = 0
        for table in events:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            total += cursor.fetchone()[0]
    return Step.objects.count() + Denial.objects.count() + total


OWN_FILING = {"notice-put-away", "notice-bring-back"}
"""One's own messages put away: a trace of who did so when would be a read receipt, which the law forbids to keep."""


@pytest.mark.parametrize("name", sorted({name for name, method in ROUTES if method == "POST"} - OWN_FILING))
def test_who_may_and_who_may_not_both_leave_a_trace(name, world, enter):
    """Of every verb: the deed a Step, the refusal a Denial, in the same transaction."""
    row = ROUTES[name, "POST"]
    url = rest_address(name, world.things[row.thing] if row.thing else 1)
    for person in (*sorted(row.can)[:1], "nanyang", "auditor"):
        body = json.dumps(row.body(world, person))
        browser = enter(person)
        with transaction.atomic():
            before = traces()
            answer = browser.post(url, body, "application/json")
            assert answer.status_code in {200, 201, 202, 204, 403, 404, 409}, answer.content
            assert traces() > before, (person, answer.status_code)
            transaction.set_rollback(True)


@pytest.mark.parametrize("name", sorted(name for name, row in PAGES.items() if "POST" in row.methods))
def test_a_page_that_changes_a_row_leaves_a_trace(name, world, enter):
    row = PAGES[name]
    for person in (*sorted(row.can)[:1], "nanyang"):
        browser = enter(person)
        with transaction.atomic():
            before, seen = digest(), traces()
            words = "&".join(
                f"{field}=x" for field in ("reason", "text", "outcome", "answer", "name", "title", "code", "contact")
            )
            answer = browser.post(page_address(name, row, world), words, FORM)
            changed = {table for table, now in digest().items() if now != before[table]}
            if changed or answer.status_code in {403, 404, 409}:
                assert traces() > seen, (person, changed)
            transaction.set_rollback(True)


def test_no_secret_lies_in_any_trace(world, enter):
    secret = "Qinghe-7831-Luyuan"
    with transaction.atomic():
        browser = Client(raise_request_exception=False)
        browser.post("/login/", {"username": "fulian", "password": secret})
        browser.post("/activate/", {"username": "fulian", "code": secret, "password": secret, "again": secret})
        enter("fulian").post("/settings/password/", {"present": secret, "password": secret, "again": secret})
        Client().get("/api/v1/regions/", headers={"Authorization": f"Bearer {secret}"})
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                name = connection.ops.quote_name(table)
                cursor.execute(f"SELECT count(*) FROM {name} t WHERE t::text LIKE %s", [f"%{secret}%"])  # noqa: S608
                assert cursor.fetchone()[0] == 0, table
        transaction.set_rollback(True)


def test_every_page_tells_browsers_how_to_treat_it(world, enter):
    browser = enter("chifeng")
    for url in readable(world):
        answer = browser.get(url)
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy, url
        assert "frame-ancestors 'none'" in policy
        assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
        assert "public" not in answer.headers.get("Cache-Control", "")
        if url.startswith("/api/") is False and answer.status_code == 200:
            assert "no-store" in answer["Cache-Control"], url
            text = answer.getvalue().decode(errors="replace")
            assert " style=" not in text
            assert "<script>" not in text
            assert " onclick=" not in text
