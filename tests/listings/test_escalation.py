"""Supervision (督办): one level at a time, in office hours, once a level; holidays are no days."""

from datetime import date, timedelta
from io import StringIO
from queue import Queue
from time import sleep

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection

from alliances.models import RuleSet
from assessments.todos import dotted
from assessments.workbench import todos_of
from listings import transitions as verbs
from listings.models import Item
from listings.notices import WRITERS
from listings.tasks import escalate_overdue
from members.models import Notice, Step
from members.notices import tell
from tests.cast import NOW, again, at
from tests.listings.conftest import DUE, item_on, term
from tests.listings.test_deadlines import ASKS, WAITS, fresh
from tests.listings.test_races import at_once


def levels(item, first, days):
    """The level on each of so many calendar days, the clock striking at midnight, ten, and six in the evening."""
    found = []
    for day in (first + timedelta(days=n) for n in range(days)):
        for hour in (0, 10, 18):
            verbs.escalate(at(day, hour))
        found.append(fresh(item).supervision)
    return found


def test_a_three_day_rule_does_not_fire_after_one_day_when_a_weekend_lies_between(cast, item, work):
    """Due on Thursday: the lead on Friday 28 June; then Saturday, Sunday, and the third working day is Wednesday."""
    term(item, date(2019, 6, 27), work)
    assert levels(item, date(2019, 6, 27), 13) == [0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3]
    assert levels(item, date(2019, 7, 10), 30) == [3] * 30


def test_holidays_do_not_count_and_make_up_days_do(cast, item, work):
    """Due on 30 September 2025: nothing stirs before 9 October; 11 October is a make-up Saturday."""
    term(item, date(2025, 9, 30), work)
    assert levels(item, date(2025, 9, 30), 16) == [0] * 9 + [1, 1, 1, 1, 2, 2, 2]
    steps = Step.objects.of(item).filter(verb="escalate")
    assert [str(step.at.date()) for step in steps] == ["2025-10-09", "2025-10-13"]


def test_a_region_sets_its_own_interval(cast, item, work):
    RuleSet.objects.create(region_id="150422", escalation_working_days=1)
    assert levels(item, DUE, 6) == [0, 0, 0, 1, 2, 3]


def test_a_clock_that_stood_still_skips_no_level(cast, item, work):
    assert levels(item, date(2020, 6, 1), 5) == [1, 1, 1, 2, 2]


def test_each_level_tells_whom_it_concerns(cast, item, work):
    heard = []
    for day in (date(2019, 7, 1), date(2019, 7, 4), date(2019, 7, 9)):
        assert verbs.escalate(at(day)) == 1
        Notice.objects.all().delete()
        tell(WRITERS, at(day))
        heard.append(set(Notice.objects.filter(text__contains="督办").values_list("user__username", flat=True)))
    assert heard[0] == {"dongshiqiao", "fulian"}
    assert heard[1] == heard[0] | {"lindong"}
    assert heard[2] == heard[1] | {"balinzuo"}


def test_who_waits_or_is_done_does_not_climb(cast, needs, item, work):
    other = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org)
    term(other, DUE, verbs.claim(other, cast.fulian_org, by=cast.fulian, at=NOW))
    verbs.pause(other, by=cast.fulian, at=NOW, **WAITS)
    verbs.finish(work, by=cast.fulian, at=NOW)
    assert verbs.escalate(at(date(2019, 7, 15))) == 0


def test_a_granted_extension_lifts_supervision_and_the_new_term_climbs_anew(cast, item, work):
    verbs.escalate(at(date(2019, 7, 1)))
    asked = verbs.ask_extension(fresh(item), cast.fulian_org, at=at(date(2019, 7, 2)), **ASKS)
    verbs.grant(asked, by=cast.dongshiqiao, at=at(date(2019, 7, 2)))
    assert (fresh(item).supervision, fresh(item).supervised_on) == (0, None)
    assert levels(item, ASKS["until"], 2) == [0, 1]


