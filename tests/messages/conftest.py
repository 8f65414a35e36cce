"""A receiver that may be called although it is on this machine, mail that stays in memory, and a subscriber."""

import pytest

from assessments.events import EVENTS
from members.webhooks import subscribe
from tests.cast import NOW, client_of
from tests.listings.conftest import browse, item, needs  # noqa: F401
from tests.messages.receiver import receiver


@pytest.fixture
def other_side(settings):
    settings.OUTGOING_PRIVATE = settings.OUTGOING_PLAIN = ["127.0.0.1"]
    settings.ROBOT_HOSTS = ["127.0.0.1"]
    with receiver() as one:
        yield one


@pytest.fixture
def mail(settings):
    settings.EMAIL_ON = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def hotline(cast, other_side):
    """A program of Chifeng that reads lists and has subscribed to what becomes of items."""
    client = client_of("1504", "lists:read", "register:read")
    hook, secret = subscribe(
        client, other_side.url, ["item.claimed", "item.confirmed", "alliance.dissolved"], events=EVENTS, at=NOW
    )
    hook.told = secret
    return hook
