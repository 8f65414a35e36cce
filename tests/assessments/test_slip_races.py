"""One code sent by many phones at once is one opinion; an appeal and a publication at once do not pass each other."""

from collections import Counter
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from assessments import transitions
from assessments.models import AllianceScore, Appeal, Opinion, Scheme
from members import throttling
from members.models import User
from members.states import Refused
from tests.assessments.running import raised, running, scoring, slips
from tests.assessments.years import AFTER_TERM
from tests.listings.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def tap(code, stars):
    phone = Client(raise_request_exception=False)
    return lambda: phone.post(reverse("opinion"), {"code": code, "stars": stars}).status_code


def test_one_code_sent_eight_times_at_once_is_one_opinion(cast):
    throttling._here.clear()
    throttling.cache.clear()
    code = slips(cast, running(cast), 1)[0]
    answers = at_once(*(tap(code, 1 + place % 5) for place in range(8)))
    assert Counter(answers) == {302: 1, 409: 7}
    assert Opinion.objects.count() == 1


def test_an_appeal_and_the_publication_at_once_leave_no_open_appeal_behind_a_published_result(cast):
    scheme = scoring(cast)
    Scheme.objects.update(appeals_until=date(2019, 6, 3))

    def publish():
        return transitions.publish(
            Scheme.objects.get(), by=User.objects.get(username="chifeng2"), at=AFTER_TERM
        ).state

    answers = at_once(lambda: raised(cast, Scheme.objects.get()).state, publish)
    done = [answer for answer in answers if isinstance(answer, str)]
    assert len(done) == 1, answers
    assert all(isinstance(answer, str | Refused) for answer in answers)
    assert AllianceScore.objects.exists() != Appeal.objects.filter(scheme=scheme).exists()
