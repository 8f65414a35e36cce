"""Two at once on the same money or the same room: one is told so, nothing falls below zero, nobody sits in two."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.models import Alliance, Distribution, FundEntry, Venue
from alliances.transitions import distribution, fund, venue
from tests.alliances.means import DAY, divided, grant, hall
from tests.cast import NOW
from tests.listings.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(outcomes):
    return sorted(getattr(outcome, "code", "done") for outcome in outcomes)


def test_of_eight_who_spend_the_same_money_as_much_is_spent_as_there_is(cast):
    grant(cast, "1000.00")
    words = {"amount": Decimal("400.00"), "on": DAY, "purpose": "工具", "by": cast.dongshiqiao, "at": NOW}
    spend = [lambda: fund.spend(Alliance.objects.get(pk=cast.alliance.pk), **words)] * 8
    assert refusals(at_once(*spend)) == ["done"] * 2 + ["not_enough"] * 6
    assert cast.alliance.funds.balance() == Decimal("200.00")


def test_a_line_is_taken_back_once(cast):
    entry = grant(cast, "1000.00")
    words = {"reason": "误记", "by": cast.dongshiqiao, "at": NOW}
    back = [lambda: fund.reverse_entry(FundEntry.objects.get(pk=entry.pk), **words)] * 4
    assert refusals(at_once(*back)) == ["done", "reversed", "reversed", "reversed"]
    assert cast.alliance.funds.balance() == 0


@pytest.mark.parametrize("shift", [0, 30])
def test_of_eight_who_book_overlapping_hours_one_has_the_room(cast, shift):
    place = hall(cast)

    def book(minute):
        begins = timezone.make_aware(datetime(2019, 6, 10, 9, minute))
        ends = timezone.make_aware(datetime(2019, 6, 10, 10, minute))
        words = {"organization": cast.fulian_org, "purpose": "会", "by": cast.fulian, "at": NOW}
        return lambda: venue.book(Venue.objects.get(pk=place.pk), starts_at=begins, ends_at=ends, **words)

    outcomes = at_once(*(book(shift if number % 2 else 0) for number in range(8)))
    assert refusals(outcomes) == ["done"] + ["taken"] * 7
    assert place.bookings.standing().count() == 1


def test_a_distribution_is_settled_once(cast):
    made = divided(cast)
    distribution.confirm_distribution(made, organization=cast.fulian_org, by=cast.fulian, at=NOW)
    again = [lambda: distribution.settle(Distribution.objects.get(pk=made.pk), by=cast.dongshiqiao, at=NOW)] * 4
    assert refusals(at_once(*again)) == ["done"] + ["move_refused"] * 3
    assert cast.alliance.reserve.balance() == Decimal("60000.00")


def test_of_four_sendings_of_one_page_at_once_one_enters_the_money(cast):
    words = {"source": "dues", "amount": "1000", "on": "2019-06-03", "once": "0" * 32}

    def press():
        browser = Client()
        browser.force_login(cast.dongshiqiao)
        return browser.post(reverse("alliances:receive", args=[cast.alliance.pk]), words).status_code

    assert at_once(*[press] * 4) == [302] * 4
    assert cast.alliance.funds.balance() == Decimal("1000.00")