def test_task_and_command_take_the_same_step(cast, item, work):
    said = StringIO()
    call_command("escalate", "--as-of", "2019-07-01T08:59", stdout=said)
    assert "no office hours" in said.getvalue() and fresh(item).supervision == 0
    call_command("escalate", "--as-of", "2019-07-01", stdout=said)
    call_command("escalate", "--as-of", "2019-07-01T16:59", stdout=said)
    assert fresh(item).supervision == 1
    warned = StringIO()
    call_command("escalate", "--as-of", "2031-07-01T12:00", stdout=said, stderr=warned)
    assert "2031" in warned.getvalue()
    assert escalate_overdue() in (0, 1)


def test_the_level_is_shown_filtered_and_waits_on_the_right_work_benches(cast, item, work, browse):
    for day in (date(2019, 7, 1), date(2019, 7, 4)):
        verbs.escalate(at(day))
    assert "上级党组织督办" in browse("fulian").get(item.get_absolute_url()).content.decode()
    assert item.title in browse("lindong").get("/items/?due=supervised").content.decode()
    assert item.title not in browse("nanyang").get("/items/?due=supervised").content.decode()
    waits = {
        name
        for name in ("dongshiqiao", "lindong", "fulian", "balinzuo", "chifeng", "nanyang")
        if any(todo.verb == "去督办" for todo in todos_of(again(getattr(cast, name)), date(2019, 7, 5))[0])
    }
    assert waits == {"dongshiqiao", "lindong"}
    watched = [todo for todo in todos_of(again(cast.balinzuo), date(2019, 7, 5))[0] if todo.title == item.title]
    assert [todo.about for todo in watched] == [dotted("期限", item.number, cast.alliance)]


def test_an_extension_waits_on_the_work_bench_of_who_may_answer(cast, item, work):
    verbs.ask_extension(item, cast.fulian_org, by=cast.fulian, at=NOW, **ASKS)
    waits = {
        name
        for name in ("dongshiqiao", "lindong", "fulian", "chifeng", "nanyang")
        if any(todo.verb == "去答复" for todo in todos_of(again(getattr(cast, name)), NOW.date())[0])
    }
    assert waits == {"dongshiqiao", "lindong"}


@pytest.fixture
def many(cast, needs):
    """Eighty open items that are overdue."""
    words = {
        "listing": needs, "alliance": cast.alliance, "region_id": cast.alliance.region_id, "kind": needs.kind,
        "asked_by": cast.dongshiqiao_org, "collected_on": DUE, "state": "open", "due_on": DUE,
    }  # fmt: skip
    return Item.objects.bulk_create([Item(title=f"事项 {n}", **words) for n in range(80)])


def once_each(cast, many, moment):
    """Every item has climbed one level, remembers it once, and was told of once."""
    tell(WRITERS, moment)
    climbed = Step.objects.filter(verb="escalate").values_list("thing_id", flat=True)
    assert sorted(climbed) == sorted(item.pk for item in many)
    assert set(Item.objects.values_list("supervision", flat=True)) == {1}
    assert Notice.objects.filter(user=cast.dongshiqiao, text__contains="督办").count() == len(many)


@pytest.mark.django_db(transaction=True)
def test_clocks_that_strike_at_once_climb_once(cast, many):
    moment = at(date(2019, 7, 1))
    assert sum(at_once(*[lambda: verbs.escalate(moment)] * 4)) == len(many)
    once_each(cast, many, moment)


@pytest.mark.django_db(transaction=True)
def test_a_clock_whose_session_is_killed_in_the_middle_loses_and_doubles_nothing(cast, many):
    moment, session = at(date(2019, 7, 1)), Queue()

    def strikes():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            session.put(cursor.fetchone()[0])
        verbs.escalate(moment)

    def kills():
        pid = session.get(timeout=60)
        while Step.objects.filter(verb="escalate").count() < 3:
            sleep(0.002)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])

    struck, _killed = at_once(strikes, kills)
    assert isinstance(struck, OperationalError | InterfaceError), struck
    assert 3 <= Step.objects.filter(verb="escalate").count() < len(many)
    verbs.escalate(moment)
    once_each(cast, many, moment)
