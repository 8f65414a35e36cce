"""Lists, items and claims for programs: the same steps as the pages, and answers exactly as promised."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from listings import transitions as verbs
from listings.models import Claim, Item
from members.models import Step
from tests.cast import NOW, client_of
from tests.listings.conftest import item_on, list_of

SESSION = 3
"""Statements that tell who asks: the session, the account, its roles."""


def told(answer):
    return answer.status_code, answer.json().get("code")


def test_a_claim_is_201_with_the_claim(cast, item, call):
    answer = call(cast.fulian, f"items/{item.pk}/claims/", organization=cast.fulian_org.pk, support="志愿者 3 名")
    assert answer.status_code == 201
    said = answer.json()
    assert (said["state"], said["role"], said["organization"], said["item"]) == (
        "claimed", "lead", cast.fulian_org.pk, item.pk,
    )  # fmt: skip
    assert said["open_moves"] == ["in_hand", "finished", "released"]


def test_claims_are_refused_in_the_promised_order(cast, needs, call):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org)
    closed = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, opened=False)
    mine = {"organization": cast.fulian_org.pk}
    assert told(call(cast.nanyang, f"items/{item.pk}/claims/", **mine)) == (404, "not_found")
    assert told(call(cast.fulian, "items/999999/claims/", **mine)) == (404, "not_found")
    assert told(call(cast.fulian, f"items/{item.pk}/claims/", organization=cast.dongguan_org.pk)) == (404, "not_found")
    assert call(cast.fulian, f"items/{item.pk}/claims/", organization=cast.dongshiqiao_org.pk).status_code == 403
    assert call(cast.chifeng, f"items/{item.pk}/claims/", **mine).status_code == 403
    outsider = {"organization": cast.town_org.pk}
    assert told(call(cast.lindong, f"items/{item.pk}/claims/", **outsider)) == (409, "not_member")
    assert told(call(cast.fulian, f"items/{closed.pk}/claims/", **mine)) == (409, "not_open")
    assert call(cast.fulian, f"items/{item.pk}/claims/", **mine).status_code == 201
    assert told(call(cast.fulian, f"items/{item.pk}/claims/", **mine)) == (409, "already_claimed")
    own = {"organization": cast.dongshiqiao_org.pk}
    assert told(call(cast.dongshiqiao, f"items/{item.pk}/claims/", **own)) == (409, "full")
    wide = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, capacity=3)
    assert call(cast.fulian, f"items/{wide.pk}/claims/", role="lead", **mine).status_code == 201
    answer = call(cast.dongshiqiao, f"items/{wide.pk}/claims/", role="lead", **own)
    assert told(answer) == (409, "lead_taken")


def test_who_comes_too_late_may_wait_and_is_told_its_place(cast, item, call):
    held = call(cast.fulian, f"items/{item.pk}/claims/", organization=cast.fulian_org.pk, wait=True)
    late = call(cast.dongshiqiao, f"items/{item.pk}/claims/", organization=cast.dongshiqiao_org.pk, wait=True)
    assert (held.status_code, held.json()["waiting_position"]) == (201, None)
    assert (late.status_code, late.json()["state"], late.json()["waiting_position"]) == (202, "waiting", 1)
    call(cast.fulian, f"claims/{held.json()['id']}/release/", reason="另有任务")
    assert call(cast.fulian, f"claims/{late.json()['id']}/accept/").status_code == 403
    taken = call(cast.dongshiqiao, f"claims/{late.json()['id']}/accept/")
    assert (taken.status_code, taken.json()["state"], taken.json()["role"]) == (200, "claimed", "lead")
    assert told(call(cast.dongshiqiao, f"claims/{late.json()['id']}/decline/")) == (409, "move_refused")


def test_the_way_of_an_item_through_rest(cast, item, call):
    claim = call(cast.fulian, f"items/{item.pk}/claims/", organization=cast.fulian_org.pk).json()["id"]
    assert call(cast.fulian, f"claims/{claim}/report/", text="已到现场").json()["state"] == "in_hand"
    assert call(cast.fulian, f"claims/{claim}/finish/", outcome="疏通完成").json()["state"] == "finished"
    assert told(call(cast.fulian, f"items/{item.pk}/confirm/")) == (409, "own_claim")
    assert told(call(cast.fulian, f"claims/{claim}/release/", reason="晚了")) == (409, "move_refused")
    assert call(cast.lindong, f"items/{item.pk}/confirm/").status_code == 403
    assert call(cast.dongshiqiao, f"items/{item.pk}/return/", reason="还在返水").json()["state"] == "in_hand"
    assert call(cast.fulian, f"claims/{claim}/finish/").json()["state"] == "finished"
    confirmed = call(cast.dongshiqiao, f"items/{item.pk}/confirm/").json()
    assert (confirmed["state"], confirmed["open_moves"]) == ("confirmed", ["closed", "done", "linked"])
    assert told(call(cast.dongshiqiao, f"items/{item.pk}/confirm/")) == (409, "move_refused")


PAGES = {
    "study": ("collected", "dongshiqiao", {"reason": "属实"}),
    "open": ("collected", "dongshiqiao", {"reason": ""}),
    "return": ("collected", "dongshiqiao", {"reason": "请写明地点"}),
    "refuse": ("collected", "dongshiqiao", {"reason": "管线不归联合体", "goes_to": "供水公司"}),
    "resubmit": ("returned", "fulian", {"title": "补充", "category": "other", "capacity": 1, "detail": "三号楼"}),
    "send_back": ("done", "fulian", {"reason": "还差一户"}),
    "confirm": ("done", "fulian", {"satisfaction": "mostly", "reason": "晚了两天"}),
}


def item_in(state, cast, listing):
    item = item_on(listing, cast.dongshiqiao, cast.fulian_org, opened=state == "done")
    if state == "returned":
        verbs.return_(item, at=NOW, reason="不清楚")
    if state == "done":
        verbs.finish(verbs.claim(item, cast.dongshiqiao_org, at=NOW), at=NOW)
    return item


@pytest.mark.parametrize("verb", PAGES)
def test_page_and_rest_take_the_same_step(cast, needs, call, client, verb):
    state, name, words = PAGES[verb]
    by_page, by_rest = item_in(state, cast, needs), item_in(state, cast, needs)
    user = getattr(cast, name)
    client.force_login(user)
    assert client.post(reverse(f"items:{verb}", args=[by_page.pk]), words).status_code == 302
    assert call(user, f"items/{by_rest.pk}/{verb.replace('_', '-')}/", **words).status_code == 200
    assert last_step(by_page) == last_step(by_rest)


def last_step(thing):
    step = Step.objects.of(thing).last()
    return step.verb, step.from_state, step.to_state, step.by, step.organization, step.reason


def test_page_and_rest_claim_alike(cast, needs, call, client):
    one, two = (item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org) for _ in range(2))
    client.force_login(cast.fulian)
    client.post(reverse("items:claim", args=[one.pk]), {"organization": cast.fulian_org.pk})
    call(cast.fulian, f"items/{two.pk}/claims/", organization=cast.fulian_org.pk)
    assert last_step(one) == last_step(two)


def test_page_and_rest_sign_alike(cast, item, problem, call, client):
    client.force_login(cast.dongshiqiao)
    client.post(reverse("listings:sign", args=[item.listing_id]), {"organization": cast.dongshiqiao_org.pk})
    signed = call(cast.dongshiqiao, f"listings/{problem.listing_id}/sign/")
    assert signed.json()["state"] == "signing"
    assert last_step(item.listing) == last_step(problem.listing)
    assert told(call(cast.dongshiqiao, f"listings/{problem.listing_id}/sign/")) == (409, "move_refused")
    assert call(cast.chifeng, f"listings/{problem.listing_id}/sign/").status_code == 403


def test_a_list_and_an_item_are_written_through_rest(cast, call):
    period = {"period_from": "2019-01-01", "period_to": "2019-06-30"}
    drawn = call(cast.dongshiqiao, "listings/", alliance=cast.alliance.pk, kind="project", **period)
    assert drawn.status_code == 201
    assert call(cast.fulian, "listings/", alliance=cast.alliance.pk, kind="problem", **period).status_code == 403
    made = call(cast.fulian, "items/", listing=drawn.json()["id"], title="图书角", asked_by=cast.fulian_org.pk)
    assert (made.status_code, made.json()["state"]) == (201, "collected")


def test_what_a_program_pushes_twice_is_one_item(cast, problems, call):
    client_of("150422", "items:write", "items:confirm")
    words = {"listing": problems.pk, "title": "路灯不亮", "asked_by": cast.dongshiqiao_org.pk, "external_id": "12345-7"}
    first, second = call(None, "items/", **words), call(None, "items/", **words)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert Item.objects.count() == 1


def test_a_program_confirms_only_what_it_pushed(cast, problems, item, call):
    program = client_of("150422", "items:write", "items:confirm", "claims:write")
    pushed = item_on(problems, program, cast.dongshiqiao_org, external_id="1")
    assert call(None, f"items/{item.pk}/confirm/").status_code == 403
    verbs.finish(verbs.claim(pushed, cast.fulian_org, at=NOW), at=NOW)
    assert call(None, f"items/{pushed.pk}/confirm/").json()["state"] == "confirmed"


def test_a_program_claims_for_its_own_organisation_only(cast, item, call):
    client_of("150422", "claims:write", organization=cast.fulian_org)
    assert call(None, f"items/{item.pk}/claims/", organization=cast.dongshiqiao_org.pk).status_code == 403
    assert call(None, f"items/{item.pk}/claims/", organization=cast.fulian_org.pk).status_code == 201


@pytest.mark.parametrize("verb", ["study", "open", "return", "refuse", "link", "resubmit", "amend", "send-back"])
def test_other_verbs_are_for_people(cast, item, call, verb):
    client_of("150422", "lists:read", "items:write", "claims:write")
    assert call(None, f"items/{item.pk}/{verb}/", reason="x").status_code == 403


def test_a_key_without_the_scope_reads_nothing(cast, item, call):
    client_of("150422", "statistics:read")
    assert call(None, "items/", method="get").status_code == 403


def test_lists_are_in_the_callers_scope(cast, item, call):
    theirs = list_of(cast.nanyang_alliance, cast.dongguan)
    item_on(theirs, cast.dongguan, cast.dongguan_org)
    for user, number in ((cast.chifeng, 1), (cast.nanyang, 1), (cast.fulian, 1), (cast.lushan, 0), (cast.auditor, 0)):
        for route in ("items/", "listings/"):
            assert len(call(user, route, method="get").json()["results"]) == number, (user, route)
    assert call(cast.nanyang, f"items/{item.pk}/", method="get").status_code == 404


@pytest.mark.parametrize(
    ("path", "words", "status"),
    [
        ("items/{item}/claims/", {}, 422),
        ("items/{item}/claims/", {"organization": "nobody"}, 404),
        ("items/{item}/claims/", {"organization": -1}, 404),
        ("items/{item}/claims/", {"organization": 2**63}, 404),
        ("items/{item}/claims/", {"organization": [1]}, 422),
        ("items/{item}/claims/", {"organization": {"id": 1}}, 422),
        ("items/{item}/claims/", {"organization": True}, 422),
        ("items/{item}/claims/", {"organization": "{own}", "role": "boss"}, 422),
        ("items/{item}/claims/", {"organization": "{own}", "promised_on": "2019-02-29"}, 422),
        ("items/{item}/claims/", {"organization": "{own}", "promised_on": "0001-01-01"}, 422),
        ("items/{item}/claims/", {"organization": "{own}", "support": "x" * 10_001}, 422),
        ("items/{item}/claims/", {"organization": "{own}", "support": "a\x00b"}, 422),
        ("items/-1/claims/", {"organization": "{own}"}, 404),
        ("items/9223372036854775808/claims/", {"organization": "{own}"}, 404),
        ("items/{item}/return/", {}, 403),
        ("items/", {"listing": "{listing}", "title": "", "asked_by": "{own}"}, 422),
        ("items/", {"listing": "{listing}", "title": "x" * 81, "asked_by": "{own}"}, 422),
        ("items/", {"listing": "{listing}", "title": "t", "asked_by": "{own}", "capacity": 0}, 422),
        ("items/", {"listing": "{listing}", "title": "t", "asked_by": "{own}", "capacity": 10**9}, 422),
        ("items/", {"listing": "{listing}", "title": "t", "asked_by": "{own}", "capacity": "1e400000"}, 422),
        ("items/", {"listing": "{listing}", "title": "t", "asked_by": "{own}", "due_on": "9999-99-99"}, 422),
        ("items/", {"listing": "{listing}", "title": "t", "asked_by": "{other}"}, 403),
        ("items/", {"listing": 7_777_777, "title": "t"}, 404),
    ],
)
def test_bad_bodies_are_told_apart(cast, item, call, path, words, status):
    known = {
        "{own}": cast.fulian_org.pk, "{other}": cast.dongshiqiao_org.pk, "{listing}": item.listing_id
    }  # fmt: skip
    body = {name: known.get(value, value) if isinstance(value, str) else value for name, value in words.items()}
    answer = call(cast.fulian, path.replace("{item}", str(item.pk)), **body)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "alliance=x", "alliance=9223372036854775808", "alliance=1e400000", "state=nonsense", "kind=x",
        "region=15042x", "region=1", "listing=-1", "ordering=asked_by__phone", "cursor=zzz",
    ],
)  # fmt: skip
def test_bad_filters_are_errors_and_not_crashes(cast, item, call, query):
    answer = call(cast.fulian, f"items/?{query}", method="get")
    assert answer.status_code in (400, 422), answer.content


def test_what_nobody_may_write_changes_nothing(cast, item, call):
    before = Item.objects.values().get(pk=item.pk)
    call(
        cast.fulian, f"items/{item.pk}/claims/", organization=cast.fulian_org.pk, state="confirmed", slot=99,
        item=1, claimed_at="2001-01-01T00:00:00Z",
    )  # fmt: skip
    claim = Claim.objects.get()
    assert (claim.state, claim.slot) == ("claimed", 1)
    assert Item.objects.get(pk=item.pk).confirmed_on == before["confirmed_on"]


@pytest.mark.parametrize("route", ["items", "listings", "claims"])
def test_a_rest_list_costs_the_same_with_one_row_and_with_three(cast, problems, client, route):
    client.force_login(cast.fulian)
    counts = []
    for number in range(3):
        half = {"period_from": date(2020 + number, 1, 1), "period_to": date(2020 + number, 6, 30)}
        listing = list_of(cast.alliance, cast.dongshiqiao, **half)
        verbs.claim(item_on(listing, cast.dongshiqiao, cast.dongshiqiao_org), cast.fulian_org, at=NOW)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(f"/api/v1/{route}/").json()["results"]) >= number + 1
        counts.append(len(queries))
    assert counts[0] == counts[2]
    assert counts[0] <= {"items": 1, "listings": 2, "claims": 1}[route] + SESSION
