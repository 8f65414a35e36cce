"""What every route promises alike, asked of all of them: versions, moments, orders, repeated requests, what is left.

Each is asked as somebody who may; whatever it changed is undone.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import ModelSerializer

from config.api import router
from members import kept
from members.pagination import moved_at, orderings
from members.shapes import Shape
from tests.matrix.rest import ROUTES
from tests.matrix.test_rest import address, routes

pytestmark = pytest.mark.django_db

VIEWS = {entry.name: entry.callback.cls for entry in router.urls}
BASES = [base for _prefix, _view, base in router.registry]
PAGED = [n for n, m in ROUTES if m == "GET" and n.endswith("-list") and n not in {"figure-list", "statistics-list"}]
SINGLE = [n for n, m in ROUTES if m == "GET" and n.endswith("-detail") and n != "notice-detail"]
DEEDS = [n for n, m in ROUTES if m == "POST"]
ON_ONE = [n for n in DEEDS if "pk" in routes()[n] or "code" in routes()[n]]


def ask(browser, method, url, body=None, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    content = b"" if body is None else json.dumps(body)
    return browser.generic(method, url, content, "application/json", headers=names)


def url_of(name, row, world):
    return address(name, world.things[row.thing] if row.thing else 1)


def told(wrong):
    assert not wrong, "\n".join(wrong)


HANGING = {"taken", "size"}
"""What is shown with an object and counted at the moment of the answer: who holds a place (docs/rest.md)."""


@dataclass(frozen=True)
class Route:
    """A route, somebody who may ask it, its address for the world's thing, and that thing's own address."""

    name: str
    who: str
    browser: Client
    url: str
    body: dict
    single: str | None


@pytest.fixture
def each(everything, caller):
    """``each(names, method)`` gives the routes, and undoes what was done with each."""

    def through(names, method):
        for name in sorted(names):
            row = ROUTES[name, method]
            who, browser = caller(row)
            noun = max((base for base in BASES if name.startswith(f"{base}-")), key=len)
            seen = (f"{noun}-detail", "GET") in ROUTES
            single = url_of(f"{noun}-detail", row, everything) if seen and row.thing else None
            body = row.body(everything, who)
            with transaction.atomic():
                yield Route(name, who, browser, url_of(name, row, everything), body, single)
                transaction.set_rollback(True)

    return through


def test_every_list_gives_what_has_changed_since_a_moment_that_moment_included(each):
    wrong = []
    for one in each(PAGED, "GET"):
        if moved_at(VIEWS[one.name]) is None:  # reckoned, not stored
            if ask(one.browser, "GET", f"{one.url}?updated_since=2019-01-01").status_code != 422:
                wrong.append(f"{one.name}: takes a moment")
            continue
        odd = ask(one.browser, "GET", f"{one.url}?updated_since=once")
        if (odd.status_code, odd.json()["code"]) != (400, "unreadable"):
            wrong.append(f"{one.name}: {odd.status_code} for an unreadable moment")
        rows = ask(one.browser, "GET", f"{one.url}?page_size=100").json()["results"]
        moments = sorted(datetime.fromisoformat(row["updated_at"]) for row in rows if row["updated_at"])
        if not moments:
            continue
        since = quote(moments[-1].isoformat())
        newest = ask(one.browser, "GET", f"{one.url}?page_size=100&updated_since={since}").json()
        due = [row for row in rows if row["updated_at"] and datetime.fromisoformat(row["updated_at"]) >= moments[-1]]
        if newest["results"] != due:
            wrong.append(f"{one.name}: {len(newest['results'])} rows since the newest moment, not {len(due)}")
    told(wrong)


def test_every_list_is_put_into_the_orders_of_its_white_list_and_no_other(each):
    wrong = []
    for one in each(PAGED, "GET"):
        for order in (*orderings(VIEWS[one.name]), f"-{orderings(VIEWS[one.name])[-1]}"):
            answer = ask(one.browser, "GET", f"{one.url}?ordering={order}")
            if answer.status_code != 200 or set(answer.json()) != {"next", "previous", "results"}:
                wrong.append(f"{one.name}: {answer.status_code} by {order}")
        if ask(one.browser, "GET", f"{one.url}?ordering=password").status_code != 422:
            wrong.append(f"{one.name}: by a column that nobody named")
    told(wrong)


def test_every_row_is_written_to_the_byte_as_rest_framework_would_write_it(each, monkeypatch):
    """Also where a method of the shape, or a shape inside it, asks who is asking."""
    wrong, seen, quick = [], set(), Shape.to_representation

    def both(shape, thing):
        written, usual = quick(shape, thing), ModelSerializer.to_representation(shape, thing)
        seen.add(type(shape))
        if JSONRenderer().render(written) != JSONRenderer().render(usual):
            wrong.append(f"{type(shape).__name__}: {written} for {usual}")
        return written

    monkeypatch.setattr(Shape, "to_representation", both)
    for one in each([*PAGED, *SINGLE], "GET"):
        ask(one.browser, "GET", one.url)
    told(wrong)
    assert len(seen) > 50


def test_every_answer_is_written_as_the_renderer_of_rest_framework_writes_it(each):
    wrong = []
    for one in each([*PAGED, *SINGLE], "GET"):
        answer = ask(one.browser, "GET", one.url)
        if answer.content != JSONRenderer().render(answer.data):
            wrong.append(f"{one.name}: {answer.content!r}")
    told(wrong)


def test_every_list_that_is_asked_again_answers_the_same(each):
    wrong = []
    for one in each(PAGED, "GET"):
        first, again = (ask(one.browser, "GET", one.url).content for _time in range(2))
        if first != again:
            wrong.append(f"{one.name}: {first!r}, then {again!r}")
    told(wrong)
    assert len(kept._kept) > 40


def test_every_single_object_has_a_version_and_says_when_it_is_still_the_same(each):
    wrong = []
    for one in each([*SINGLE, "figure-list", "statistics-list"], "GET"):
        first = ask(one.browser, "GET", one.url)
        again = ask(one.browser, "GET", one.url, If_None_Match=first.get("ETag", ""))
        if (first.status_code, again.status_code, again.content) != (200, 304, b""):
            wrong.append(f"{one.name}: {first.status_code}, {again.status_code}")
    told(wrong)


def test_every_deed_on_an_object_is_refused_upon_an_old_version_and_done_upon_the_present_one(each):
    """412, with whatever body; and not with the version that the object's own address gives."""
    wrong = []
    for one in each(ON_ONE, "POST"):
        stale = ask(one.browser, "POST", one.url, one.body, If_Match='"old"')
        if (stale.status_code, stale.json().get("code")) != (412, "stale"):
            wrong.append(f"{one.name}: {stale.status_code} upon an old version")
        tag = one.single and ask(one.browser, "GET", one.single).get("ETag")
        if tag and ask(one.browser, "POST", one.url, one.body, If_Match=tag).status_code == 412:
            wrong.append(f"{one.name}: 412 upon the present version")
    told(wrong)


