"""Route x method x role (G1), generated from the resolver; and a hidden thing answers exactly as an absent one (G2)."""

import re
from collections import defaultdict
from functools import cache

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.matrix.grammar import PEOPLE
from tests.matrix.rows import PAGES
from tests.matrix.world import World

pytestmark = pytest.mark.django_db

ABSENT = 987654321
TRY_EVERYTHING = {"anonymous", "chifeng"}
"""Who also asks by methods that a page does not have: they are refused before a view is reached."""


def routes(resolver=None, prefix="", namespace=""):
    """(name, pattern) of every address of the house."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", f"{prefix}{entry.pattern}"
        else:
            space = f"{entry.namespace}:" if entry.namespace else ""
            yield from routes(entry, f"{prefix}{entry.pattern}", namespace + space)


@cache
def patterns():
    return dict(routes())


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def address(name, row, world, pk=None):
    """The route's address for the world's thing (or another id)."""
    pattern = patterns()[name]
    values = {}
    for key in re.findall(r"<\w+:(\w+)>", pattern):
        values[key] = pk or (world.things[row.thing].pk if row.thing else 1)
        if key == "handle":
            values[key] = "absent"
        if key == "secret":
            values[key] = world.secret
    values |= {key: world.things[thing].pk for key, thing in row.more}
    return reverse(name, kwargs=values)


def expected(name, row, person, method):
    if method not in row.methods:
        return {302, 403, 404, 405}
    if person == "anonymous" and not row.public:
        return {302}
    if person not in row.sees and person != "anonymous":
        return {404}
    if person not in row.can and person != "anonymous":
        return {403}
    return {200, 204, 302, 409, 422} | ({404} if name == "accounts:revoke_session" else {429} if row.public else set())


def answer(client, method, url):
    """The response; whatever it changed is undone, in the database and in the browser's cookies."""
    kept = client.cookies.output(header="")
    with transaction.atomic():
        response = client.generic(method, url)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(kept)
    return response


@pytest.fixture(scope="module")
def clients(world, django_db_blocker):
    made = {"anonymous": Client()}
    for person in PEOPLE[1:]:
        made[person] = Client()
        made[person].force_login(getattr(world.cast, person))
    return made


@pytest.fixture(scope="module")
def of_absent():
    """Person -> what they are answered of things that do not exist, as far as it was needed: there is but one page."""
    return defaultdict(set)


def names():
    return [name for name, pattern in routes() if not pattern.startswith("api/v1/")]


def test_every_page_has_its_row():
    missing = [name for name in names() if name not in PAGES]
    assert not missing, f"routes without a row in the matrix: {missing}"
    gone = [name for name in PAGES if name not in names()]
    assert not gone, f"rows without a route: {gone}"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_route_by_method_by_role(name, world, clients, of_absent, django_db_blocker):
    """As the rows say; and from whom a thing is hidden, to them it answers exactly as one that is absent."""
    row, wrong = PAGES[name], []
    with django_db_blocker.unblock():
        for person in PEOPLE:
            for method in ("GET", "POST", "PUT", "DELETE"):
                if method not in row.methods and person not in TRY_EVERYTHING:
                    continue
                got = answer(clients[person], method, address(name, row, world))
                where = got.headers.get("Location", "")
                if got.status_code == 302 and person == "anonymous" and not row.public:
                    assert "/login/" in where
                elif got.status_code == 302 and person != "anonymous" and name != "accounts:logout":
                    assert "/login/" not in where
                if got.status_code not in expected(name, row, person, method):
                    wrong.append(
                        f"{person} {method}: {got.status_code}, not {sorted(expected(name, row, person, method))}"
                    )
                if row.thing and person not in row.sees | {"anonymous"} and method in row.methods:
                    assert got.status_code == 404
                    if plain(got) not in of_absent[person]:
                        absent = answer(clients[person], method, address(name, row, world, pk=ABSENT))
                        of_absent[person].add(plain(absent))
                        assert absent.status_code == 404
                    assert plain(got) in of_absent[person], f"{person} tells a hidden {row.thing} from an absent one"
    assert not wrong, "\n".join([name, *wrong])


def plain(response):
    """The answer without what differs between any two requests: the request's id, the token, the address itself."""
    text = response.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    text = re.sub(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", "", text)
    return re.sub(r"/[\w/-]+/\d+/[\w/-]*", "", text)
