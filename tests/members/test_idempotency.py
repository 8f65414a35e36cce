"""Idempotency-Key: the same POST twice, or sixteen times at once, is one deed with one answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from alliances.models import Membership
from members.models import IdempotentAnswer
from tests.cast import people


@pytest.fixture
def asked(cast):
    return ask_as(cast.balinzuo, cast)


def ask_as(user, cast):
    """Invites an organisation into the alliance: a POST that makes a row."""
    address = f"/api/v1/alliances/{cast.alliance.pk}/invite/"

    def ask(key="k1", organization=None, **more):
        client = Client()
        client.force_login(user)
        body = {"organization": organization or cast.lushan_org.pk}
        return client.post(address, body, "application/json", HTTP_IDEMPOTENCY_KEY=key, **more)

    return ask


@pytest.mark.django_db
def test_the_same_key_and_body_give_the_same_answer_and_one_row(asked):
    before = Membership.objects.count()
    first, second = asked(), asked()
    assert first.status_code in {200, 201}
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first["Content-Type"] == second["Content-Type"]
    assert Membership.objects.count() == before + 1


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_422(asked, cast):
    asked()
    answer = asked(organization=cast.town_org.pk)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x" * 256, " ", "a b", "é"])
def test_a_key_that_is_none_is_400(asked, key):
    assert asked(key=key).status_code == 400
    assert not IdempotentAnswer.objects.exists()


@pytest.mark.django_db
def test_a_key_belongs_to_who_used_it(asked, cast):
    asked()
    assert ask_as(cast.lindong, cast)().status_code != 422


@pytest.mark.django_db
def test_a_key_is_free_again_after_a_day(asked):
    asked()
    IdempotentAnswer.objects.update(at=timezone.now() - timedelta(hours=25))
    assert asked().status_code == 409


@pytest.mark.django_db
def test_a_refusal_is_remembered_too_and_a_stranger_leaves_no_key(asked, cast):
    asked()
    refused, again = asked(key="k2"), asked(key="k2")
    assert refused.status_code == again.status_code == 409
    address = f"/api/v1/alliances/{cast.alliance.pk}/invite/"
    assert Client().post(address, {}, "application/json", HTTP_IDEMPOTENCY_KEY="k3").status_code == 401
    assert not IdempotentAnswer.objects.filter(key="k3").exists()


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_are_one_deed():
    cast = people()
    ask = ask_as(cast.balinzuo, cast)
    before = Membership.objects.count()

    def one(_number):
        try:
            return ask(key="race")
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(one, range(16)))
    assert {answer.status_code for answer in answers} <= {200, 201}
    assert len({answer.content for answer in answers}) == 1
    assert Membership.objects.count() == before + 1
