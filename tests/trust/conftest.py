"""The world of the matrix, once for all attackers of a file; what a request changes is undone."""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from tests.matrix.grammar import EVERYBODY
from tests.matrix.test_rest import RestWorld
from tests.trust.hearing import hearing, spent  # noqa: F401


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield RestWorld()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def sessions(world, django_db_blocker):
    """Name -> the key of a session in which they have logged in, once for the file."""
    keys, browser = {}, Client()
    with django_db_blocker.unblock():
        for name in sorted(EVERYBODY):
            browser.force_login(world.things["account"] if name == "member" else getattr(world.cast, name))
            keys[name] = browser.session.session_key
            browser.cookies.clear()
    return keys


@pytest.fixture
def enter(sessions, db):
    """``enter("fulian")``: a browser in which they are logged in; a 500 is an answer, not an exception."""

    def logged_in(name, **options):
        browser = Client(raise_request_exception=False, **options)
        browser.cookies[settings.SESSION_COOKIE_NAME] = sessions[name]
        return browser

    return logged_in


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Limits are one test's affair."""
    monkeypatch.setattr("members.throttling.PER_ACCOUNT", 30_000)
