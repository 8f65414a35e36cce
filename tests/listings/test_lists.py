"""Lists in full: three at once, written together, arranged, worded anew in a new version, carried on."""

from datetime import date

import pytest
from django.urls import reverse

from alliances.models import RuleSet
from listings import transitions as verbs
from listings.difference import difference
from listings.models import Excerpt, Item, Listing
from listings.transitions.periods import following
from members.models import Step
from members.states import Refused
from tests.cast import NOW, again, at
from tests.listings.conftest import HALF_YEAR, item_on, list_of

ENDING = at(date(2019, 6, 20))
WHY = {"reason": "理由"}


def refusal(verb, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        verb(*args, **({"at": ENDING} | kwargs))
    return refused.value.code


def signed(listing, cast):
    for org in (cast.dongshiqiao_org, cast.fulian_org):
        verbs.sign(listing, org, at=NOW)
    listing.refresh_from_db()
    return listing


# Three at once ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("preset", "kinds"),
    [
        ("resource", ["problem", "resource", "supply_demand"]),  # Chifeng 2018
        ("project", ["problem", "supply_demand", "project"]),  # Chifeng 2019
    ],
)
def test_the_three_lists_of_a_year_are_drawn_up_in_one_step_as_the_region_has_them(cast, preset, kinds):
    RuleSet.objects.create(region_id="1504", list_set=preset)
    made = verbs.draw_up_set(cast.alliance, **HALF_YEAR, by=cast.dongshiqiao, at=NOW)
    assert [listing.kind for listing in made] == kinds
    assert {listing.state for listing in made} == {"draft"}


def test_a_kind_that_is_there_already_is_kept_and_all_three_are_refused(cast, problems):
    made = verbs.draw_up_set(cast.alliance, **HALF_YEAR, by=cast.dongshiqiao, at=NOW)
    assert [listing.kind for listing in made] == ["supply_demand", "project"]
    assert refusal(verbs.draw_up_set, cast.alliance, **HALF_YEAR) == "already_drawn_up"


def test_page_and_rest_draw_up_the_same_three(cast, browse):
    words = {"alliance": cast.alliance.pk, "period_from": "2019-01-01", "period_to": "2019-06-30"}
    answer = browse("dongshiqiao").post(reverse("listings:new"), words | {"kind": "set"})
    assert answer.status_code == 302
    later = words | {"period_from": "2019-07-01", "period_to": "2019-12-31"}
    asked = {"path": "/api/v1/listings/draw-up-set/", "data": later, "content_type": "application/json"}
    told = browse("dongshiqiao").post(**asked)
    assert (told.status_code, len(told.json())) == (201, 3)
    assert Listing.objects.count() == 6
    assert browse("fulian").post(**asked).status_code == 403
    assert browse("nanyang").post(**asked).status_code == 404


# Written together -------------------------------------------------------------------------------------------------


def test_members_write_and_amend_their_own_on_a_draft_and_who_wrote_is_shown(cast, needs, browse):
    mine = item_on(needs, cast.fulian, cast.fulian_org, title="妇女之家缺图书", opened=False)
    theirs = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="路灯不亮", opened=False)
    assert list(Item.objects.amendable_by(again(cast.fulian))) == [mine]
    assert set(Item.objects.amendable_by(again(cast.dongshiqiao))) == {mine, theirs}
    shown = browse("fulian").get(needs.get_absolute_url()).content.decode()
    assert "fulian 记" in shown
    assert "dongshiqiao 记" in shown


def test_from_the_leads_signature_on_the_words_are_frozen_and_new_needs_are_addenda(cast, needs):
    mine = item_on(needs, cast.fulian, cast.fulian_org, opened=False)
    verbs.sign(needs, cast.dongshiqiao_org, at=NOW)
    assert refusal(verbs.amend, mine, title="改过的") == "frozen"
    assert not Item.objects.amendable_by(again(cast.fulian)).exists()
    later = item_on(needs, cast.fulian, cast.fulian_org, title="后来的", opened=False)
    assert later.addendum
    assert list(Item.objects.amendable_by(again(cast.fulian))) == [later]


