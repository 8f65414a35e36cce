"""Whistles with many at once: one approval, one evaluation, every signature; and what page and REST share."""

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from listings.models import Item, Record, Whistle
from listings.transitions import call as answers
from listings.transitions import case as cases
from tests.cast import NOW
from tests.listings.test_joint_cases import reach
from tests.listings.test_races import at_once
from tests.listings.whistles import answered, blown, call_of, linked_organ, sounded

pytestmark = pytest.mark.django_db(transaction=True)


def posting(user, url, **words):
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return lambda: browser.post(url, words).status_code


def test_the_head_approves_twice_and_two_heads_at_once_and_it_sounds_once(cast, problem):
    whistle = blown(cast, problem)
    url = reverse("whistles:approve", args=[whistle.pk])
    answers_ = at_once(*(posting(user, url) for user in (cast.lindong, cast.lindong, cast.balinzuo)))
    assert Counter(answers_) == {302: 1, 409: 2}
    assert Item.objects.services().count() == 1, "one service item answers the problem"


def test_two_departments_sign_at_once_and_both_are_in(cast, item):
    organ, voice = linked_organ(cast)
    whistle = sounded(cast, item, assistants=[organ])
    calls = [(cast.fulian, call_of(whistle, cast.fulian_org)), (voice, call_of(whistle, organ))]
    deeds = [posting(user, reverse("calls:sign_for", args=[call.pk])) for user, call in calls for _press in range(2)]
    assert Counter(at_once(*deeds)) == {302: 2, 409: 2}
    item.refresh_from_db()
    assert (item.state, whistle.calls.filter(state="signed_for").count()) == ("in_hand", 2)


def test_reported_refused_and_called_off_at_once_leave_a_legal_state(cast, item):
    organ, voice = linked_organ(cast)
    whistle = sounded(cast, item, assistants=[organ])
    answered(cast, whistle, upto="arrive")
    mine, other = call_of(whistle, cast.fulian_org), call_of(whistle, organ)
    outcomes = at_once(
        lambda: answers.report(mine, "办了", by=cast.fulian, at=NOW),
        lambda: answers.refuse(other, reason="不归我们", where_next="城管", by=voice, at=NOW),
        posting(cast.dongshiqiao, reverse("whistles:call_off", args=[whistle.pk]), reason="自行解决"),
    )
    assert outcomes[2] in (302, 409)
    found = Whistle.objects.select_related("item").get()
    assert (found.state, found.item.state) in {("called_off", "open"), ("reported", "in_hand")}


def test_one_period_is_recorded_once_however_often_it_is_pressed(cast):
    case = cases.begin(
        cast.alliance, kind="joint", title="联动执行", lead=cast.fulian_org, begun_on=NOW.date().replace(year=2018),
        measures=[{"name": "执结案件", "unit": "件"}], by=cast.dongshiqiao, at=NOW,
    )  # fmt: skip
    outcomes = at_once(*[lambda: reach(case, cast, "42") for _press in range(6)])
    assert sum(isinstance(one, Record) for one in outcomes) == 1
    assert {getattr(one, "code", "") for one in outcomes if not isinstance(one, Record)} == {"already_recorded"}
