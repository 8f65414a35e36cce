"""Two at the same moment: a founding is approved once, a list signed once by each, an invitation accepted once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from alliances import transitions as together
from alliances.models import Alliance, Membership
from assessments import approvals
from listings import transitions as verbs
from listings.models import Listing
from members.models import Approval, Step
from members.states import Refused
from members.transitions import propose
from tests.cast import NOW, join, people
from tests.listings.conftest import item_on, list_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowd():
    return people()


def at_once(*deeds):
    """Each deed in its own thread and connection, all let go together: ``done`` or the refusal's code."""
    gate = Barrier(len(deeds))

    def run(deed):
        try:
            gate.wait(10)
            deed()
            return "done"
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return sorted(threads.map(run, deeds))


def test_two_superiors_approve_one_founding(crowd):
    made = together.found(
        name="联合体", region=crowd.dongshiqiao_org.region, form="league", formation="non_established",
        lead=crowd.dongshiqiao_org, supervising=crowd.town_org, purpose="一家办不成", by=crowd.dongshiqiao, at=NOW,
    )  # fmt: skip
    join(made, crowd.fulian_org)
    together.submit(made, by=crowd.dongshiqiao, at=NOW)
    told = at_once(*[
        lambda who=who: together.approve(Alliance.objects.get(pk=made.pk), by=who, at=NOW)
        for who in (crowd.chifeng, crowd.balinzuo, crowd.lindong)
    ])  # fmt: skip
    assert told == ["done", "move_refused", "move_refused"]
    assert Step.objects.of(made).filter(verb="approve").count() == 1


def test_two_second_persons_approve_one_proposal(crowd):
    pending = propose(
        "alliances.reward", crowd.alliance, by=crowd.balinzuo, at=NOW, reason="好", region_id=crowd.alliance.region_id,
        arguments={"what": "经费"},
    )  # fmt: skip
    told = at_once(*[
        lambda who=who: approvals.approve(Approval.objects.get(pk=pending.pk), by=who, at=NOW)
        for who in (crowd.chifeng, crowd.chifeng2)
    ])  # fmt: skip
    assert told == ["done", "move_refused"]
    assert crowd.alliance.rewards.count() == 1


def test_one_organisation_signs_twice_and_the_last_two_sign_together(crowd):
    listing = list_of(crowd.alliance, crowd.dongshiqiao)
    item_on(listing, crowd.dongshiqiao, crowd.dongshiqiao_org)
    told = at_once(*[
        lambda: verbs.sign(Listing.objects.get(pk=listing.pk), crowd.dongshiqiao_org, by=crowd.dongshiqiao, at=NOW)
        for _ in range(3)
    ])  # fmt: skip
    assert told == ["already_signed", "already_signed", "done"]
    at_once(*[
        lambda: verbs.sign(Listing.objects.get(pk=listing.pk), crowd.fulian_org, by=crowd.fulian, at=NOW) for _ in range(2)  # noqa: E501
    ])  # fmt: skip
    listing.refresh_from_db()
    assert (listing.state, listing.signatures.count()) == ("signed", 2)


def test_one_invitation_is_accepted_once(crowd):
    invited = together.invite(crowd.alliance, crowd.lushan_org, by=crowd.dongshiqiao, at=NOW)
    told = at_once(*[
        lambda: together.accept(Membership.objects.get(pk=invited.pk), by=crowd.lushan, at=NOW) for _ in range(3)
    ])  # fmt: skip
    assert told == ["done", "move_refused", "move_refused"]


def test_a_member_votes_once_whatever_happens_at_once_and_the_last_two_decide_once(crowd):
    newcomer = together.apply(crowd.alliance, crowd.lushan_org, by=crowd.lushan, at=NOW)
    at_once(*[
        lambda who=who: together.vote_on(
            Membership.objects.get(pk=newcomer.pk), getattr(crowd, f"{who}_org"), agrees=True,
            by=getattr(crowd, who), at=NOW,
        )
        for who in ("dongshiqiao", "fulian", "dongshiqiao", "fulian")
    ])  # fmt: skip
    newcomer.refresh_from_db()
    assert (newcomer.state, newcomer.voices.count()) == ("accepted", 2)
    assert Step.objects.of(newcomer).filter(verb="admit").count() == 1


def test_two_invite_the_same_organisation(crowd):
    told = at_once(*[
        lambda: together.invite(Alliance.objects.get(pk=crowd.alliance.pk), crowd.lushan_org, by=crowd.dongshiqiao, at=NOW)  # noqa: E501
        for _ in range(2)
    ])  # fmt: skip
    assert told == ["already_invited", "done"]


def test_claims_and_the_end_of_the_alliance_do_not_lock_each_other(crowd):
    listing = list_of(crowd.alliance, crowd.dongshiqiao)
    items = [item_on(listing, crowd.dongshiqiao, crowd.dongshiqiao_org, title=f"事项{n}") for n in range(4)]
    claims = [lambda item=item: verbs.claim(item, crowd.fulian_org, by=crowd.fulian, at=NOW) for item in items]
    end = [
        lambda: verbs.close_down(Alliance.objects.get(pk=crowd.alliance.pk), by=crowd.balinzuo, at=NOW, reason="撤销")
    ]
    told = at_once(*claims, *end)
    assert set(told) <= {"done", "not_member", "not_open"}
    assert not crowd.alliance.items.filter(state__in=("open", "claimed", "in_hand")).exists()
