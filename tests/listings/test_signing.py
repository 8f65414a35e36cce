"""Signing: the lead first, then the others, or silence; a signed list is frozen."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from alliances.models import RuleSet
from listings import tasks
from listings import transitions as verbs
from listings.models import Listing
from listings.transitions.listing import half_year_of
from members.models import Step
from members.states import Refused
from tests.cast import NOW, at, join
from tests.listings.conftest import item_on, list_of


def refusal(verb, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        verb(*args, at=NOW, **kwargs)
    return refused.value.code


def test_the_lead_signs_first_and_the_last_member_makes_it_signed(cast, item):
    listing = item.listing
    assert refusal(verbs.sign, listing, cast.fulian_org) == "lead_first"
    verbs.sign(listing, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
    assert (listing.state, listing.lead_signed_on, listing.signed_on) == ("signing", NOW.date(), None)
    assert refusal(verbs.sign, listing, cast.dongshiqiao_org) == "already_signed"
    verbs.sign(listing, cast.fulian_org, by=cast.fulian, at=at(date(2019, 6, 5)))
    assert (listing.state, listing.signed_on) == ("signed", date(2019, 6, 5))


def test_a_lead_without_other_members_signs_alone(cast):
    listing = list_of(cast.nanyang_alliance, cast.dongguan)
    item_on(listing, cast.dongguan, cast.dongguan_org)
    verbs.sign(listing, cast.dongguan_org, by=cast.dongguan, at=NOW)
    assert listing.state == "signed"


def test_only_members_sign(cast, item):
    verbs.sign(item.listing, cast.dongshiqiao_org, at=NOW)
    assert refusal(verbs.sign, item.listing, cast.lushan_org) == "not_member"


def test_an_empty_list_is_not_signed(cast, needs):
    assert refusal(verbs.sign, needs, cast.dongshiqiao_org) == "empty"


def test_a_signed_list_is_signed_once(cast, item):
    for org in (cast.dongshiqiao_org, cast.fulian_org):
        verbs.sign(item.listing, org, at=NOW)
    join(cast.alliance, cast.lushan_org)
    assert refusal(verbs.sign, item.listing, cast.lushan_org) == "move_refused"


def test_silence_signs_on_the_day_the_term_ran_out_however_late_the_clock_looks(cast, item):
    listing = item.listing
    verbs.sign(listing, cast.dongshiqiao_org, at=NOW)
    assert verbs.complete_silent_signatures(date(2019, 6, 12)) == 0
    assert verbs.complete_silent_signatures(date(2019, 7, 1)) == 1
    listing.refresh_from_db()
    assert (listing.state, listing.signed_on) == ("signed", date(2019, 6, 13))
    silent = listing.signatures.get(organization=cast.fulian_org)
    assert (silent.silent, silent.signed_on) == (True, date(2019, 6, 13))
    assert verbs.complete_silent_signatures(date(2019, 7, 1)) == 0


def test_a_region_has_a_silence_term_of_its_own(cast, item):
    RuleSet.objects.create(region_id="150422", silence_days=3)
    verbs.sign(item.listing, cast.dongshiqiao_org, at=NOW)
    assert verbs.complete_silent_signatures(date(2019, 6, 6)) == 1


def test_the_task_and_its_twin_command_take_the_same_step(cast, item, problem, capsys):
    for listing in (item.listing, problem.listing):
        verbs.sign(listing, cast.dongshiqiao_org, at=NOW)
    call_command("complete_signatures", "--as-of", "2019-06-13")
    assert "2 lists signed" in capsys.readouterr().out
    steps = Step.objects.filter(verb="sign_in_silence")
    assert {(step.from_state, step.to_state, step.by) for step in steps} == {("signing", "signed", None)}
    assert tasks.complete_signatures() == 0
    assert tasks.close_items() == 0


def test_a_signed_list_is_frozen_and_later_needs_join_as_addenda_that_the_lead_opens(cast, item, client):
    listing = item.listing
    draft = item_on(listing, cast.dongshiqiao, cast.fulian_org, title="旧事项", opened=False)
    for org in (cast.dongshiqiao_org, cast.fulian_org):
        verbs.sign(listing, org, at=NOW)
    assert refusal(verbs.amend, draft, title="新名") == "frozen"
    later = item_on(listing, cast.fulian, cast.fulian_org, title="后来的需求", opened=False)
    assert (item.addendum, later.addendum) == (False, True)
    verbs.amend(later, title="后来的需求（补）", at=NOW)
    manager = type(later).objects
    assert later in manager.openable_by(cast.dongshiqiao)
    assert later not in manager.openable_by(cast.lindong)
    assert draft in manager.openable_by(cast.lindong)


def test_a_new_version_takes_over_the_items_and_is_signed_anew(cast, item):
    listing = item.listing
    for org in (cast.dongshiqiao_org, cast.fulian_org):
        verbs.sign(listing, org, at=NOW)
    newer = verbs.revise(listing, by=cast.dongshiqiao, at=NOW)
    item.refresh_from_db()
    assert (listing.state, newer.state, newer.version, newer.previous) == ("superseded", "draft", 2, listing)
    assert item.listing == newer
    assert Listing.objects.get(pk=listing.pk).signed_on == NOW.date()


def test_one_list_of_a_kind_a_period(cast, needs):
    again = {"kind": "supply_demand", "period_from": date(2019, 6, 1), "period_to": date(2019, 8, 31)}
    assert refusal(verbs.draw_up, cast.alliance, **again) == "already_drawn_up"
    assert verbs.draw_up(cast.alliance, **(again | {"kind": "project"}), at=NOW).state == "draft"


def test_a_period_runs_forward(cast):
    with pytest.raises(ValidationError):
        verbs.draw_up(
            cast.alliance, kind="project", period_from=date(2019, 6, 2), period_to=date(2019, 6, 1), at=NOW
        )  # fmt: skip


def test_an_alliance_that_does_not_run_draws_up_nothing(cast, needs):
    cast.alliance.state = "dissolved"
    period = {"kind": "project", "period_from": NOW.date(), "period_to": NOW.date()}
    assert refusal(verbs.draw_up, cast.alliance, **period) == "not_running"


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2019, 6, 30), date(2019, 7, 1), date(2019, 12, 31)])
def test_half_years(day):
    first, last = half_year_of(day)
    assert first <= day <= last
    assert last - first >= timedelta(days=180)


@pytest.mark.parametrize("state", Listing.State.values)
@pytest.mark.parametrize("verb", ["sign", "revise"])
def test_every_state_takes_only_the_verbs_of_its_table(cast, item, state, verb):
    Listing.objects.filter(pk=item.listing_id).update(state=state, signed_on=NOW.date())
    listing = Listing.objects.get(pk=item.listing_id)
    legal = {"sign": {"draft", "signing"}, "revise": {"signed"}}[verb]
    deed = (lambda: verbs.sign(listing, cast.dongshiqiao_org, at=NOW)) if verb == "sign" else (
        lambda: verbs.revise(listing, at=NOW)
    )  # fmt: skip
    if state in legal:
        deed()
    else:
        with pytest.raises(Refused):
            deed()
