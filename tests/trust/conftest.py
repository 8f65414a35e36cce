"""The world of the matrix, once for all attackers of a file; what a request changes is undone."""

import pytest
from django.db import transaction
from django.test import Client

from tests.matrix.test_rest import RestWorld


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield RestWorld()
        transaction.set_rollback(True)


@pytest.fixture
def enter(world, db):
    """``enter("fulian")``: a browser in which they are logged in; a 500 is an answer, not an exception."""

    def logged_in(name):
        browser = Client(raise_request_exception=False)
        browser.force_login(world.things["account"] if name == "member" else getattr(world.cast, name))
        return browser

    return logged_in


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Limits are one test's affair."""
    monkeypatch.setattr("members.throttling.PER_ACCOUNT", 30_000)
