"""Places are shared by their owners and booked by members, never twice for the same moment."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from alliances import transitions as alliances
from alliances.models import Booking, Membership, Venue
from alliances.transitions import venue as verbs
from members.states import Refused
from tests.alliances.means import hall
from tests.cast import NOW, again


def moment(month, day, hour, minute=0, year=2019):
    return timezone.make_aware(datetime(year, month, day, hour, minute))


def booked(cast, place, begins, ends, organization=None, **words):
    given = {"organization": organization or cast.fulian_org, "purpose": "学习会", "by": cast.fulian, "at": NOW} | words
    return verbs.book(place, starts_at=begins, ends_at=ends, **given)


@pytest.mark.parametrize(("begins", "ends", "free"), [
    ((9, 0), (11, 0), False), ((10, 0), (10, 30), False), ((8, 0), (12, 0), False), ((8, 0), (9, 1), False),
    ((10, 59), (12, 0), False), ((8, 0), (9, 0), True), ((11, 0), (12, 0), True),
])  # fmt: skip
def test_spans_are_half_open_and_do_not_overlap(cast, begins, ends, free):
    place = hall(cast)
    booked(cast, place, moment(6, 10, 9), moment(6, 10, 11))
    words = {"organization": cast.dongshiqiao_org}
    if free:
        booked(cast, place, moment(6, 10, *begins), moment(6, 10, *ends), **words)
    else:
        with pytest.raises(Refused) as refused:
            booked(cast, place, moment(6, 10, *begins), moment(6, 10, *ends), **words)
        assert refused.value.code == "taken"
        assert "巴林左旗妇联党支部" in refused.value.message
        assert "06-10 09:00–11:00" in refused.value.message


def test_what_was_given_up_or_refused_is_free_again(cast):
    place, span = hall(cast), (moment(6, 10, 9), moment(6, 10, 11))
    first = booked(cast, place, *span)
    verbs.release_booking(first, by=cast.fulian, at=NOW)
    second = booked(cast, place, *span)
    verbs.refuse_booking(second, by=cast.dongshiqiao, at=NOW, reason="当天有选举")
    booked(cast, place, *span)
    assert place.bookings.standing().count() == 1
    assert place.bookings.count() == 3


@pytest.mark.parametrize(("begins", "ends"), [
    (moment(6, 3, 9), moment(6, 3, 11)), (NOW, NOW + timedelta(hours=1)), (moment(6, 10, 11), moment(6, 10, 9)),
    (moment(6, 10, 9), moment(6, 10, 9)), (moment(6, 10, 22), moment(6, 11, 2)),
    (moment(6, 5, 9, year=2020), moment(6, 5, 10, year=2020)),
])  # fmt: skip
def test_an_odd_span_is_refused(cast, begins, ends):
    with pytest.raises(ValidationError):
        booked(cast, hall(cast), begins, ends)


def test_a_span_may_end_at_midnight(cast):
    assert booked(cast, hall(cast), moment(6, 10, 22), moment(6, 11, 0)).pk


@pytest.mark.parametrize(("first", "last", "open_", "shut"), [
    (6, 9, (6, 7, 9), (5, 10, 12)), (11, 3, (11, 1, 3), (4, 7, 10)), (7, 7, (7,), (6, 8)),
])  # fmt: skip
def test_a_season_of_every_year_also_over_the_new_year(cast, first, last, open_, shut):
    place = hall(cast, season_from=first, season_to=last)
    for month in (*open_, *shut):
        year = 2020 if month < 6 else 2019
        begins = moment(month, 15, 9, year=year)
        if month in open_:
            booked(cast, place, begins, begins + timedelta(hours=1))
        else:
            with pytest.raises(ValidationError, match="开放"):
                booked(cast, place, begins, begins + timedelta(hours=1))


def test_a_season_has_two_months(cast):
    for words in ({"season_from": 6}, {"season_to": 6}, {"season_from": 0, "season_to": 13}):
        with pytest.raises(ValidationError):
            hall(cast, **words)


def test_only_members_share_and_book(cast):
    with pytest.raises(Refused) as refused:
        verbs.share(cast.alliance, organization=cast.lushan_org, kind="hall", name="鹿山", by=cast.lushan, at=NOW)
    assert refused.value.code == "not_member"
    place, span = hall(cast), (moment(6, 10, 9), moment(6, 10, 11))
    with pytest.raises(Refused):
        booked(cast, place, *span, organization=cast.lushan_org)
    for name in ("chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian", "lushan", "nanyang", "dongguan"):
        user = again(getattr(cast, name))
        assert Venue.objects.bookable_by(user).exists() == (name in {"dongshiqiao", "fulian"}), name
        assert Venue.objects.editable_by(user).exists() == (name == "dongshiqiao"), name
        assert Venue.objects.visible_to(user).exists() == (name not in {"lushan", "nanyang", "dongguan"}), name


def test_the_owner_refuses_and_the_booker_releases_each_their_own(cast):
    booked(cast, hall(cast), moment(6, 10, 9), moment(6, 10, 11))
    for name in ("chifeng", "lindong", "dongshiqiao", "fulian", "lushan", "nanyang"):
        user = again(getattr(cast, name))
        assert Booking.objects.refusable_by(user).exists() == (name == "dongshiqiao"), name
        assert Booking.objects.releasable_by(user).exists() == (name == "fulian"), name


def test_what_has_begun_stays(cast):
    booking = booked(cast, hall(cast), moment(6, 10, 9), moment(6, 10, 11))
    for verb, words in ((verbs.release_booking, {}), (verbs.refuse_booking, {"reason": "晚了"})):
        with pytest.raises(Refused) as refused:
            verb(booking, by=cast.dongshiqiao, at=moment(6, 10, 9), **words)
        assert refused.value.code == "begun"


@pytest.mark.parametrize("state", ["booked", "released", "refused"])
def test_a_booking_moves_as_its_table_says(cast, state):
    place = hall(cast)
    for hour, (verb, words) in enumerate(((verbs.release_booking, {}), (verbs.refuse_booking, {"reason": "占用"})), 9):
        booking = booked(cast, place, moment(6, 10, hour), moment(6, 10, hour, 30))
        Booking.objects.filter(pk=booking.pk).update(state=state)
        if state == "booked":
            verb(booking, by=cast.dongshiqiao, at=NOW, **words)
        else:
            with pytest.raises(Refused):
                verb(booking, by=cast.dongshiqiao, at=NOW, **words)


def test_a_place_no_longer_shared_refuses_what_was_to_come(cast):
    place = hall(cast)
    booking = booked(cast, place, moment(6, 10, 9), moment(6, 10, 11))
    verbs.close_venue(place, by=cast.dongshiqiao, at=NOW, reason="房屋维修")
    booking.refresh_from_db()
    assert (booking.state, booking.refusal) == ("refused", "房屋维修")
    with pytest.raises(Refused) as refused:
        booked(cast, place, moment(6, 11, 9), moment(6, 11, 11))
    assert refused.value.code == "closed"
    with pytest.raises(Refused):
        verbs.edit_venue(place, by=cast.dongshiqiao, at=NOW, name="又开了")


def test_the_place_of_who_has_left_is_not_booked(cast):
    place = verbs.share(
        cast.alliance, organization=cast.fulian_org, kind="station", name="巾帼驿站", by=cast.fulian, at=NOW
    )
    membership = Membership.objects.get(alliance=cast.alliance, organization=cast.fulian_org)
    alliances.leave(membership, by=cast.fulian, at=NOW, reason="调整")
    assert not Venue.objects.bookable_by(again(cast.dongshiqiao)).exists()
    with pytest.raises(Refused):
        booked(cast, place, moment(6, 10, 9), moment(6, 10, 11), organization=cast.dongshiqiao_org)
