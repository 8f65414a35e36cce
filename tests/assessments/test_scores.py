"""How a score comes about: outcomes on a line, opinions as means, the weights of the silent spread over the others."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from assessments import scoring, transitions
from assessments.checks import check_outcomes
from assessments.models import AllianceScore, Indicator, MemberScore, Opinion
from tests.assessments.facts import many_alliances, solved, unsolved
from tests.assessments.years import EVEN, closed, opened, published, rate_as_members
from tests.cast import NOW

pytestmark = pytest.mark.django_db
MAY = date(2019, 5, 6)


def working_of(scheme, alliance):
    return scoring.workings(scheme, [alliance])[alliance.pk]


def line(work, source):
    return next(line for line in work["lines"] if line["source"] == source)


def superior(cast, scheme, score):
    return transitions.rate(
        scheme, cast.alliance, cast.town_org, direction="superior", score=Decimal(score), by=cast.lindong, at=NOW
    )


@pytest.mark.parametrize(
    ("zero", "full", "value", "points"),
    [
        ("0", "1", 0.5, "50.00"), ("0", "0.95", 0.95, "100.00"), ("0", "0.95", 1, "100.00"), ("0.2", "1", 0.1, "0.00"),
        ("60", "10", 35, "50.00"), ("60", "10", 5, "100.00"), ("60", "10", 90, "0.00"), ("0", "3", 1, "33.33"),
    ],
)  # fmt: skip
def test_an_outcome_scores_linearly_between_nothing_and_full(zero, full, value, points):
    indicator = Indicator(source="metric", zero_at=Decimal(zero), full_at=Decimal(full))
    assert str(scoring.points(indicator, value)) == points


def test_outcomes_and_opinions_are_weighed(cast):
    scheme = opened(cast)
    solved(cast.alliance, 3, day=MAY)
    unsolved(cast.alliance, 1, day=MAY)
    rate_as_members(cast, scheme, [80, 90, 100])
    superior(cast, scheme, 60)
    work = working_of(scheme, cast.alliance)
    assert work["total"] == "76.50"  # 75 x 50 % + 90 x 30 % + 60 x 20 %
    assert line(work, "metric")["value"] == 0.75
    assert (line(work, "metric")["numerator"], line(work, "metric")["denominator"]) == (3, 4)


def test_a_silent_group_does_not_count_as_zero_its_weight_is_spread_over_the_others(cast):
    scheme = opened(cast)
    solved(cast.alliance, 1, day=MAY)
    superior(cast, scheme, 60)
    work = working_of(scheme, cast.alliance)
    assert line(work, "members")["gap"] == "无人评价"
    assert [entry["used"] for entry in work["lines"]] == ["71.43", None, "28.57"]
    assert work["total"] == "88.57"  # (100 x 50 + 60 x 20) / 70


def test_when_everybody_is_silent_there_is_no_score_and_no_zero(cast):
    scheme = opened(cast)
    assert working_of(scheme, cast.alliance)["total"] is None


@pytest.mark.parametrize("scores", [[10], [10, 20]])
def test_fewer_than_three_raters_are_neither_shown_nor_counted(cast, scores):
    scheme = opened(cast)
    rate_as_members(cast, scheme, scores)
    superior(cast, scheme, 60)
    members = line(working_of(scheme, cast.alliance), "members")
    assert members["points"] is None
    assert members["gap"] == "评价不足 3 家，为保密不公布也不计入"
    assert working_of(scheme, cast.alliance)["total"] == "60.00"


def test_three_raters_are_shown_as_a_mean(cast):
    scheme = opened(cast)
    rate_as_members(cast, scheme, [70, 80, 96])
    assert line(working_of(scheme, cast.alliance), "members")["points"] == "82.00"


def test_a_members_result_joins_what_the_alliance_says_of_it_and_the_alliances_own(cast):
    scheme = opened(cast, rows=EVEN)
    solved(cast.alliance, 1, day=MAY)
    transitions.rate(
        scheme, cast.alliance, cast.fulian_org, direction="alliance", score=Decimal(70), by=cast.dongshiqiao, at=NOW
    )
    results = scoring.alliance_scores(scheme)
    [fulian] = [score for score in scoring.member_scores(scheme, results) if score.organization == cast.fulian_org]
    assert fulian.score == Decimal("82.00")  # 70 x 60 % + 100 x 40 %


def test_a_member_that_nobody_rated_has_the_alliances_result(cast):
    scheme = opened(cast)
    solved(cast.alliance, 1, day=MAY)
    [fulian] = scoring.member_scores(scheme, scoring.alliance_scores(scheme))
    assert (fulian.organization, fulian.score) == (cast.fulian_org, Decimal("100.00"))


def test_a_scheme_assesses_its_own_region_only(cast):
    assert list(scoring.assessed_by(opened(cast))) == [cast.alliance]


def test_the_same_input_gives_the_same_digest(cast):
    scheme = closed(cast)
    assert transitions.digest_now(scheme) == transitions.digest_now(scheme)


def test_published_scores_are_frozen_by_the_database(cast):
    scheme = published(cast)
    with pytest.raises(InternalError), transaction.atomic():
        AllianceScore.objects.filter(scheme=scheme).update(score=100)
    with pytest.raises(InternalError), transaction.atomic():
        MemberScore.objects.filter(scheme=scheme).delete()


def test_what_happens_after_the_publication_changes_no_score(cast):
    scheme = published(cast)
    before = list(AllianceScore.objects.values_list("score", "digest"))
    solved(cast.alliance, 5, day=MAY)
    assert list(AllianceScore.objects.values_list("score", "digest")) == before
    assert transitions.digest_now(scheme) != scheme.digest


def test_the_statements_do_not_grow_with_the_alliances(cast):
    def statements():
        with CaptureQueriesContext(connection) as caught:
            scoring.alliance_scores(scheme)
        return len(caught)

    scheme = closed(cast)
    few = statements()
    many_alliances(cast, 4)
    assert statements() == few


@pytest.mark.parametrize(
    "key", ["activities_held", "service_person_times", "items_claimed", "listings_signed", "logins"]
)
def test_a_count_of_effort_is_no_indicator(key):
    assert [error.id for error in check_outcomes(keys=[key])] == ["assessments.E001"]


def test_the_white_list_itself_passes():
    assert check_outcomes() == []


def heard(cast, scheme, scores):
    """So many of the masses have said what they think."""
    Opinion.objects.bulk_create(
        Opinion(scheme=scheme, alliance=cast.alliance, score=Decimal(score), at=NOW) for score in scores
    )


@pytest.mark.parametrize(
    ("scores", "points", "gap"),
    [([], None, "无人评价"), ([9, 100], None, "评价不足 3 人，为保密不公布也不计入"), ([70, 80, 95], "81.67", "")],
)
def test_the_masses_count_from_three(cast, scores, points, gap):
    rows = [EVEN[0], {"name": "群众评价", "weight": Decimal(20), "source": "masses"}, EVEN[1]]
    scheme = opened(cast, rows=rows)
    heard(cast, scheme, scores)
    masses = line(working_of(scheme, cast.alliance), "masses")
    assert (masses["points"], masses["gap"]) == (points, gap)


def test_an_opinion_leads_to_nobody():
    assert {field.name for field in Opinion._meta.get_fields()} == {
        "id", "scheme", "alliance", "score", "words", "at", "synthetic"
    }  # fmt: skip
