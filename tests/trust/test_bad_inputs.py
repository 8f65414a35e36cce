"""What nobody should send, sent to every live route: never a 500, always a problem document on REST."""

import json
import re
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client

from config.api import router
from members.idempotency import FIELD
from members.models import ApiClient, User
from tests.matrix.rest import ROUTES
from tests.matrix.rows import PAGES
from tests.matrix.test_pages import address as page_address
from tests.matrix.test_rest import address as rest_address
from tests.matrix.test_rest import routes as rest_routes

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
LONG = "联" * 10_000
ODD_IDS = (
    "-1",
    "0",
    str(2**63),
    "1e400",
    "NaN",
    "%00",
    "1%00",
    "٣",
    "0" * 20 + "1" * 5000,
    quote(LONG[:500]),
    "..",
    "%ff",
)
ODD_TEXTS = (
    "a\x00b", LONG[:3000], "\u202e\u200b", "a\r\nX: y", "1e400", "-1", str(2**63), "0001-01-01", "9999-12-31", "2019-02-29",  # noqa: E501
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1504\x00", "cD0y",
)  # fmt: skip
TRICKS = (
    "_connector=OR", "_negated=1", "title__regex=.*", "password__startswith=a", "asked_by__roles__user__password=x",
    "ordering=asked_by__phone", "ordering=-password", "ordering=lead__contact", "fields=phone", "include=phone", "pk__in=1",  # noqa: E501
)  # fmt: skip
OF_EVERY_LIST = {"cursor", "page_size", "ordering", "updated_since"}
"""Parameters that one paginator and one filter read for all lists; a few lists are asked."""
OF_ANY_ROUTE = 40
"""Every so many routes one is asked what is read before a view is reached: bodies that cannot be parsed, large ones."""
NOTHING_BROKE = range(200, 500)


def undone(browser, method, url, body=b"", kind="application/json", **headers):
    with transaction.atomic():
        answer = browser.generic(method, url, body, kind, **headers)
        transaction.set_rollback(True)
    return answer


def sound(answer, rest):
    """Whether the answer is one that we foresaw."""
    if answer.status_code not in NOTHING_BROKE:
        return False
    return not rest or answer.status_code < 400 or answer["Content-Type"] == "application/problem+json"


LISTS = sorted(name for (name, method), row in ROUTES.items() if method == "GET" and row.thing is None)
SHOWN = sorted(name for name, row in PAGES.items() if "GET" in row.methods and row.thing is None and name != "healthz")


def odd_questions(ask, text, read, judged, hearing):
    """(parameters, answer): the odd text in all of the parameters that are read.

    What a form judges it judges field by field: all of these are asked at once, then again without those that were
    refused, until what is left goes through together. What a view reads by itself is asked one by one.
    """
    together = read & judged
    while together:
        hearing.anew()
        answer = ask("&".join(f"{name}={quote(text)}" for name in sorted(together)))
        yield sorted(together), answer
        refused = together & (hearing.refused | said_to_be_wrong(answer))
        together = together - refused if refused else set()
    for name in sorted(read - judged):
        yield name, ask(f"{name}={quote(text)}")


def said_to_be_wrong(answer):
    """The parameters that a problem document names."""
    return set(answer.json().get("errors", ())) if answer.get("Content-Type") == "application/problem+json" else set()


@pytest.mark.parametrize("name", LISTS)
def test_odd_questions_to_rest(name, world, enter, hearing):
    """What every list reads in the same way is asked of a few lists. That the filters' form refuses is seen once: of
    other texts the form is asked by itself, and the list is asked what it lets pass."""
    browser, url = enter("chifeng"), rest_address(name, 1)
    view = next(entry.callback.cls for entry in router.urls if entry.name == name)
    undone(browser, "GET", url)
    filters = getattr(view, "filterset_class", None)
    names = set(getattr(filters, "base_filters", ()))
    read = hearing.names | names
    read -= {"format"} if name in LISTS[::20] else OF_EVERY_LIST | {"format"}
    wrong = []
    for text in ODD_TEXTS:
        refused = set(filters(dict.fromkeys(names, text)).errors) if filters and text != ODD_TEXTS[0] else set()
        for parameters, answer in odd_questions(
            lambda question: undone(browser, "GET", f"{url}?{question}"), text, read - refused, names, hearing
        ):
            if not sound(answer, rest=True):
                wrong.append((parameters, text[:30], answer.status_code, answer["Content-Type"]))
    assert not wrong


READ_BY_NAME = {"figure-list", "statistics-list", "statistics-rows", "reviewrun-rehearsal"}
"""Not lists of a model: they read the parameters that they name, and nothing else reaches a column."""


@pytest.mark.parametrize("name", LISTS)
def test_no_filter_or_order_that_nobody_defined(name, world, enter):
    if name in READ_BY_NAME:
        return
    browser = enter("chifeng")
    orders = [trick for trick in TRICKS if trick.startswith("ordering=")]
    for tricks in ("&".join(sorted({*TRICKS} - {*orders})), *orders):
        answer = undone(browser, "GET", f"{rest_address(name, 1)}?{tricks}")
        assert answer.status_code == 422, (tricks, answer.content)
        assert {trick.partition("=")[0] for trick in tricks.split("&")} <= set(answer.json()["errors"])


