"""Which resource fits a need and why: points part by part, always the same, never less for more."""

from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listings.matching import MOST, Need, Resource, Words, explain, fits, rank

WORDS = Words({"sanitation": "环境卫生"}, {"law": "法律咨询", "care": "助老助残"})
DUE = date(2019, 6, 20)
NEED = Need("sanitation", frozenset({"law", "care"}), "150422404002", DUE, 2)
BEST = Resource(
    "item", 1, 7, "妇联", "清运车", "sanitation", frozenset({"law", "care"}), "150422404002", date(2019, 1, 1),
    date(2019, 6, 30), 4, 5,
)  # fmt: skip

TABLE = [
    ({}, {}, (30, 30, 20, 10, 10)),
    ({"category": "farming"}, {}, (0, 30, 20, 10, 10)),
    ({}, {"category": ""}, (0, 30, 20, 10, 10)),
    ({"skills": frozenset({"law"})}, {}, (30, 15, 20, 10, 10)),
    ({"skills": frozenset()}, {}, (30, 0, 20, 10, 10)),
    ({}, {"skills": frozenset()}, (30, 0, 20, 10, 10)),
    ({"place": "150422404001"}, {}, (30, 30, 15, 10, 10)),
    ({"place": "150422403006"}, {}, (30, 30, 10, 10, 10)),
    ({"place": "150402"}, {}, (30, 30, 5, 10, 10)),
    ({"place": "411302001001"}, {}, (30, 30, 0, 10, 10)),
    ({"place": "150422"}, {}, (30, 30, 10, 10, 10)),
    ({}, {"place": "1504"}, (30, 30, 5, 10, 10)),
    ({"ends": date(2019, 6, 19)}, {}, (30, 30, 20, 5, 10)),
    ({"ends": DUE}, {}, (30, 30, 20, 10, 10)),
    ({"begins": date(2019, 6, 21)}, {}, (30, 30, 20, 0, 10)),
    ({"begins": None, "ends": None}, {}, (30, 30, 20, 10, 10)),
    ({}, {"due_on": None}, (30, 30, 20, 10, 10)),
    ({"free": 1}, {}, (30, 30, 20, 10, 5)),
    ({"free": 1}, {"wanted": 3}, (30, 30, 20, 10, 3)),
]


@pytest.mark.parametrize(("resource", "need", "points"), TABLE)
def test_each_part_has_its_points_and_its_reason(resource, need, points):
    ranked = explain(replace(NEED, **need), replace(BEST, **resource), WORDS)
    assert tuple(part.points for part in ranked.parts) == points
    assert ranked.points == sum(points)
    assert all(part.why and 0 <= part.points <= part.most for part in ranked.parts)
    assert len(ranked.reasons) == sum(1 for value in points if value)


def test_it_says_why_in_words():
    assert [str(part.why) for part in explain(NEED, BEST, WORDS).parts] == [
        "分类相同：环境卫生", "符合 2/2 项专长：助老助残、法律咨询", "同一社区（嘎查村）", "时段覆盖办理期限",
        "还有 4/5 份",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("resource", "need", "fit"),
    [
        ({}, {}, True),
        ({"free": 0}, {}, False),
        ({"category": "farming", "skills": frozenset()}, {}, False),
        ({"category": "farming", "skills": frozenset({"law"})}, {}, True),
        ({"category": "", "skills": frozenset()}, {"category": "", "skills": frozenset()}, True),
    ],
)
def test_what_meets_neither_category_nor_skill_is_left_out(resource, need, fit):
    assert fits(replace(NEED, **need), replace(BEST, **resource)) is fit


codes = st.sampled_from(["1504", "150422", "150422404", "150422404002", "150422404001", "411302001001"])
days = st.dates(date(2019, 1, 1), date(2019, 12, 31))
skills = st.frozensets(st.sampled_from(["law", "care", "order"]))
resources = st.lists(
    st.builds(
        Resource, kind=st.sampled_from(["item", "people"]), id=st.integers(1, 40), organization=st.just(1),
        owner=st.just("妇联"), title=st.just("车"), category=st.sampled_from(["", "sanitation", "farming"]),
        skills=skills, place=codes, begins=days, ends=days, free=st.integers(0, 9), capacity=st.just(9),
    ),
    max_size=8, unique_by=lambda one: one.key,
)  # fmt: skip
needs = st.builds(
    Need, category=st.sampled_from(["", "sanitation"]), skills=skills, place=codes, due_on=st.none() | days,
    wanted=st.integers(0, 5),
)  # fmt: skip


@given(needs, resources, st.randoms())
@settings(max_examples=150, deadline=None)
def test_the_order_of_the_rows_does_not_matter(need, rows, chance):
    ranked = rank(need, rows, WORDS)
    shuffled = chance.sample(rows, len(rows))
    assert rank(need, shuffled, WORDS) == ranked
    assert [one.points for one in ranked] == sorted((one.points for one in ranked), reverse=True)
    assert all(0 <= one.points <= sum(MOST.values()) for one in ranked)
    assert {one.resource.key for one in ranked} == {row.key for row in rows if fits(need, row)}


@given(needs, resources)
@settings(max_examples=100, deadline=None)
def test_a_resource_that_offers_more_is_never_worth_less(need, rows):
    for row in rows:
        before = explain(need, row, WORDS).points
        for more in (
            {"skills": row.skills | {"law"}}, {"free": row.free + 1}, {"place": need.place}, {"ends": date.max},
            {"category": need.category},
        ):  # fmt: skip
            assert explain(need, replace(row, **more), WORDS).points >= before


def test_a_thousand_are_ranked_in_a_moment():
    many = [replace(BEST, id=n, free=n % 5) for n in range(1000)]
    began = process_time()
    assert len(rank(NEED, many, WORDS)) == 800
    assert process_time() - began < 1  # some 30 ms by itself