def test_the_lead_arranges_a_draft_and_nobody_else(cast, needs, browse):
    first, second, third = (item_on(needs, cast.fulian, cast.fulian_org, title=f"事项 {n}") for n in (1, 2, 3))
    places = {f"place_{first.pk}": 3, f"place_{second.pk}": 2, f"place_{third.pk}": 1}
    address = reverse("listings:arrange", args=[needs.pk])
    assert browse("fulian").post(address, places).status_code == 403
    assert browse("dongshiqiao").post(address, places).status_code == 302
    shown = browse("fulian").get(needs.get_absolute_url()).context["items"]
    assert [item.pk for item in shown] == [third.pk, second.pk, first.pk]
    body = {"order": [second.pk]}
    told = browse("dongshiqiao").post(f"/api/v1/listings/{needs.pk}/arrange/", body, content_type="application/json")
    assert told.status_code == 200
    assert list(needs.items.order_by("position").values_list("pk", flat=True)) == [second.pk, third.pk, first.pk]
    verbs.sign(needs, cast.dongshiqiao_org, at=NOW)
    assert refusal(verbs.arrange, needs, order=[first]) == "not_draft"


@pytest.mark.parametrize("order", [[], [0], ["x"], [2**70], "1"])
def test_an_order_that_names_no_item_of_the_list_is_refused(cast, needs, problem, browse, order):
    for body in ({"order": order}, {"order": [problem.pk]}):
        told = browse("dongshiqiao").post(
            f"/api/v1/listings/{needs.pk}/arrange/", body, content_type="application/json"
        )
        assert told.status_code == 422


# A new version ----------------------------------------------------------------------------------------------------


def test_a_new_version_shows_what_was_added_dropped_and_worded_anew(cast, needs, browse):
    _kept, dropped, worded = (
        item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=title) for title in ("留下", "撤下", "改写")
    )
    newer = verbs.revise(signed(needs, cast), by=cast.dongshiqiao, at=NOW)
    assert difference(newer).none
    dropped.refresh_from_db()
    worded.refresh_from_db()
    verbs.refuse(dropped, goes_to="12345 热线", at=NOW, **WHY)
    verbs.amend(worded, title="改写过的", capacity=3, due_on=date(2019, 6, 28), by=cast.dongshiqiao, at=NOW)
    added = item_on(newer, cast.fulian, cast.fulian_org, title="新增")
    found = difference(newer)
    assert ([item.pk for item in found.added], [one.item_id for one in found.dropped]) == ([added.pk], [dropped.pk])
    [(item, fields)] = found.changed
    assert item == worded
    assert [(one.name, one.before, one.after) for one in fields][:2] == [
        ("title", "改写", "改写过的"), ("capacity", "1", "3"),
    ]  # fmt: skip
    assert fields[2].name == "due_on"
    assert found.same == 1
    told = browse("fulian").get(f"/api/v1/listings/{newer.pk}/difference/").json()
    assert told["added"] == [added.pk]
    assert told["changed"][0]["fields_changed"][0]["after"] == "改写过的"
    page = browse("fulian").get(newer.get_absolute_url()).content.decode()
    assert "改写过的" in page
    old = browse("fulian").get(needs.get_absolute_url()).content.decode()
    assert "已转出 3 项" in old
    again_superseded = verbs.revise(signed(newer, cast), by=cast.dongshiqiao, at=NOW)
    assert difference(newer).added[0].pk == added.pk
    assert difference(again_superseded).none


def test_what_somebody_has_claimed_keeps_its_words_in_a_new_version(cast, item):
    newer = verbs.revise(signed(item.listing, cast), by=cast.dongshiqiao, at=NOW)
    item.refresh_from_db()
    assert Item.objects.amendable_by(again(cast.dongshiqiao)).filter(pk=item.pk).exists()
    verbs.claim(item, cast.fulian_org, at=NOW)
    item.refresh_from_db()
    assert refusal(verbs.amend, item, title="改过的") == "move_refused"
    assert not Item.objects.amendable_by(again(cast.dongshiqiao)).filter(pk=item.pk).exists()
    assert newer.version == 2


# Into the next period ---------------------------------------------------------------------------------------------


