"""The rules as a table: just below, at, and just above each threshold; what has no value meets nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from alliances.measures import Period
from alliances.models import Alliance
from assessments import judging, reviews
from assessments.gauges import GAUGES, SIGNED, columns_of, quarter_before, share, whole_months, year_before
from assessments.judging import light_of
from assessments.models import Proposal, ReviewRule
from assessments.rehearsals import tried
from assessments.rules import DEFAULTS, rules_in
from assessments.thresholds import amended, change, mark_of, propose_change
from listings.models import Claim, Extension, Item, Pause
from members.lifecycle import note
from members.models import Region
from members.states import Refused
from tests.assessments.facts import AFTER, QUARTER_END, listing, many_alliances, problem, session
from tests.cast import at

STEPS = {"lt": (-1,), "lte": (-1, 0), "gte": (0, 1), "eq": (0,)}
"""On which side of its threshold (in steps of a ten-thousandth) a comparison holds."""


def suggest(rules, values):
    """What the rules suggest for one alliance with these figures."""
    return judging.suggest(rules, {key: {1: value} for key, value in values.items()}, [1]).get(1, {})


def met(rule):
    """Values that meet every condition of the rule, from the thresholds themselves."""
    values = dict.fromkeys(GAUGES)
    for condition in rule["conditions"]:
        values[condition["metric"]] = beside(condition, STEPS[condition["comparison"]][0])
    return values


def beside(condition, steps):
    return round(float(condition["threshold"]) + steps / 10_000, 4)


@pytest.mark.parametrize("rule", DEFAULTS, ids=lambda rule: rule["word"])
def test_a_rule_is_hit_exactly_on_the_right_side_of_each_of_its_thresholds(rule):
    for condition in rule["conditions"]:
        for steps in (-1, 0, 1):
            values = met(rule) | {condition["metric"]: beside(condition, steps)}
            wanted = steps in STEPS[condition["comparison"]]
            assert bool(suggest([rule], values)) is wanted, (rule["word"], condition, steps)


@pytest.mark.parametrize("rule", DEFAULTS, ids=lambda rule: rule["word"])
def test_what_has_no_value_meets_no_condition(rule):
    assert suggest([rule], dict.fromkeys(GAUGES)) == {}
    for condition in rule["conditions"]:
        assert suggest([rule], met(rule) | {condition["metric"]: None}) == {}


def test_of_all_defaults_at_once_only_the_gravest_warning_is_suggested():
    values = dict.fromkeys(GAUGES) | {"organizations_covered": 1, "activities_held": 0, "items_claimed": 0,
                                      "problems_solved": 0, "months_idle": 9}  # fmt: skip
    assert list(suggest(list(DEFAULTS), values)) == ["dissolve"]
    assert list(suggest(list(DEFAULTS), values | {"items_claimed": 1, "months_idle": 1})) == ["merge"]


@pytest.mark.parametrize(
    ("kinds", "newcomer", "rectifying", "light"),
    [
        ((), False, False, "green"),
        (("reward",), False, False, "green"),
        (("observe",), False, False, "amber"),
        (("rectify",), False, False, "red"),
        (("merge",), False, False, "red"),
        (("dissolve",), False, False, "red"),
        ((), True, False, "none"),
        ((), False, True, "red"),
    ],
)
def test_the_light_says_the_gravest_of_what_was_found(kinds, newcomer, rectifying, light):
    assert light_of(kinds, newcomer, rectifying) == light


@pytest.mark.parametrize(
    ("since", "day", "months"),
    [
        (date(2019, 3, 31), date(2019, 6, 30), 3),
        (date(2019, 3, 31), date(2019, 6, 29), 2),
        (date(2019, 3, 30), date(2019, 6, 30), 3),
        (date(2018, 12, 31), date(2019, 2, 28), 2),
        (date(2019, 6, 30), date(2019, 6, 30), 0),
        (None, date(2019, 6, 30), None),
    ],
)
def test_months_are_counted_whole(since, day, months):
    assert whole_months(since, day) == months


@pytest.mark.parametrize(
    ("first", "last", "before", "year"),
    [
        (date(2019, 4, 1), date(2019, 6, 30), (date(2019, 1, 1), date(2019, 3, 31)), date(2018, 6, 30)),
        (date(2019, 4, 1), date(2019, 5, 10), (date(2019, 1, 1), date(2019, 2, 9)), date(2018, 5, 10)),
        (date(2020, 1, 1), date(2020, 2, 29), (date(2019, 10, 1), date(2019, 11, 29)), date(2019, 2, 28)),
    ],
)
def test_growth_compares_as_many_days(first, last, before, year):
    period = Period(first, last)
    assert quarter_before(period).days == before
    assert year_before(period).last == year


def test_growth_of_nothing_is_no_growth():
    assert share(5, 0) is None
    assert share(-3, 4) == -0.75
    assert share(1, 3) == 0.3333
    assert (share(1, 20_000), share(-1, 20_000), share(1, 20_001)) == (0.0001, -0.0001, 0)


def measured(alliance, day=QUARTER_END):
    period = Period.quarter_of(day).until(day)
    return {key: column.get(alliance.pk) for key, column in columns_of([alliance], period).items()}


def in_hand(of, due_on, claimed_on=date(2019, 5, 6)):
    made = Item.objects.create(
        listing=listing(of, kind="supply_demand"), alliance=of, region_id=of.region_id, kind="supply_demand",
        title="路灯", state="in_hand", asked_by=of.lead, collected_on=claimed_on, first_claimed_on=claimed_on,
        due_on=due_on,
    )  # fmt: skip
    note(made, "claim", at=at(claimed_on), to_state="claimed")
    return made


@pytest.mark.django_db
def test_what_is_late_is_late_by_the_term_as_it_stood_on_that_day(cast):
    late, today, extended, paused, since = (
        in_hand(cast.alliance, due_on)
        for due_on in (date(2019, 6, 1), QUARTER_END, date(2019, 8, 1), None, date(2019, 9, 1))
    )
    words = {"item": extended, "organization": cast.fulian_org, "reason": "。", "state": "granted"}
    Extension.objects.create(
        due_on=date(2019, 6, 1), until=date(2019, 8, 1), asked_at=AFTER, decided_at=AFTER, **words
    )
    words = {"waits_for": "供电", "reason": "。", "days_left": 3}
    Pause.objects.create(item=paused, due_on=date(2019, 6, 1), paused_at=at(date(2019, 5, 30)), **words)
    Pause.objects.create(item=since, due_on=date(2019, 6, 2), paused_at=AFTER, ended_at=AFTER, **words)
    done = in_hand(cast.alliance, date(2019, 6, 1))
    note(done, "finish", at=at(date(2019, 6, 2)), to_state="done")
    values = measured(cast.alliance)
    assert (values["items_in_hand"], values["items_overdue"], values["overdue_rate"]) == (5, 3, 0.6)
    assert {late, today} <= set(Item.objects.all())
    assert not Claim.objects.exists()


@pytest.mark.django_db
def test_growth_stands_beside_the_quarter_and_the_year_before_and_not_for_who_did_not_run_then(cast):
    Alliance.objects.update(activated_on=date(2018, 1, 1))
    alliance = Alliance.objects.get(pk=cast.alliance.pk)
    for day, count in ((date(2019, 2, 1), 4), (date(2018, 5, 1), 1), (date(2019, 5, 1), 3)):
        for _ in range(count):
            problem(alliance, day, day)
    values = measured(alliance)
    assert (values["problems_solved_on_quarter"], values["problems_solved_on_year"]) == (-0.25, 2.0)
    assert values["items_claimed_on_quarter"] is None  # nothing was claimed before
    alliance.activated_on = date(2019, 1, 2)
    assert measured(alliance)["problems_solved_on_quarter"] is None


@pytest.mark.django_db
def test_who_has_never_met_is_idle_since_it_runs_and_a_late_record_counts_once_confirmed(cast):
    assert measured(cast.alliance)["months_idle"] == 3
    assert measured(cast.alliance, date(2019, 5, 31))["months_idle"] == 2
    session(cast.alliance, date(2019, 4, 30))
    assert measured(cast.alliance)["months_idle"] == 2
    cast.alliance.activities.get().sessions.update(late=True, recorded_at=AFTER)
    assert measured(cast.alliance)["months_idle"] == 3


@pytest.mark.django_db
def test_the_measures_of_a_batch_ask_as_often_for_many_alliances_as_for_one(cast, django_assert_num_queries):
    period = Period.quarter_of(QUARTER_END)
    some = [cast.alliance]
    columns_of(some, period)
    with django_assert_num_queries(17):
        columns_of(some, period)
    some += many_alliances(cast, 4)
    with django_assert_num_queries(17):
        columns_of(some, period)


RULE = {"word": "五个月没有活动", "kind": "observe", "active": True,
        "conditions": [{"metric": "months_idle", "comparison": "gte", "threshold": "5"}]}  # fmt: skip


@pytest.mark.django_db
def test_a_region_adds_changes_and_switches_off_rules_and_a_run_follows_them(cast):
    region = Region.objects.get(pk="150422")
    added = amended(rules_in("150422"), RULE, None, "")
    change(region, by=cast.chifeng, at=AFTER, reason="。", rules=added)
    assert [rule["word"] for rule in rules_in("150422404002")][-1] == "五个月没有活动"
    place = len(added) - 1
    standing = rules_in("150422")
    lower = RULE | {"conditions": [RULE["conditions"][0] | {"threshold": "3"}]}
    with pytest.raises(Refused):
        amended(standing, lower, place, "another mark")
    off = [rule | {"active": False} for rule in amended(standing, lower, place, mark_of(standing[place]))[:-1]]
    change(region, by=cast.chifeng, at=AFTER, reason="。", rules=[*off, lower])
    reviews.run(QUARTER_END)
    assert Proposal.objects.get(alliance=cast.alliance).words == ["五个月没有活动"]
    assert ReviewRule.objects.filter(region=region, active=True).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"conditions": [{"metric": "log_ins", "comparison": "gte", "threshold": "1"}]},
        {"conditions": [{"metric": "months_idle", "comparison": "gt", "threshold": "1"}]},
        {"kind": "expel"},
        {"word": "长" * 41},
    ],
)
def test_no_rule_of_what_nobody_measures(cast, wrong):
    with pytest.raises(ValidationError):
        change(Region.objects.get(pk="1504"), by=cast.chifeng, at=AFTER, reason="。", rules=[RULE | wrong])


@pytest.mark.django_db
def test_two_rules_of_one_word_are_not_proposed(cast):
    with pytest.raises(ValidationError):
        propose_change(Region.objects.get(pk="1504"), [RULE, RULE], by=cast.chifeng, at=AFTER, reason="。")


@pytest.mark.django_db
def test_a_changed_rule_is_tried_on_the_last_quarter_and_only_in_its_own_region(cast):
    assert tried("1504", [RULE]) is None
    reviews.run(QUARTER_END)
    before = Proposal.objects.count()
    trial = tried("1504", [*rules_in("1504"), RULE | {"kind": "reward", "conditions": [
        {"metric": "months_idle", "comparison": "gte", "threshold": "3"}]}])  # fmt: skip
    assert [(one.alliance, set(one.before), set(one.after)) for one in trial.changes] == [
        (cast.alliance, {"rectify"}, {"rectify", "reward"})
    ]
    assert trial.reviewed == 1
    assert Proposal.objects.count() == before


def test_only_growth_may_lie_below_zero():
    assert {key for key in GAUGES if "_on_" in key} == SIGNED