@pytest.mark.parametrize("name", SHOWN)
def test_odd_questions_to_pages(name, world, enter, hearing):
    browser, url = enter("chifeng"), page_address(name, PAGES[name], world)
    undone(browser, "GET", url)
    read, judged = set(hearing.names), hearing.judged
    read -= set() if name in SHOWN[::20] else OF_EVERY_LIST
    wrong = [
        (parameters, text[:30], answer.status_code)
        for text in ("1504\x00", "9999-12-31")
        for parameters, answer in odd_questions(
            lambda question: undone(browser, "GET", f"{url}?{question}"), text, read, judged, hearing
        )
        if not sound(answer, rest=False)
    ]
    assert not wrong


def test_no_trick_changes_what_a_page_shows(world, enter):
    browser, url = enter("chifeng"), page_address("accounts:list", PAGES["accounts:list"], world)
    plain = len(undone(browser, "GET", url).content)
    for trick in TRICKS:
        answer = undone(browser, "GET", f"{url}?{trick}")
        assert sound(answer, rest=False)
        assert abs(len(answer.content) - plain) < 2000, f"{trick} changes what is shown"


@pytest.mark.parametrize("name", sorted(name for name, path in rest_routes().items() if "(?P" in path))
def test_odd_ids_in_paths_are_404(name, world, enter):
    """All where a thing is read; its other routes, which fetch it in the same way, are sent what no column holds."""
    browser = enter("chifeng")
    for method in ("GET", "POST"):
        if (name, method) not in ROUTES:
            continue
        for odd in ODD_IDS if name.endswith("-detail") else (str(2**63), "%00"):
            answer = undone(browser, method, rest_address(name, odd), b"{}" if method == "POST" else b"")
            known = {404, 405}
            known |= {429} if name == "robot-test" else set()  # a few tests a minute, whatever they name
            assert answer.status_code in known, (odd[:30], method, answer.status_code)


@pytest.mark.parametrize("name", sorted(name for name, row in PAGES.items() if row.thing))
def test_odd_ids_of_pages_are_404(name, world, enter):
    """Numbers reach a view; all else is sent away by the converter, which the pages have in common."""
    browser = enter("chifeng")
    path = page_address(name, PAGES[name], world, pk=987654321)
    for odd in ODD_IDS if name.endswith(":detail") else (str(2**63),):
        answer = undone(browser, "GET", path.replace("987654321", odd))
        assert answer.status_code in {404, 405}, (odd[:30], answer.status_code)


NO_OBJECTS = (("no object", []), ("null", None))
UNREADABLE = {
    "a number": b"1e400",
    "a twice named": b'{"reason": "a", "reason": "b"}',
    "deep": b"[" * 10_000 + b"]" * 10_000,
    "deep objects": b'{"reason":' * 10_000 + b"1" + b"}" * 10_000,
    "infinite": b'{"score": Infinity, "capacity": NaN}',
    "too many digits": b'{"organization": ' + b"9" * 5000 + b"}",
    "no utf-8": b'{"reason": "\xff\xfe"}',
    "large": b'{"reason": "' + b"x" * 3_000_000 + b'"}',
}
KINDS = ("text/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded")
POSTS = sorted(name for name, method in ROUTES if method == "POST")
FORMS = sorted(name for name, row in PAGES.items() if "POST" in row.methods)


def parsers_of(name):
    """What reads the bodies of a route."""
    entry = next(entry for entry in router.urls if entry.name == name)
    return tuple(entry.callback.initkwargs.get("parser_classes") or entry.callback.cls.parser_classes)


PARSED_ALIKE = {parsers_of(name): name for name in POSTS}
ODD_VALUES = (
    -1, 0, 2**63, 10**400, True, None, [], {}, [[1]], {"id": 1}, [2**63], "x" * 10_001, "a\x00b", "\ud800", "1e400", "0001-01-01",  # noqa: E501
    "9999-12-31", "2019-02-29", "a\r\nb", "\u202e", "0" * 20 + "1" * 5000, [1] * 2000,
)  # fmt: skip


PLAIN = {repr(value) for value in ODD_VALUES if re.fullmatch(r"[\w-]{1,500}", str(value), re.ASCII)}
"""Where a text is wanted they are one like the other."""


