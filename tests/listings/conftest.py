"""Lists and items of the cast's alliance: what listings' tests begin with."""

import json
from datetime import date

import pytest
from django.test import Client

from listings import transitions as verbs
from listings.models import Item
from tests.cast import KEY, NOW

DUE = date(2019, 6, 28)
HALF_YEAR = {"period_from": date(2019, 1, 1), "period_to": date(2019, 6, 30)}


def list_of(alliance, by, kind="supply_demand", **period):
    return verbs.draw_up(alliance, kind=kind, **(HALF_YEAR | period), by=by, at=NOW)


def item_on(listing, by, asked_by, title="疏通雨污管网", opened=True, **words):
    item = verbs.collect(listing, title=title, asked_by=asked_by, by=by, at=NOW, **words)
    return verbs.open_(item, by=by, at=NOW) if opened else item


@pytest.fixture
def needs(cast):
    """The supply-demand list of the first half of 2019, still a draft."""
    return list_of(cast.alliance, cast.dongshiqiao)


@pytest.fixture
def problems(cast):
    """The problem list of the same half-year."""
    return list_of(cast.alliance, cast.dongshiqiao, kind="problem")


@pytest.fixture
def item(cast, needs):
    """An open service item for one organisation, asked by Dongshiqiao."""
    return item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org)


@pytest.fixture
def problem(cast, problems):
    """An open problem, asked by Dongshiqiao."""
    return item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title="井盖破损")


@pytest.fixture
def browse(cast):
    """``browse("chifeng")``: a client logged in as that one of the cast."""

    def logged_in(name):
        client = Client()
        client.force_login(getattr(cast, name))
        return client

    return logged_in


@pytest.fixture
def call(client):
    """``call(user, "items/1/claims/", organization=2)`` posts as a user, or as a program where ``user`` is None."""

    def post(user, path, method="post", **words):
        headers = {}
        if user is None:
            headers["HTTP_AUTHORIZATION"] = f"Bearer {KEY}"
        else:
            client.force_login(user)
        body = json.dumps(words) if method == "post" else words
        return getattr(client, method)(f"/api/v1/{path}", body, content_type="application/json", **headers)

    return post


@pytest.fixture
def work(cast, item):
    """妇联's claim on the item, which is due on Friday, 28 June 2019."""
    return term(item, DUE, verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW))


def term(item, due_on, claim):
    """Give the claimed item another term; returns the claim."""
    Item.objects.filter(pk=item.pk).update(due_on=due_on)
    item.refresh_from_db()
    claim.refresh_from_db()
    return claim
