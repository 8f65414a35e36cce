"""What nobody should send, sent to every live route: never a 500, always a problem document on REST."""

import json
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client

from config.api import router
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
"""Parameters that one paginator and one filter read for all lists; three lists are asked."""
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


@pytest.fixture
def overheard(monkeypatch):
    """The names of the parameters that the house has looked for in an address so far."""
    asked = set()

    class Overheard(QueryDict):
        def __getitem__(self, name):
            asked.add(name)
            return super().__getitem__(name)

        def __contains__(self, name):
            asked.add(name)
            return super().__contains__(name)

        def getlist(self, name, default=None):
            asked.add(name)
            return super().getlist(name, default)

    monkeypatch.setattr("django.core.handlers.wsgi.QueryDict", Overheard)
    return asked


def odd_questions(browser, url, texts, known):
    """(parameter, text, answer): each odd text in each of the known parameters.

    Of a form that judges all that it is given, all of them are asked at once; one by one those that it does not refuse.
    """
    for text in texts:
        answer = undone(browser, "GET", f"{url}?{'&'.join(f'{name}={quote(text)}' for name in known)}")
        yield "all", text, answer
        refused = answer.json()["errors"] if answer.status_code == 422 and url.startswith("/api/") else ()
        for name in sorted(known - set(refused)):
            yield name, text, undone(browser, "GET", f"{url}?{name}={quote(text)}")


@pytest.mark.parametrize("name", LISTS)
def test_odd_questions_to_rest(name, world, enter, overheard):
    """What every list reads in the same way is asked of a few lists."""
    browser, url = enter("chifeng"), rest_address(name, 1)
    view = next(entry.callback.cls for entry in router.urls if entry.name == name)
    undone(browser, "GET", url)
    known = overheard | set(getattr(getattr(view, "filterset_class", None), "base_filters", ()))
    known -= {"format"} if name in LISTS[::20] else OF_EVERY_LIST | {"format"}
    wrong = [
        (parameter, text[:30], answer.status_code, answer["Content-Type"])
        for parameter, text, answer in odd_questions(browser, url, ODD_TEXTS, known)
        if not sound(answer, rest=True)
    ]
    assert not wrong


READ_BY_NAME = {"figure-list", "statistics-list", "statistics-rows", "reviewrun-rehearsal"}
"""Not lists of a model: they read the parameters that they name, and nothing else reaches a column."""


@pytest.mark.parametrize("name", LISTS)
def test_no_filter_or_order_that_nobody_defined(name, world, enter):
    if name in READ_BY_NAME:
        return
    browser = enter("chifeng")
    for trick in TRICKS:
        answer = undone(browser, "GET", f"{rest_address(name, 1)}?{trick}")
        assert answer.status_code == 422, (trick, answer.content)


@pytest.mark.parametrize("name", SHOWN)
def test_odd_questions_to_pages(name, world, enter, overheard):
    browser, url = enter("chifeng"), page_address(name, PAGES[name], world)
    undone(browser, "GET", url)
    wrong = [
        (parameter, text[:30], answer.status_code)
        for parameter, text, answer in odd_questions(browser, url, ("1504\x00", "9999-12-31"), overheard.copy())
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
    """All where a thing is read; its other routes, which fetch it in the same way, are sent those that nearly parse."""
    browser = enter("chifeng")
    for method in ("GET", "POST"):
        if (name, method) not in ROUTES:
            continue
        for odd in ODD_IDS if name.endswith("-detail") else ("-1", str(2**63), "%00", "٣"):
            answer = undone(browser, method, rest_address(name, odd), b"{}" if method == "POST" else b"")
            known = {404, 405}
            known |= {429} if name == "robot-test" else set()  # a few tests a minute, whatever they name
            assert answer.status_code in known, (odd[:30], method, answer.status_code)


@pytest.mark.parametrize("name", sorted(name for name, row in PAGES.items() if row.thing))
def test_odd_ids_of_pages_are_404(name, world, enter):
    """Numbers reach a view; all else is sent away by the converter, which the pages have in common."""
    browser = enter("chifeng")
    path = page_address(name, PAGES[name], world, pk=987654321)
    for odd in ODD_IDS if name.endswith(":detail") else ("0", str(2**63), "٣"):
        answer = undone(browser, "GET", path.replace("987654321", odd))
        assert answer.status_code in {404, 405}, (odd[:30], answer.status_code)


EMPTY = {"nothing": b"", "no object": b"[]", "null": b"null"}
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


def words(value):
    """A body in which every word that any verb takes is the odd value."""
    names = (
        "reason answer text outcome title detail name purpose what measures note place wants category support score "
        "capacity due_on held_on planned_on promised_on period_from period_to organization organizations people session "  # noqa: E501
        "alliance listing item lead supervising region parent chains kind form formation mode role code direction "
        "document_number external_id for_resident passed satisfied wait host asked_by"
    )
    return dict.fromkeys(names.split(), value)


ODD_VALUES = (
    -1, 0, 2**63, 10**400, True, None, [], {}, [[1]], {"id": 1}, [2**63], "x" * 10_001, "a\x00b", "\ud800", "1e400", "0001-01-01",  # noqa: E501
    "9999-12-31", "2019-02-29", "a\r\nb", "\u202e", "0" * 20 + "1" * 5000, [1] * 2000,
)  # fmt: skip


@pytest.mark.parametrize("name", POSTS)
def test_odd_bodies_to_rest(name, world, enter):
    row, wrong = ROUTES[name, "POST"], []
    url = rest_address(name, world.things[row.thing] if row.thing else 1)
    odd = [*EMPTY.items(), *((repr(value)[:30], json.dumps(words(value)).encode()) for value in ODD_VALUES)]
    for person in sorted(row.can)[:1]:
        browser = enter(person)
        for said, body in odd:
            answer = undone(browser, "POST", url, body)
            if not sound(answer, rest=True):
                wrong.append((person, said, answer.status_code, answer["Content-Type"]))
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


@pytest.mark.parametrize("name", FORMS)
def test_odd_forms_to_pages(name, world, enter):
    row, wrong = PAGES[name], []
    url = page_address(name, row, world)
    for person in sorted(row.can)[:1] or ["chifeng"]:
        browser = enter(person)
        for value in ("a\x00b", "x" * 10_001, str(2**63), "9999-12-31"):
            fields = "&".join(
                f"{field}={quote(value)}" for field in [*words(1), "username", "password", "again", "region_code"]
            )
            answer = undone(browser, "POST", url, fields.encode(), FORM)
            if not sound(answer, rest=False):
                wrong.append((person, value[:20], answer.status_code))
    assert not wrong


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
