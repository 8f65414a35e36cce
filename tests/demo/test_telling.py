"""The same seed tells the same story; chance is skewed but keeps its sums."""

from datetime import date
from random import Random

import pytest

from alliances.models import Alliance
from config.demo.chance import allot
from config.demo.ledger import Digest, Ledger
from config.demo.places import Places, short
from config.demo.telling import CUT, REACHED, Telling, exactly
from listings.models import Item

TODAY = date(2026, 11, 23)


def told(seed, today=TODAY):
    """The fingerprint of everything that the story of the reported alliances writes."""
    digest = Digest()
    Telling(Ledger(digest), "cases", seed, today).tell()
    return digest.hexdigest()


@pytest.mark.django_db
def test_the_same_seed_and_day_tell_the_same_story_and_others_another():
    first = told(1)
    assert told(1) == first
    assert told(2) != first
    assert told(1, date(2026, 11, 24)) != first


def test_what_is_allotted_sums_to_the_whole():
    assert allot(10, [1, 1, 1]) == [4, 3, 3]
    assert sum(allot(230_000, [Random(1).random() for _ in range(999)])) == 230_000
    assert min(allot(100, [0, 0, 5], least=3)) == 3
    with pytest.raises(ValueError, match="cannot be allotted"):
        allot(5, [1, 1], least=3)


def test_confirmed_items_answer_as_many_problems_as_the_reports_say():
    answered = exactly(Random(1), 3_480, 11_484)
    assert sum(answered) == 11_484
    assert min(answered) >= 1
    assert sum(answered) / len(answered) == pytest.approx(3.3)


@pytest.mark.parametrize(
    ("registered", "said"),
    [
        ("东石桥社区居委会", "东石桥社区"),
        ("临潢路居民委员会", "临潢路社区"),
        ("敖包后村民委员会", "敖包后村"),
        ("和布特哈达村委会", "和布特哈达村"),
        ("巴彦汗嘎查委员会", "巴彦汗嘎查"),
        ("美林镇", "美林镇"),
    ],
)
def test_places_are_called_as_people_call_them(registered, said):
    assert short(registered) == said


def test_the_register_s_imaginary_places_have_no_organisation():
    places = Places()
    assert not any("虚拟" in places.names[code] for code in places.communities("1504"))


class Kept:
    """A writer that remembers what had happened in Chifeng by the end of April 2019."""

    def __init__(self):
        self.items, self.founded = set(), []

    def __call__(self, model, columns):
        if model is Item:
            rows = zip(columns["id"], columns["title"], columns["collected_on"], columns["confirmed_on"], strict=True)
            self.items |= {row for row in rows if row[3] and row[3] <= CUT}
        if model is Alliance:
            rows = zip(columns["activated_on"], columns["region_id"], strict=True)
            self.founded += [day for day, region in rows if region.startswith("1504")]


@pytest.mark.slow
@pytest.mark.django_db
def test_the_larger_scale_contains_the_smaller_and_goes_on_to_the_totals_of_2021():
    small, large = Kept(), Kept()
    Telling(Ledger(small), "chifeng-2019", 1, TODAY).tell()
    Telling(Ledger(large), "chifeng-2021", 1, TODAY).tell()
    assert small.items == large.items
    assert sum(day <= CUT for day in large.founded) == sum(day <= CUT for day in small.founded) == 588
    assert sum(day <= REACHED for day in large.founded) == 5_122
