"""The world of the matrix, with a program that has every scope."""

import pytest
from django.test import Client

from members import throttling
from members.models import ApiClient
from tests.cast import client_of
from tests.matrix import test_rest as matrix

KEY = "every scope"
world = matrix.world


@pytest.fixture(scope="module")
def everything(world):
    client = client_of("1504", *ApiClient.Scope.values, organization=world.cast.fulian_org, key=KEY)
    ApiClient.objects.filter(pk=client.pk).update(per_minute=30_000)
    return world


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Limits are another test's affair."""
    monkeypatch.setattr(throttling, "count", lambda name, limit: throttling.Rate(limit, limit, 60, False))


@pytest.fixture
def caller(everything):
    """``caller(row)``: a browser of somebody who may ask the route; a program where only programs may."""
    known = {}

    def of(row):
        names = sorted(row.can - {"anonymous"}, key=lambda name: (name != "chifeng", name))  # who sees most
        name = names[0] if names else "subscriber" if row.thing else KEY
        if name not in known:
            known[name] = Client() if names else Client(headers={"Authorization": f"Bearer {name}"})
            if names:
                account = everything.things["account"] if name == "member" else getattr(everything.cast, name)
                known[name].force_login(account)
        return name, known[name]

    return of