def test_what_is_unfinished_goes_on_with_its_number_claims_history_and_term(cast, needs):
    work, done, idle = (
        item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=title) for title in ("在办", "待确认", "无人")
    )
    claim = verbs.claim(work, cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.report(claim, "已到现场", by=cast.fulian, at=NOW)
    verbs.finish(verbs.claim(done, cast.fulian_org, at=NOW), at=NOW)
    signed(needs, cast)
    work.refresh_from_db()
    before = (work.number, work.due_on, work.state, work.first_claimed_on)
    into = verbs.carry(needs, by=cast.dongshiqiao, at=ENDING)
    work.refresh_from_db()
    assert (work.number, work.due_on, work.state, work.first_claimed_on) == before
    assert (into.period_from, into.period_to, into.kind) == (date(2019, 7, 1), date(2019, 12, 31), "supply_demand")
    assert set(into.items.all()) == {work, idle}
    assert set(needs.items.all()) == {done}
    assert {one.item for one in needs.excerpts.all()} == {work, idle}
    assert work.claims.get().state == "in_hand"
    assert Step.objects.of(work).filter(verb="carry").get().detail == {"from": needs.pk, "into": into.pk}
    assert refusal(verbs.carry, needs) == "nothing_to_carry"
    verbs.finish(claim, by=cast.fulian, at=ENDING)


def test_no_figure_moves_when_items_are_carried(cast, needs, problems):
    from alliances.measures import Period
    from listings.metrics import METRICS

    verbs.claim(item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org), cast.fulian_org, at=NOW)
    item_on(problems, cast.fulian, cast.fulian_org, title="井盖破损")
    signed(needs, cast)
    signed(problems, cast)
    half = Period(date(2019, 1, 1), date(2019, 6, 30))

    def figures():
        return {metric.key: metric.rows(half).count() for metric in METRICS}

    before = figures()
    verbs.carry(needs, at=ENDING)
    verbs.carry(problems, at=ENDING)
    assert figures() == before
    assert Excerpt.objects.count() == 2


def test_onto_a_list_that_is_signed_it_goes_as_an_addendum(cast, needs, item):
    later = list_of(cast.alliance, cast.dongshiqiao, period_from=date(2019, 7, 1), period_to=date(2019, 12, 31))
    item_on(later, cast.dongshiqiao, cast.dongshiqiao_org)
    signed(later, cast)
    assert verbs.carry(needs, at=ENDING) == later
    item.refresh_from_db()
    assert (item.listing, item.addendum) == (later, True)


def test_it_goes_on_only_towards_the_end_of_the_period(cast, needs, item, browse):
    assert refusal(verbs.carry, needs, at=at(date(2019, 5, 1))) == "too_early"
    Listing.objects.filter(pk=needs.pk).update(state="superseded", signed_on=NOW.date())
    assert refusal(verbs.carry, needs) == "superseded"


def test_page_and_rest_carry_for_the_lead_only(cast, needs, problems, item, problem, browse):
    address = reverse("listings:carry", args=[needs.pk])
    assert browse("fulian").post(address).status_code == 403
    assert browse("nanyang").post(address).status_code == 404
    assert browse("dongshiqiao").get(address).status_code == 200
    assert browse("dongshiqiao").post(address).status_code == 302
    told = browse("dongshiqiao").post(f"/api/v1/listings/{problems.pk}/carry/", {}, content_type="application/json")
    assert told.status_code == 200
    assert {step.verb for step in Step.objects.of(item)} >= {"carry"}
    assert Item.objects.filter(listing__period_from=date(2019, 7, 1)).count() == 2


@pytest.mark.parametrize(
    ("first", "last", "then"),
    [
        (date(2019, 1, 1), date(2019, 6, 30), (date(2019, 7, 1), date(2019, 12, 31))),
        (date(2019, 7, 1), date(2019, 12, 31), (date(2020, 1, 1), date(2020, 6, 30))),
        (date(2019, 1, 1), date(2019, 12, 31), (date(2020, 1, 1), date(2020, 12, 31))),
        (date(2019, 11, 1), date(2019, 11, 30), (date(2019, 12, 1), date(2019, 12, 31))),
        (date(2020, 1, 1), date(2020, 2, 29), (date(2020, 3, 1), date(2020, 4, 30))),
        (date(2019, 3, 5), date(2019, 3, 14), (date(2019, 3, 15), date(2019, 3, 24))),
    ],
)
def test_the_period_after(first, last, then):
    assert following(first, last) == then
