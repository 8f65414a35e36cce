"""What was done and what was refused can be searched: by whom, to what, when."""

from datetime import date

import pgtrigger
import pytest
from django.urls import reverse

from members.lifecycle import note
from members.models import Denial, Step
from tests.cast import again, at, client_of

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2019, 5, 31), date(2019, 6, 3)


@pytest.fixture
def deeds(cast):
    """The department on an alliance in May, a program on an organisation late on a June evening."""
    with pgtrigger.ignore("members.Step:append_only"):
        Step.objects.all().delete()
    program = client_of("1504")
    note(cast.alliance, "edit", at=at(MAY), by=cast.chifeng)
    note(cast.fulian_org, "edit", at=at(JUNE, 23), by=program)
    return cast


@pytest.fixture
def found(client, deeds):
    def of(page="steps", who="auditor", **asked):
        client.force_login(again(getattr(deeds, who)))
        answer = client.get(reverse(f"audit:{page}"), asked)
        assert answer.status_code == 200
        return {row.at.date().month for row in answer.context["object_list"]}

    return of


@pytest.mark.parametrize(
    ("asked", "months"),
    [
        ({}, {5, 6}),
        ({"q": "chifeng"}, {5}),
        ({"q": "client"}, {6}),
        ({"q": "nobody"}, set()),
        ({"thing": "联合体"}, {5}),
        ({"thing": "党组织"}, {6}),
        ({"thing": "没有这种东西"}, set()),
        ({"thing": "联合体 99999999999999999999"}, set()),
        ({"since": "2019-06-03"}, {6}),
        ({"until": "2019-06-03"}, {5, 6}),
        ({"until": "2019-06-02"}, {5}),
        ({"since": "2019-05-31", "until": "2019-05-31"}, {5}),
        ({"until": "9999-12-31", "since": "0001-01-01"}, {5, 6}),
        ({"since": "31.5.2019"}, set()),
    ],
)
def test_deeds_are_found_by_whom_on_what_and_when(found, asked, months):
    assert found(**asked) == months


def test_a_thing_is_found_by_its_number(found, deeds):
    assert found(thing=f"联合体 {deeds.alliance.pk}") == {5}
    assert found(thing=f"联合体{deeds.alliance.pk + 1}") == set()


def test_nobody_finds_the_deeds_of_others(found):
    assert found(who="fulian", q="chifeng") == set()
    assert found(who="chifeng", q="chifeng") == {5}


def test_refusals_are_found_by_whom_and_when(found, deeds):
    Denial.objects.create(at=at(JUNE), user=deeds.fulian, method="POST", path="/x/", status=403)
    Denial.objects.create(at=at(MAY), method="POST", path="/login/", status=401)
    assert found("denials") == {5, 6}
    assert found("denials", q="fulian") == {6}
    assert found("denials", until="2019-05-31") == {5}
