"""Nothing is solved without a confirmation by somebody else than the claimant: over the tables, the code, the verbs."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from listings import transitions as verbs
from listings.models import Dispute, Item
from members.models import Step
from members.scope import Rights
from tests import cast as people
from tests.listings.test_line_machine import Line, branch

MOVES_ITEM = re.compile(r"(moving|go)\(.*\bItem\.State\.CONFIRMED", re.DOTALL)
SOLVED = {"confirmed", "closed"}
VERBS = Path(verbs.__file__).parent


def reached(moves, start, without):
    """Every state to which the table leads, never passing the one that is taken out."""
    seen, todo = set(), [start]
    while todo:
        state = todo.pop()
        if state not in seen and state != without:
            seen.add(state)
            todo += moves.get(state, ())
    return seen


@pytest.mark.parametrize("start", sorted(set(Item.State.values) - SOLVED))
def test_the_table_leads_to_solved_only_through_confirmed(start):
    assert reached(Item.MOVES, start, without="confirmed") & SOLVED == set()
    assert {s for s, to in Item.MOVES.items() if "confirmed" in to} == {"done", "linked"}


def test_one_function_confirms_and_both_ways_to_it_ask_first_who_claimed():
    """``moving(…, Item.State.CONFIRMED)`` stands in ``_confirm`` alone; who calls it has looked at the claimants."""
    calls, asks = {}, {}
    for path in VERBS.glob("*.py"):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                text = {ast.unparse(n) for n in ast.walk(function) if isinstance(n, ast.Call)}
                called = {t.split("(")[0] for t in text}
                calls[function.name], asks[function.name] = called, text
    to_confirmed = [n for n, text in asks.items() if any(MOVES_ITEM.match(call) for call in text)]
    assert to_confirmed == ["_confirm"]
    assert {n for n, called in calls.items() if "_confirm" in called} == {"_confirm_all"}
    ways = {n for n, called in calls.items() if "_confirm_all" in called}
    assert ways == {"confirm", "confirm_for"}
    assert all("_never_the_claimant" in calls[way] for way in ways)


class Loop(Line):
    """The line, and what may go wrong after it: the asker is one of the branches and may claim as well; the street
    forces releases and rules, the department corrects, the trouble comes back."""

    @initialize(capacity=st.integers(1, 3))
    def an_open_item(self, capacity):
        super().an_open_item(capacity)
        self.branches[0] = self.cast.dongshiqiao_org
        self.again = []

    def fresh(self):
        return Item.objects.get(pk=self.item.pk)

    def speak(self, verb, *args, **words):
        try:
            return super().speak(verb, *args, **words)
        except PermissionDenied:
            return "denied"

    @precondition(lambda self: Item.objects.filter(pk=self.item.pk, state="done").exists())
    @rule()
    def the_asker_confirms(self):
        self.speak(verbs.confirm, self.item, by=self.cast.dongshiqiao, satisfaction="mostly")

    @rule(number=branch)
    def a_branch_confirms(self, number):
        claimant = people.again(self.cast.fulian)
        claimant.rights = Rights(organizations=frozenset([self.branches[number].pk]))
        self.speak(verbs.confirm, self.fresh(), by=claimant)

    @rule()
    def the_asker_sends_back(self):
        self.speak(verbs.send_back, self.fresh(), by=self.cast.dongshiqiao, reason="还在返水")

    @rule(number=branch, alone=st.booleans())
    def force_release(self, number, alone):
        if claim := self.own(number, "claimed", "in_hand", "finished"):
            begun = claim.state != "claimed"
            said = self.speak(verbs.force_release, claim, by=self.cast.lindong, reason="长期不办", before_start=alone)
            assert said != "done" or not (alone and begun)

    @rule(number=branch)
    def dispute(self, number):
        self.speak(verbs.dispute, self.fresh(), self.branches[number], reason="说法不一")

    @rule(ruling=st.sampled_from([verbs.rule_done, verbs.rule_back, verbs.rule_out]))
    def the_street_rules(self, ruling):
        if case := Dispute.objects.open().filter(item=self.item).first():
            self.speak(ruling, case, by=self.cast.lindong, reason="现场看过")

    @rule()
    def the_street_confirms_for_the_asker(self):
        self.speak(verbs.confirm_for, self.fresh(), by=self.cast.lindong, reason="逾期未答复")

    @rule()
    def the_department_corrects(self):
        self.speak(verbs.correct, self.fresh(), by=self.cast.chifeng, reason="现场仍在返水")

    @rule()
    def the_trouble_is_back(self):
        if self.speak(verbs.reopen, self.fresh(), by=self.cast.dongshiqiao, reason="又堵了") == "done":
            self.again.append(self.item.reopened.latest("pk").pk)

    @rule(days=st.integers(10, 30))
    def much_time_goes_by(self, days):
        self.now += timedelta(days=days)
        verbs.close_confirmed(self.now.date())

    @invariant()
    def whoever_confirmed_had_no_part_in_the_work(self):
        names = set(Step.objects.of(self.item).filter(to_state="confirmed").values_list("by__username", flat=True))
        assert names <= {"dongshiqiao", "lindong", "fulian"}
        if self.fresh().state in SOLVED:
            said = Step.objects.of(self.item).filter(to_state="confirmed").last()
            held = set(self.item.claims.filter(state="confirmed").values_list("organization", flat=True))
            assert held and not held & said.by.rights.organizations
            assert self.item.asked_by_id not in held

    @invariant()
    def the_day_of_the_confirmation_stands_only_where_it_holds(self):
        item = self.fresh()
        assert (item.confirmed_on is not None) == (item.state in SOLVED)

    @invariant()
    def nothing_is_open_about_what_is_settled(self):
        if self.fresh().state in {*SOLVED, "open"}:
            assert not self.item.disputes.filter(state__in=("open", "ruled_done")).exists()

    @invariant()
    def one_reopening_at_a_time(self):
        assert Item.objects.filter(reopens=self.item, state="collected").count() <= 1


@pytest.mark.django_db
def test_whatever_goes_wrong_nothing_is_solved_without_its_asker():
    quiet = settings(max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Loop, settings=quiet)
