"""Reading changes nothing, writing needs a token and leaves a trace, and every page tells browsers how to treat it."""

import json
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client

from members.models import Denial, Step
from tests.matrix.rest import ROUTES
from tests.matrix.rows import PAGES
from tests.matrix.test_pages import address as page_address
from tests.matrix.test_rest import address as rest_address
from tests.trust.test_bad_inputs import FORM, undone

pytestmark = pytest.mark.django_db

OF_THE_LOG_IN = ("members_session", "axes_")


def told(select, tables):
    """Table -> what ``select`` tells of it, in one statement for all of them."""
    quote = connection.ops.quote_name
    parts = [f"SELECT '{table}', {select} FROM {quote(table)} t" for table in tables]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def tables():
    """All tables, without the log-in's own bookkeeping."""
    return [name for name in connection.introspection.table_names() if not name.startswith(OF_THE_LOG_IN)]


def digest(names=None):
    """Table -> a fingerprint of what lies in it."""
    return told("md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))", names or tables())


def touched():
    """Table -> how many rows this transaction has written so far, undone ones among them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return {name: count for name, count in cursor.fetchall() if not name.startswith(OF_THE_LOG_IN)}


@pytest.fixture(scope="module")
def still(sessions, django_db_blocker):
    """The world before anybody did anything: each test undoes what it did, so it is always the same."""
    with django_db_blocker.unblock():
        return digest()


READERS = ("chifeng", "dongshiqiao", "fulian", "lindong", "secadmin", "auditor", "member")


def readable(world, person="chifeng"):
    """The address of every page and every REST route that answers to GET and that the person reads for all: each is
    read by two of those who may, and by the department where nobody of them may."""

    def reads(row):
        return person in ([name for name in READERS if name in row.can][:2] or READERS[:1])

    pages = [page_address(name, row, world) for name, row in PAGES.items() if "GET" in row.methods and reads(row)]
    rest = [
        rest_address(name, world.things[row.thing] if row.thing else 1)
        for (name, method), row in ROUTES.items()
        if method == "GET" and reads(row)
    ]
    return [url for url in pages if url != "/healthz"] + rest


def test_reading_everything_changes_no_row_and_every_page_tells_browsers_how_to_treat_it(world, enter, still):
    for person in READERS:
        browser = enter(person)
        for url in readable(world, person):
            answer = browser.get(url)
            assert answer.status_code < 500, url
            tells_how_to_treat_it(answer, url)
    changed = {table for table, now in digest().items() if now != still[table]}
    assert not changed


def tells_how_to_treat_it(answer, url):
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


@pytest.mark.parametrize("name", sorted(name for name, row in PAGES.items() if "POST" in row.methods))
def test_no_page_writes_without_a_token(name, world, enter):
    forger = enter("chifeng", enforce_csrf_checks=True)
    assert undone(forger, "POST", page_address(name, PAGES[name], world), b"reason=x", FORM).status_code == 403


@pytest.mark.parametrize("name", sorted(name for name, method in ROUTES if method == "POST"))
def test_no_route_of_rest_writes_without_a_token_in_a_session(name, world, enter):
    forger, row = enter("chifeng", enforce_csrf_checks=True), ROUTES[name, "POST"]
    url = rest_address(name, world.things[row.thing] if row.thing else 1)
    assert undone(forger, "POST", url, b"{}").status_code == 403


TRACES = {model._meta.db_table for model in (Step, Denial)}


@pytest.fixture(scope="module")
def traces(still, django_db_blocker):
    """``traces(touched)``: how many traces were left in the tables that were touched: steps, denials, events."""

    def counted(names):
        return told("count(*)", names) if names else {}

    def of(names):
        return {name for name in names if name.endswith("event") or name in TRACES}

    with django_db_blocker.unblock():
        before = counted(of(tables()))
    return lambda names: sum(count - before[name] for name, count in counted(of(names)).items())


@contextmanager
def watched():
    """What the block does is undone; before that, the function that it is given names the tables that were written."""
    with transaction.atomic():
        before = touched()
        yield lambda: [table for table, count in touched().items() if count != before.get(table, 0)]
        transaction.set_rollback(True)


OWN_FILING = {"notice-put-away", "notice-bring-back"}
"""One's own messages put away: a trace of who did so when would be a read receipt, which the law forbids to keep."""

QUESTIONS = {"review-rule-try"}
"""A question with a body: nothing is written, so nothing is to be traced."""


@pytest.mark.parametrize("name", sorted({name for name, method in ROUTES if method == "POST"} - OWN_FILING - QUESTIONS))
def test_who_may_and_who_may_not_both_leave_a_trace(name, world, enter, traces):
    """Of every verb: the deed a Step, the refusal a Denial, in the same transaction."""
    row = ROUTES[name, "POST"]
    url = rest_address(name, world.things[row.thing] if row.thing else 1)
    for person in (*sorted(row.can)[:1], "nanyang", "auditor"):
        body = json.dumps(row.body(world, person))
        browser = enter(person)
        with watched() as written:
            answer = browser.post(url, body, "application/json")
            assert answer.status_code in {200, 201, 202, 204, 403, 404, 409}, answer.content
            assert traces(written()) > 0, (person, answer.status_code)


@pytest.mark.parametrize("name", sorted(name for name, row in PAGES.items() if "POST" in row.methods))
def test_a_page_that_changes_a_row_leaves_a_trace(name, world, enter, still, traces):
    row = PAGES[name]
    for person in (*sorted(row.can)[:1], "nanyang"):
        browser = enter(person)
        with watched() as written:
            words = "&".join(
                f"{field}=x" for field in ("reason", "text", "outcome", "answer", "name", "title", "code", "contact")
            )
            answer = browser.post(page_address(name, row, world), words, FORM)
            found = written()
            changed = {table for table, now in digest(found).items() if now != still[table]} if found else set()
            if changed or answer.status_code in {403, 404, 409}:
                assert traces(found) > 0, (person, changed)


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