def test_every_deed_is_done_once_under_one_key(each):
    """The same again gets the same answer; other words under the key 422; a key beyond 255 characters 400."""
    wrong = []
    for one in each(DEEDS, "POST"):
        first, second = (ask(one.browser, "POST", one.url, one.body, Idempotency_Key="once") for _time in range(2))
        same = (first.status_code, first.content) == (second.status_code, second.content)
        if not same and not {"secret", "key"} & {*first.json()}:
            wrong.append(f"{one.name}: {first.status_code}, then {second.status_code} {second.content[:200]!r}")
        other = ask(one.browser, "POST", one.url, one.body | {"another": 1}, Idempotency_Key="once")
        if (other.status_code, other.json()["code"]) != (422, "idempotency_key_reused"):
            wrong.append(f"{one.name}: {other.status_code} for other words")
        long = ask(one.browser, "POST", one.url, one.body, Idempotency_Key="k" * 256)
        if (long.status_code, long.json()["code"]) != (400, "idempotency_key_length"):
            wrong.append(f"{one.name}: {long.status_code} for a long key")
    told(wrong)


def test_a_deed_that_changes_what_an_object_says_moves_the_moment_of_its_last_change(each):
    """Else a program that asks ``updated_since`` would never hear of it."""
    wrong = []
    for one in each(ON_ONE, "POST"):
        before = one.single and ask(one.browser, "GET", one.single).json()
        if not before or "updated_at" not in before or ask(one.browser, "POST", one.url, one.body).status_code >= 300:
            continue
        after = ask(one.browser, "GET", one.single)
        if after.status_code != 200 or after.json() == before:
            continue
        if after.json()["updated_at"] == before["updated_at"]:
            changed = [name for name, value in after.json().items() if value != before.get(name)]
            if set(changed) <= HANGING:
                continue
            wrong.append(f"{one.name}: {', '.join(changed)}")
    told(wrong)


def test_every_answer_to_who_is_known_says_how_many_requests_are_left(each):
    for one in each([*PAGED, *SINGLE, "figure-list", "statistics-list"], "GET"):
        answer = ask(one.browser, "GET", one.url)
        assert {"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"} <= {*answer.headers}, one.name


def test_no_address_answers_a_method_that_nobody_gave_it(each):
    """Also where a verb is called like one: to put a charter before the members is no PUT."""
    wrong = []
    for one in each([*PAGED, *SINGLE], "GET"):
        for method in ("PUT", "PATCH"):
            answer = ask(one.browser, method, one.url, {})
            if (answer.status_code, answer["Content-Type"]) != (405, "application/problem+json"):
                wrong.append(f"{one.name}: {answer.status_code} to {method}")
    told(wrong)
