"""REST: route x method x caller, people and keys (G1); hidden is absent byte for byte (G2); whose phone one reads."""

import json
import re
from datetime import timedelta
from functools import cache

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from config.api import router
from tests.cast import client_of
from tests.matrix.grammar import ALL, EVERYBODY, SCOPES
from tests.matrix.rest import ROUTES
from tests.matrix.rest.members import ORGANIZATION_KEYS
from tests.matrix.world import World

pytestmark = pytest.mark.django_db

ABSENT = 987654321
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
TRY_EVERYTHING = {"anonymous", "chifeng", "lists:read"}
"""Who also asks by methods that a route does not have: they are refused before a view is reached."""
KEYS = (*SCOPES, "nanyang's key", "no scope", "revoked key", "old key")
REFUSED = {"revoked key", "old key"}
CALLERS = ("anonymous", *sorted(EVERYBODY), *KEYS)


class RestWorld(World):
    """The world of the pages, with programs."""

    def __init__(self):
        super().__init__()
        self.keep(held=self.things["session"].activity)
        for scope in SCOPES:
            client_of("1504", scope, organization=self.cast.fulian_org, key=scope)
        client_of("4113", *SCOPES, organization=self.cast.nanyang_org, key="nanyang's key")
        client_of("1504", key="no scope")
        for name, changes in (
            ("revoked key", {"revoked_at": timezone.now()}),
            ("old key", {"expires_at": timezone.now()}),
        ):
            client = client_of("1504", *SCOPES, key=name)
            type(client).objects.filter(pk=client.pk).update(**changes)
        client._meta.model.objects.update(per_minute=30_000)

    def today(self):
        return timezone.localdate().isoformat()

    def later(self):
        return (timezone.localdate() + timedelta(days=7)).isoformat()

    def term(self):
        until = timezone.localdate() + timedelta(days=365)
        return {"since": self.today(), "until": until.isoformat()}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield RestWorld()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world):
    made = {}
    for name in sorted(EVERYBODY):
        made[name] = Client()
        made[name].force_login(world.things["account"] if name == "member" else getattr(world.cast, name))
    return made | {key: Client(headers={"Authorization": f"Bearer {key}"}) for key in KEYS} | {"anonymous": Client()}


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Limits are another test's affair."""
    monkeypatch.setattr("members.throttling.PER_ACCOUNT", 30_000)


@cache
def routes():
    return {entry.name: str(entry.pattern) for entry in router.urls}


def address(name, thing):
    path = re.sub(r"\(\?P<\w+>[^)]*\)", str(getattr(thing, "pk", thing)), routes()[name])
    return "/api/v1/" + path.strip("^$")


def ask(client, method, url, body=None):
    """The answer; whatever it changed is undone."""
    with transaction.atomic():
        response = client.generic(method, url, b"" if body is None else json.dumps(body), "application/json")
        transaction.set_rollback(True)
    return response


def expected(row, caller, method):
    if caller == "anonymous" or caller in REFUSED:
        return {401}
    if row is None:
        return {403, 405} if caller in KEYS else {405}
    if caller in KEYS:
        return of_a_key(row, caller, method)
    if caller not in row.sees:
        return {404}
    if caller not in row.can:
        return {403, 404} if row.unseen else {403}
    return {200, 201, 202, 204, 409}


def is_hidden(row, caller):
    if caller in EVERYBODY:
        return caller not in row.sees
    return caller == "nanyang's key" and bool(row.scopes)


def of_a_key(row, caller, method):
    if row.own:
        return {404} if row.thing and caller != "no scope" else {403} if caller == "no scope" else {201, 422}
    if caller == "nanyang's key" and row.scopes:
        return {404} if row.thing or method == "POST" else {200}
    if caller not in row.scopes:
        return {403}
    return {200, 201} if row.key_can else {403, 409}


def test_every_route_has_its_row():
    """A view that has been asked once also answers HEAD, as its GET does."""
    found = {(entry.name, verb.upper()) for entry in router.urls for verb in entry.callback.actions}
    assert {(name, verb) for name, verb in found if verb != "HEAD"} == set(ROUTES)


@pytest.mark.parametrize("name", sorted(routes()))
def test_route_by_method_by_caller(name, world, clients):
    """As the rows say; and from whom a thing is hidden, to them it answers byte for byte as one that is absent.

    An absent one answers everybody the same, so it is asked for once.
    """
    wrong, absent = [], {}
    for caller in CALLERS:
        for method in METHODS:
            row = ROUTES.get((name, method))
            if row is None and caller not in TRY_EVERYTHING:
                continue
            some = row or next(r for (other, _m), r in ROUTES.items() if other == name)
            url = address(name, world.things[some.thing] if some.thing else 1)
            body = row.body(world, caller) if row and method == "POST" else None
            got = ask(clients[caller], method, url, body)
            if got.status_code not in expected(row, caller, method):
                wrong.append(f"{caller} {method}: {got.status_code} {got.content.decode()[:150]}")
            if got.status_code >= 400 and got["Content-Type"] != "application/problem+json":
                wrong.append(f"{caller} {method}: {got['Content-Type']}")
            if row and row.thing and is_hidden(row, caller):
                if method not in absent:
                    nothing = ABSENT if row.thing != "banner" else "990000"
                    absent[method] = ask(clients[caller], method, address(name, nothing), body)
                assert (got.status_code, got.content) == (404, absent[method].content), caller
    assert not wrong, "\n".join([name, *wrong])


@pytest.mark.parametrize("caller", [*sorted(EVERYBODY), "register:read"])
def test_contacts_are_for_the_department_and_the_organisation_itself(caller, world, clients):
    """Exactly these keys for everybody; contact, phone and affiliation null for all others, the phone always masked."""
    type(world.cast.fulian_org).objects.filter(pk=world.cast.fulian_org.pk).update(
        contact="李主任", phone="13800001234"
    )
    answer = ask(clients[caller], "GET", f"/api/v1/organizations/{world.cast.fulian_org.pk}/")
    told = {"chifeng", "balinzuo", "fulian"}
    if answer.status_code == 404:
        assert caller not in told
        return
    said = answer.json()
    assert set(said) == ORGANIZATION_KEYS
    assert bool(said["contact"]) == bool(said["phone"]) == (caller in told)
    assert "13800001234" not in answer.content.decode()


@pytest.mark.parametrize("caller", sorted(ALL))
def test_no_route_tells_a_phone_or_a_secret(caller, world, clients):
    type(world.things["person"]).objects.filter(pk=world.things["person"].pk).update(phone="13911112222")
    for (name, method), row in ROUTES.items():
        if method == "GET":
            text = ask(
                clients[caller], "GET", address(name, world.things[row.thing] if row.thing else 1)
            ).content.decode()
            assert "13911112222" not in text
            assert not re.search(r'"(password|digest_of|past_passwords|session_data)"', text)


def test_the_document_names_every_route_and_only_those():
    documented = {
        (path, verb.upper())
        for path, verbs in SchemaGenerator().get_schema(public=True)["paths"].items()
        for verb in verbs
    }
    real = {(documented_path(name), method) for name, method in ROUTES}
    assert documented - {("/api/v1/schema/", "GET")} == real
    assert ("/api/v1/schema/", "GET") in documented


def test_words_of_an_address_are_joined_by_hyphens():
    assert not [name for name, path in routes().items() if "_" in re.sub(r"\(\?P<[^)]*\)", "", path)]


def documented_path(name):
    path = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda key: f"{{{key[1]}}}".replace("pk", "id"), routes()[name])
    return "/api/v1/" + path.strip("^$")
