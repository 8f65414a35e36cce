"""The stations of a year: draft, open, scoring, published."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from assessments import transitions
from assessments.models import AllianceScore, Indicator, Rating, Scheme
from members.models import Region
from members.states import MoveRefused, Refused
from tests.assessments.facts import solved
from tests.assessments.years import AFTER_TERM, EVEN, closed, draft, opened, published, rate_as_members
from tests.cast import NOW, again, at

pytestmark = pytest.mark.django_db
STATIONS = {"draft": draft, "open": opened, "scoring": closed, "published": published}
VERBS = {
    "open": lambda scheme, cast: transitions.open_(scheme, by=cast.chifeng2, at=NOW),
    "scoring": lambda scheme, cast: transitions.close(scheme, by=cast.chifeng, at=NOW),
    "published": lambda scheme, cast: transitions.publish(scheme, by=cast.chifeng2, at=AFTER_TERM),
}


@pytest.mark.parametrize("state", STATIONS)
@pytest.mark.parametrize("to", VERBS)
def test_every_verb_from_every_state(cast, state, to):
    scheme = STATIONS[state](cast)
    if to in Scheme.MOVES.get(state, ()):
        assert VERBS[to](scheme, cast).state == to
    else:
        with pytest.raises(MoveRefused):
            VERBS[to](scheme, cast)
        scheme.refresh_from_db()
        assert scheme.state == state


@pytest.mark.parametrize("weights", [(50, 30, 19), (50, 30, 21), (100, 1, 1)])
def test_weights_that_do_not_sum_to_100_cannot_open(cast, weights):
    rows = [{**row, "weight": Decimal(weight)} for row, weight in zip(EVEN, weights, strict=True)]
    with pytest.raises(ValidationError):
        transitions.open_(draft(cast, rows=rows), by=cast.chifeng2, at=NOW)


def test_a_scheme_without_the_members_evaluation_cannot_open(cast):
    rows = [{**EVEN[0], "weight": Decimal(80)}, EVEN[2]]
    with pytest.raises(ValidationError):
        transitions.open_(draft(cast, rows=rows), by=cast.chifeng2, at=NOW)


@pytest.mark.parametrize("metric", ["activities_held", "service_people", "password"])
def test_the_database_refuses_an_indicator_outside_the_white_list(cast, metric):
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.create(
            scheme=draft(cast), name="活动场次", weight=1, source="metric", metric=metric, zero_at=0, full_at=9
        )


def test_a_scheme_begins_with_last_years_indicators(cast):
    published(cast)
    following = transitions.draw_up(
        Region.objects.get(code="1504"), year=2020, title="次年", cut_off=date(2020, 12, 31), by=cast.chifeng, at=NOW
    )
    assert list(following.indicators.values_list("name", "weight")) == [(row["name"], row["weight"]) for row in EVEN]


def test_the_first_scheme_of_a_region_could_open_as_it_is(cast):
    first = transitions.draw_up(
        Region.objects.get(code="4113"), year=2019, title="首年", cut_off=date(2019, 12, 31), by=cast.nanyang, at=NOW
    )
    transitions.complete_or_refuse(first)


def test_one_scheme_a_region_and_year(cast):
    draft(cast)
    with pytest.raises(Refused) as refusal:
        draft(cast)
    assert refusal.value.code == "already_there"


def test_an_open_scheme_cannot_be_amended(cast):
    with pytest.raises(Refused):
        transitions.amend(opened(cast), {}, EVEN, by=cast.chifeng, at=NOW)


def test_rating_does_not_end_before_the_cut_off_day_is_past(cast):
    with pytest.raises(Refused) as refusal:
        transitions.close(opened(cast), by=cast.chifeng, at=at(date(2019, 5, 31)))
    assert refusal.value.code == "too_early"


def test_members_rate_the_alliance_and_the_alliance_rates_its_members(cast):
    scheme = opened(cast)
    pair = {"score": Decimal(90), "at": NOW}
    transitions.rate(scheme, cast.alliance, cast.fulian_org, direction="members", by=cast.fulian, **pair)
    transitions.rate(scheme, cast.alliance, cast.fulian_org, direction="alliance", by=cast.dongshiqiao, **pair)
    assert Rating.objects.count() == 2


def test_a_pair_is_rated_once(cast):
    scheme = opened(cast)
    for _attempt in range(1):
        transitions.rate(
            scheme, cast.alliance, cast.fulian_org, direction="members", score=Decimal(9), by=cast.fulian, at=NOW
        )
    with pytest.raises(Refused) as refusal:
        transitions.rate(
            scheme, cast.alliance, cast.fulian_org, direction="members", score=Decimal(90), by=cast.fulian, at=NOW
        )
    assert refusal.value.code == "already_rated"
    assert Rating.objects.get().score == 9


@pytest.mark.parametrize(
    ("who", "organization", "direction"),
    [
        ("nanyang", "fulian_org", "members"), ("chifeng", "fulian_org", "members"),
        ("dongshiqiao", "fulian_org", "members"),
        ("fulian", "fulian_org", "alliance"), ("chifeng", "fulian_org", "alliance"),
        ("nanyang", "town_org", "superior"), ("fulian", "town_org", "superior"),
        ("dongshiqiao", "town_org", "superior"),
        ("lindong", "banner_org", "superior"),
    ],
)  # fmt: skip
def test_nobody_rates_in_anothers_name(cast, who, organization, direction):
    with pytest.raises(PermissionDenied):
        transitions.rate(
            opened(cast), cast.alliance, getattr(cast, organization), direction=direction, score=Decimal(50),
            by=getattr(cast, who), at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("direction", ["members", "alliance"])
def test_the_lead_does_not_rate_itself(cast, direction):
    with pytest.raises(Refused) as refusal:
        transitions.rate(
            opened(cast), cast.alliance, cast.dongshiqiao_org, direction=direction, score=Decimal(100),
            by=cast.dongshiqiao, at=NOW,
        )  # fmt: skip
    assert refusal.value.code == "not_member"


@pytest.mark.parametrize("station", [draft, closed, published])
def test_only_an_open_scheme_takes_ratings(cast, station):
    with pytest.raises(Refused) as refusal:
        transitions.rate(
            station(cast),
            cast.alliance,
            cast.fulian_org,
            direction="members",
            score=Decimal(50),
            by=cast.fulian,
            at=NOW,
        )
    assert refusal.value.code == "not_open"


@pytest.mark.parametrize("score", ["-1", "100.01", "NaN"])
def test_a_rating_is_a_percentage(cast, score):
    with pytest.raises(ValidationError):
        transitions.rate(
            opened(cast),
            cast.alliance,
            cast.fulian_org,
            direction="members",
            score=Decimal(score),
            by=cast.fulian,
            at=NOW,
        )


def test_ratings_are_blind(cast):
    scheme = opened(cast)
    raters = rate_as_members(cast, scheme, [70, 80, 90])
    own, account = raters[0]
    assert [rating.organization for rating in Rating.objects.visible_to(again(account))] == [own]
    for other in (cast.fulian, cast.dongshiqiao, cast.chifeng, cast.lindong, cast.nanyang):
        assert not Rating.objects.visible_to(other).exists()


def test_who_scored_cannot_approve_the_publication(cast):
    scheme = opened(cast)
    transitions.rate(
        scheme, cast.alliance, cast.town_org, direction="superior", score=Decimal(60), by=cast.chifeng2, at=NOW
    )
    transitions.close(scheme, by=cast.chifeng, at=NOW)
    with pytest.raises(PermissionDenied):
        transitions.publish(scheme, by=cast.chifeng2, at=AFTER_TERM)
    assert not AllianceScore.objects.exists()


def test_figures_that_changed_since_the_proposal_are_not_published(cast):
    scheme = closed(cast)
    seen = transitions.digest_now(scheme)
    solved(cast.alliance, 1, day=date(2019, 5, 6))
    with pytest.raises(Refused) as refusal:
        transitions.publish(scheme, by=cast.chifeng2, at=AFTER_TERM, digest=seen)
    assert refusal.value.code == "figures_changed"
    scheme.refresh_from_db()
    assert scheme.state == "scoring"


def test_a_scheme_is_seen_from_above_from_beneath_and_by_those_whom_it_covers(cast):
    scheme = opened(cast)
    for who in (cast.chifeng, cast.balinzuo, cast.lindong, cast.dongshiqiao, cast.fulian):
        assert scheme in Scheme.objects.visible_to(who), who
    for who in (cast.nanyang, cast.dongguan, cast.sysadmin, cast.auditor):
        assert scheme not in Scheme.objects.visible_to(who), who


def test_a_draft_is_not_yet_shown_to_organisations(cast):
    assert draft(cast) not in Scheme.objects.visible_to(cast.fulian)


def test_results_are_seen_by_the_alliance_and_from_above(cast):
    published(cast)
    for who in (cast.chifeng, cast.balinzuo, cast.lindong, cast.dongshiqiao, cast.fulian):
        assert AllianceScore.objects.visible_to(who).count() == 1, who
    for who in (cast.nanyang, cast.lushan, cast.dongguan, cast.secadmin):
        assert not AllianceScore.objects.visible_to(who).exists(), who


def test_a_draft_or_a_member_of_it_may_not_be_opened_by_a_town(cast):
    scheme = draft(cast)
    assert scheme in Scheme.objects.openable_by(cast.chifeng)
    for who in (cast.balinzuo, cast.lindong, cast.nanyang, cast.dongshiqiao):
        assert scheme not in Scheme.objects.openable_by(who), who
