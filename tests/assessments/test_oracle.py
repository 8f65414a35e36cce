"""Scores against a second opinion in SQL, and what holds of every rule whatever the numbers."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import scoring, transitions
from assessments.models import Indicator, Mark, Opinion, Rating
from listings.models import Item
from members.models import Region
from tests.assessments.facts import members_of, problem
from tests.assessments.oracle import scores_by_hand
from tests.assessments.years import AFTER_TERM, draft
from tests.cast import NOW, alliance, organization

FAST = [{"at": "60", "points": "40"}, {"at": "30", "points": "75.5"}, {"at": "10", "points": "100"}]
MANY = [{"at": "1", "points": "30"}, {"at": "4", "points": "100"}]
EVERY = (
    {"group": "作用", "name": "解决率", "weight": "22.5", "source": "metric", "metric": "solve_rate",
     "zero_at": Decimal("0.1"), "full_at": Decimal("0.9")},
    {"group": "作用", "name": "用时", "weight": "12.5", "source": "metric", "metric": "median_days_to_solve",
     "rule": "step", "steps": FAST},
    {"group": "作用", "name": "满意率", "weight": "10", "source": "metric", "metric": "satisfied_rate",
     "rule": "threshold", "full_at": Decimal("0.75")},
    {"group": "评价", "name": "成员", "weight": "20", "source": "members"},
    {"group": "评价", "name": "上级", "weight": "10", "source": "superior"},
    {"group": "评价", "name": "群众", "weight": "15", "source": "masses"},
    {"name": "特色", "weight": "10", "source": "manual"},
)  # fmt: skip
OWN = (
    {"name": "解决数", "weight": "40", "source": "metric", "metric": "problems_solved", "rule": "step", "steps": MANY},
    {"name": "旗里看", "weight": "60", "source": "manual"},
)


def exact(rows):
    return [{**row, "weight": Decimal(row["weight"])} for row in rows]


def assessed(cast):
    """A city's scheme with every source and rule, a banner's supplement, and alliances beneath it and beside it."""
    scheme = draft(cast, rows=exact(EVERY), supplement_share=Decimal(30))
    own = transitions.draw_up_supplement(
        scheme, Region.objects.get(code="150422"), share=Decimal("17.5"), by=cast.balinzuo, at=NOW
    )
    transitions.amend_supplement(own, share=Decimal("17.5"), rows=exact(OWN), by=cast.balinzuo, at=NOW)
    transitions.adopt(own, by=cast.chifeng, at=NOW)
    lead = organization("红山区街道党支部", "150402", kind="branch")
    beside = [alliance(f"红山第{n}联盟", lead, cast.city_org) for n in range(3)]
    beneath = [alliance(f"左旗第{n}联盟", cast.lushan_org, cast.town_org) for n in range(4)]
    raters = [member for member, _account in members_of(cast, cast.alliance, 5)]
    return transitions.open_(scheme, by=cast.chifeng2, at=NOW), [cast.alliance, *beneath, *beside], raters


def live(scheme, alliances, raters, hand, chance):
    """A year of chance: problems solved or not, raters who speak or keep silent, marks given or not yet."""
    leaves = Indicator.objects.of(scheme).filter(source="manual")
    for one in alliances:
        for _ in range(chance.randint(0, 7)):
            day = date(2019, 3, 1) + timedelta(days=chance.randint(0, 110))
            solved = day + timedelta(days=chance.randint(0, 80)) if chance.random() < 0.7 else None
            made = problem(one, day, solved)
            satisfaction = chance.choice(["", "satisfied", "mostly", "dissatisfied"])
            Item.objects.filter(pk=made.pk).update(satisfaction=satisfaction if solved else "")
        given = {"scheme": scheme, "alliance": one, "at": NOW}
        for member in raters[: chance.randint(0, 5)]:
            Rating.objects.create(organization=member, direction="members", score=score(chance), **given)
            Rating.objects.create(organization=member, direction="alliance", score=score(chance), **given)
        if chance.random() < 0.6:
            Rating.objects.create(organization=one.supervising, direction="superior", score=score(chance), **given)
        for _ in range(chance.randint(0, 5)):
            Opinion.objects.create(score=score(chance), **given)
        for leaf in leaves:
            beneath = leaf.supplement_id is None or one.region_id.startswith("150422")
            if beneath and chance.random() < 0.6:
                Mark.objects.create(indicator=leaf, alliance=one, score=score(chance), reason="看成效", by=hand, at=NOW)


def score(chance):
    return Decimal(chance.randint(0, 10000)) / 100


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_every_score_is_what_a_statement_by_hand_says(cast, seed):
    scheme, alliances, raters = assessed(cast)
    live(scheme, alliances, raters, cast.balinzuo, Random(seed))
    results = {result.alliance_id: result for result in scoring.alliance_scores(scheme)}
    assert {pk: result.score for pk, result in results.items()} == scores_by_hand(scheme)
    assert set(results) == {one.pk for one in alliances}
    gaps = [line["gap"] for result in results.values() for line in result.working["lines"]]
    assert any("不足" in gap for gap in gaps)
    assert any(gap == "无人评价" for gap in gaps)
    transitions.close(scheme, by=cast.chifeng, at=NOW)
    seen = transitions.digest_now(scheme)
    assert transitions.publish(scheme, by=cast.chifeng2, at=AFTER_TERM, digest=seen).digest == seen


VALUES = st.decimals(0, 400, places=4)
POINTS = st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=6, unique=True).map(sorted)


@st.composite
def rules(draw):
    """A computed indicator whose rule the house accepts."""
    metric = draw(st.sampled_from(["solve_rate", "problems_solved", "median_days_to_solve"]))
    falls, rule = metric == "median_days_to_solve", draw(st.sampled_from(Indicator.Rule.values))
    made = Indicator(source="metric", metric=metric, rule=rule, name="指标", weight=1)
    if rule == "linear":
        made.zero_at, made.full_at = sorted(draw(st.lists(VALUES, min_size=2, max_size=2, unique=True)), reverse=falls)
    elif rule == "threshold":
        made.full_at = draw(VALUES)
    else:
        worth = draw(POINTS)
        at = draw(st.lists(VALUES, min_size=len(worth), max_size=len(worth), unique=True))
        made.steps = [
            {"at": str(value), "points": str(points)}
            for value, points in zip(sorted(at, reverse=falls), worth, strict=True)
        ]
    made.clean()
    return made


@given(rules(), VALUES, VALUES)
def test_a_better_value_never_has_fewer_points_and_all_lie_between_0_and_100(indicator, one, other):
    worse, better = sorted((one, other), reverse=indicator.falls)
    assert 0 <= scoring.points(indicator, worse) <= scoring.points(indicator, better) <= 100


LINES = st.lists(
    st.tuples(st.decimals("0.01", 100, places=2), st.none() | st.decimals(0, 100, places=2)), min_size=1, max_size=12
)


def lines_of(rows):
    return [{"weight": str(weight), "points": None if points is None else str(points)} for weight, points in rows]


@given(LINES)
def test_the_weights_really_used_sum_to_100_and_the_score_lies_among_the_points(rows):
    work = scoring.working(lines_of(rows))
    said = [points for _weight, points in rows if points is not None]
    if not said:
        assert work["total"] is None
        return
    used = [Decimal(line["used"]) for line in work["lines"] if line["used"] is not None]
    assert abs(sum(used) - 100) <= Decimal("0.005") * len(used)
    assert min(said) <= Decimal(work["total"]) <= max(said)
    assert [line["used"] is None for line in work["lines"]] == [line["points"] is None for line in work["lines"]]


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_the_indicators_changes_no_score(rows, chance):
    lines = lines_of(rows)
    mixed = [dict(line) for line in lines]
    chance.shuffle(mixed)
    assert scoring.working(lines)["total"] == scoring.working(mixed)["total"]
