"""Whatever happens in whatever order: never more organisations at work or offered a place than an item wants."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from listings import transitions as verbs
from listings.models import Claim, Item
from members.states import Refused
from tests import cast as people
from tests.listings.conftest import item_on, list_of

BRANCHES = 6
branch = st.integers(0, BRANCHES - 1)
role = st.sampled_from([None, "lead", "assist"])


class Line(RuleBasedStateMachine):
    """An item of one to three places and six branches that claim, wait, give up, accept, finish; time goes by."""

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(capacity=st.integers(1, 3))
    def an_open_item(self, capacity):
        self.cast, self.now = people.people(), people.NOW
        needs = list_of(self.cast.alliance, self.cast.dongshiqiao)
        self.item = item_on(needs, self.cast.dongshiqiao, self.cast.dongshiqiao_org, capacity=capacity)
        self.branches = [people.organization(f"第{n}党支部", "150422404") for n in range(BRANCHES)]
        for each in self.branches:
            people.join(self.cast.alliance, each)

    def speak(self, verb, *args, **words):
        try:
            verb(*args, at=self.now, **words)
        except Refused as refused:
            return refused.code
        return "done"

    def own(self, number, *states):
        return Claim.objects.filter(organization=self.branches[number], state__in=states).first()

    @rule(number=branch, wanted=role, wait=st.booleans())
    def claim(self, number, wanted, wait):
        said = self.speak(verbs.claim, self.item, self.branches[number], role=wanted, wait=wait)
        assert not (wait and said == "full"), "who is ready to wait is never sent away"

    @rule(number=branch)
    def accept(self, number):
        if claim := self.own(number, "offered"):
            self.speak(verbs.accept, claim)

    @rule(number=branch)
    def decline(self, number):
        if claim := self.own(number, "offered", "waiting"):
            assert self.speak(verbs.decline, claim) == "done"

    @rule(number=branch)
    def release(self, number):
        if claim := self.own(number, "claimed", "in_hand"):
            assert self.speak(verbs.release, claim, reason="另有任务") == "done"

    @rule(number=branch)
    def finish(self, number):
        if claim := self.own(number, "claimed", "in_hand"):
            assert self.speak(verbs.finish, claim) == "done"

    @rule(days=st.integers(1, 4))
    def time_goes_by(self, days):
        self.now += timedelta(days=days)
        verbs.lapse_offers(self.now)

    @precondition(lambda self: Item.objects.filter(pk=self.item.pk, state="done").exists())
    @rule()
    def the_asker_confirms(self):
        assert self.speak(verbs.confirm, self.item, by=self.cast.dongshiqiao) == "done"

    @invariant()
    def never_one_too_many(self):
        held = list(self.item.claims.holding().values_list("slot", "role"))
        assert len(held) <= self.item.capacity
        assert sorted(slot for slot, _role in held) == sorted({slot for slot, _role in held})
        assert [role for _slot, role in held].count("lead") <= 1

    @invariant()
    def nobody_waits_beside_a_place_that_suits(self):
        state = Item.objects.values_list("state", flat=True).get(pk=self.item.pk)
        waits = self.item.claims.waiting().filter(role="").exists()
        if state in ("open", "claimed", "in_hand"):
            assert not waits or self.item.claims.holding().count() == self.item.capacity
        if state in ("confirmed", "closed"):
            assert not self.item.claims.filter(state__in=("waiting", "offered")).exists()

    @invariant()
    def the_item_stands_where_its_claims_put_it(self):
        state = Item.objects.values_list("state", flat=True).get(pk=self.item.pk)
        held = set(self.item.claims.holding().values_list("state", flat=True))
        if state == "open":
            assert not held - {"offered"}
        if state == "done":
            assert held == {"finished"}


@pytest.mark.django_db
def test_the_line_holds_whatever_happens():
    quiet = settings(max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Line, settings=quiet)
