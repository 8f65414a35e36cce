"""Two who lock the same rows crosswise: the mouths answer the request again, and the commonest pair cannot meet so."""

import json
import threading
import time
from collections import Counter

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from listings import transitions as verbs
from listings.models import Claim, Item, Match
from listings.views import claim as pages
from members.models import IdempotentAnswer
from tests.cast import NOW
from tests.listings.conftest import item_on, list_of
from tests.listings.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def taken(cast, needs):
    """Two items, each claimed by the women's federation."""
    items = [item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=name) for name in ("一", "二")]
    return [verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW) for item in items]


def by(mouth, cast, claim):
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.fulian)
    if mouth == "page":
        return lambda: browser.post(reverse("claims:release", args=[claim.pk]), {"reason": "另有任务"}).status_code
    headers = {"If-Match": "*"} if mouth == "If-Match" else {"Idempotency-Key": f"once-{claim.pk}"}
    body = json.dumps({"reason": "另有任务"})
    address = f"/api/v1/claims/{claim.pk}/release/"
    return lambda: browser.post(address, body, content_type="application/json", headers=headers).status_code


@pytest.mark.parametrize("mouth", ["page", "If-Match", "Idempotency-Key"])
def test_what_a_deadlock_has_undone_is_answered_again(mouth, cast, taken, monkeypatch):
    """The verb is unwrapped: it is the mouth that speaks it again, with all of its transaction."""
    met, through, tries = threading.Barrier(2), threading.Event(), Counter()
    plain = verbs.release.__wrapped__

    def crosswise(claim, **words):
        tries[claim.pk] += 1
        other = next(one for one in taken if one.pk != claim.pk)
        if tries[claim.pk] > 1:
            through.wait(30)  # the victim comes back when the other is through: they collide once
        with transaction.atomic():
            Item.objects.select_for_update().get(pk=claim.item_id)
            if tries[claim.pk] == 1:
                met.wait(30)
            Item.objects.select_for_update().get(pk=other.item_id)
            plain(claim, **words)
        transaction.on_commit(through.set)
        return claim

    monkeypatch.setattr(verbs, "release", crosswise)
    monkeypatch.setattr(pages, "release", crosswise)
    assert set(at_once(*[by(mouth, cast, claim) for claim in taken])) == {302 if mouth == "page" else 200}
    assert sum(tries.values()) == 3
    assert set(Claim.objects.values_list("state", flat=True)) == {"released"}
    assert IdempotentAnswer.objects.count() == (2 if mouth == "Idempotency-Key" else 0)


def test_who_gives_a_share_back_stands_in_line_at_the_resource_as_who_accepts_one_does(cast):
    """A share is accepted with the rows of resource and need in the order of their ids; so is it given back. While
    somebody holds the resource, who releases has not taken the need: nobody waits for the other in a ring."""
    stock = list_of(cast.alliance, cast.dongshiqiao, kind="resource")
    van = item_on(stock, cast.dongshiqiao, cast.fulian_org, title="清运车", capacity=3)
    needs = list_of(cast.alliance, cast.dongshiqiao)
    need = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="清运垃圾")
    assert van.pk < need.pk
    match = verbs.match(need, cast.fulian_org, resource=van, by=cast.fulian, at=NOW)
    held = Claim.objects.get(match=match)
    holding = threading.Event()

    def give_back():
        holding.wait(30)
        return verbs.release.__wrapped__(held, by=cast.fulian, at=NOW, reason="另有任务").state

    def take():
        with transaction.atomic():
            Item.objects.select_for_update().get(pk=van.pk)
            holding.set()
            somebody_waits()
            Item.objects.select_for_update(nowait=True).get(pk=need.pk)
            return "both"

    assert at_once(give_back, take) == ["released", "both"]
    assert Match.objects.get().state == "withdrawn"


def somebody_waits():
    """Until another connection stands in line for a row."""
    with connection.cursor() as cursor:
        for _look in range(600):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("nobody waits")