@pytest.mark.parametrize("name", POSTS)
def test_odd_bodies_to_rest(name, world, enter, hearing, spent):
    """Every field that the route's shape has is sent every odd value; a verb without words is sent one.

    What the shape refuses goes no further, so the shape alone is asked, and what it lets pass goes all the way to the
    verb. Of verbs that take the same shape (a reason, a remark) the first is sent all plain words, the others one.
    """
    row, wrong = ROUTES[name, "POST"], []
    url = rest_address(name, world.things[row.thing] if row.thing else 1)
    for person in sorted(row.can)[:1]:
        browser = enter(person)
        asked = [("nothing", undone(browser, "POST", url))]
        fields, ears = sorted(hearing.judged), hearing.ears
        bodies = [(repr(value), dict.fromkeys(fields or ["reason"], value)) for value in ODD_VALUES]
        going = bodies[:1]
        if fields:
            going += [(said, body) for said, body in (*bodies[1:], *NO_OBJECTS) if not hearing.refusal(body)]
        if ears <= spent:
            going = [(said, body) for said, body in going if said not in PLAIN or said == bodies[0][0]]
        asked += [(said[:30], undone(browser, "POST", url, json.dumps(body).encode())) for said, body in going]
        wrong += [
            (person, said, answer.status_code, answer["Content-Type"])
            for said, answer in asked
            if not sound(answer, rest=True)
        ]
        spent |= ears
    assert not wrong


@pytest.mark.parametrize("name", sorted({*PARSED_ALIKE.values(), *POSTS[::OF_ANY_ROUTE]}))
def test_what_no_parser_reads(name, world, enter):
    """Of every set of parsers that the house has one route at least, and some more."""
    row = ROUTES[name, "POST"]
    url, browser = rest_address(name, world.things[row.thing] if row.thing else 1), enter("chifeng")
    wrong = [said for said, body in UNREADABLE.items() if not sound(undone(browser, "POST", url, body), rest=True)]
    wrong += [kind for kind in KINDS if not sound(undone(browser, "POST", url, b"<a/>", kind), rest=True)]
    assert not wrong


@pytest.mark.parametrize("name", FORMS[::OF_ANY_ROUTE])
def test_a_form_too_large_is_refused(name, world, enter):
    body = b"reason=" + b"x" * 3_000_000
    answer = undone(enter("chifeng"), "POST", page_address(name, PAGES[name], world), body, FORM)
    assert answer.status_code in {400, 302, 403, 404, 409, 413, 429}


ODD_WORDS = tuple((value[:20], value) for value in ("a\x00b", "x" * 10_001, str(2**63), "9999-12-31"))
OF_EVERY_FORM = {FIELD, "csrfmiddlewaretoken"}


def news(odd, hearing, spent):
    """What is odd and not yet known to be refused by those who listened to an empty body; something in any case."""
    listening = hearing.ears
    for said, value in odd:
        if said == odd[0][0] or {(ears, said) for ears in listening} - spent:
            hearing.anew()
            yield said, value
            spent |= {(ears, said) for ears in hearing.deaf}


@pytest.mark.parametrize("name", FORMS)
def test_odd_forms_to_pages(name, world, enter, hearing, spent):
    """Every field of the route's forms is sent every odd value; what the view reads besides, with them and after them:
    the name of a button may lead away from the form."""
    row, wrong = PAGES[name], []
    url = page_address(name, row, world)
    for person in sorted(row.can)[:1] or ["chifeng"]:
        browser = enter(person)
        asked = [("nothing", undone(browser, "POST", url, b"", FORM))]
        fields, besides = hearing.judged, hearing.names - OF_EVERY_FORM
        asked += [
            (said, undone(browser, "POST", url, form_of(fields or besides or {"reason"}, value), FORM))
            for said, value in news(ODD_WORDS if fields or besides else ODD_WORDS[:1], hearing, spent)
        ]
        if fields and not besides <= fields:
            asked += [
                (said, undone(browser, "POST", url, form_of(fields | besides, value), FORM))
                for said, value in ODD_WORDS
            ]
        wrong += [(person, said, answer.status_code) for said, answer in asked if not sound(answer, rest=False)]
    assert not wrong


def form_of(names, value):
    return "&".join(f"{name}={quote(value)}" for name in sorted(names)).encode()


@pytest.mark.parametrize(
    "target", ["//evil.example", "javascript:alert(1)", "https://evil.example/", "/\\evil.example", "\r\nX: y"]
)
@pytest.mark.parametrize("name", ["accounts:login", "accounts:elder", "accounts:switch"])
def test_nothing_leads_elsewhere(name, target, world, enter):
    browser = enter("lindong") if name != "accounts:login" else Client()
    role = User.objects.get(username="lindong").roles.first().pk
    url = page_address(name, PAGES[name], world)
    answer = undone(
        browser, "POST", f"{url}?next={quote(target)}", f"next={quote(target)}&role={role}&elder=1".encode(),
        FORM,
    )  # fmt: skip
    where = answer.headers.get("Location", "/")
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))
    assert "X" not in answer.headers


def test_a_key_of_odd_shape_is_401(world):
    assert ApiClient.objects.exists()
    for key in ("", "x" * 10_000, "a\x00b", "é", "' OR 1=1"):
        answer = Client(raise_request_exception=False).get(
            "/api/v1/regions/", headers={"Authorization": f"Bearer {key}"}
        )
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
