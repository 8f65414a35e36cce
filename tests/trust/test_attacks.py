"""One person with two posts, borrowed ids, words that nobody asked for, spent keys, too many requests."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances import transitions as together
from alliances.models import Alliance
from listings import transitions as verbs
from listings.models import Claim, Item
from members import accounts
from members.models import Approval, Organization, PartyMember, Role, User
from members.states import Refused
from tests.cast import KEY, NOW, SINCE, admit, again, client_of, user
from tests.listings.conftest import item_on, list_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(client):
    def post(who, path, method="post", **words):
        client.force_login(who)
        return getattr(client, method)(f"/api/v1/{path}", words, content_type="application/json")

    return post


@pytest.fixture
def item(cast):
    return item_on(list_of(cast.alliance, cast.dongshiqiao), cast.dongshiqiao, cast.dongshiqiao_org)


def test_who_proposes_with_one_post_does_not_approve_with_another(cast, call):
    Role.objects.create(user=cast.balinzuo, role="city", region_id="1504", since=SINCE)
    both = again(cast.balinzuo)
    made = call(both, f"alliances/{cast.alliance.pk}/rectify/", reason="长期不开展活动")
    assert made.status_code == 202
    assert call(both, f"approvals/{made.json()['id']}/approve/").status_code == 403
    cast.alliance.refresh_from_db()
    assert cast.alliance.state == "active"
    assert call(cast.chifeng, f"approvals/{made.json()['id']}/approve/").status_code == 200
    assert call(cast.chifeng2, f"approvals/{made.json()['id']}/approve/").status_code == 409


def test_who_speaks_for_the_applicant_does_not_approve_as_its_superior(cast):
    """A colleague hands the application in; the head of the same organisation sits in the committee above."""
    made = together.found(
        name="试一试联合体", region=cast.dongshiqiao_org.region, form="league", formation="non_established",
        lead=cast.dongshiqiao_org, supervising=cast.town_org, purpose="一家办不成", by=cast.dongshiqiao, at=NOW,
    )  # fmt: skip
    together.submit(made, by=cast.dongshiqiao, at=NOW)
    assert Alliance.objects.approvable_by(cast.lindong).filter(pk=made.pk).exists()
    Role.objects.create(user=cast.lindong, role="branch", organization=cast.dongshiqiao_org, since=SINCE)
    assert not Alliance.objects.approvable_by(again(cast.lindong)).filter(pk=made.pk).exists()
    assert Alliance.objects.approvable_by(cast.balinzuo).filter(pk=made.pk).exists()


def test_a_post_that_nobody_ever_held_is_a_new_role_and_needs_the_security_administrator(client, cast):
    empty = Organization.objects.create(
        code="ORG-EMPTY", name="新建党支部", region_id="150422", kind="branch", sector="organ", industry="other",
        level="primary", ownership="public",
    )  # fmt: skip
    client.force_login(cast.balinzuo)
    page = reverse("organizations:hand_over", args=[empty.pk])
    assert client.post(page, {"username": "tongmou", "name": "同谋"}).status_code == 409
    assert not User.objects.filter(username="tongmou").exists()
    assert not Role.objects.filter(organization=empty).exists()


@pytest.mark.parametrize(
    ("role", "place"), [("city", "150422404"), ("banner", "150422404"), ("city", "150422"), ("town", "150422")]
)
def test_a_role_stands_over_a_region_of_its_own_level(client, cast, role, place):
    client.force_login(cast.balinzuo)
    said = {"role": role, "place": place, "reason": "x"}
    assert client.post(reverse("accounts:propose_role", args=[cast.fulian.pk]), said).status_code == 422


def test_a_town_committee_proposes_no_roles_over_regions_nor_for_others_organisations(client, cast):
    client.force_login(cast.lindong)
    for role, place in (("town", "150422404"), ("branch", cast.dongshiqiao_org.code)):
        said = {"username": "xinren", "name": "新人", "role": role, "place": place, "reason": "x"}
        assert client.post(reverse("accounts:new"), said).status_code == 422
    assert not Approval.objects.exists()


def test_who_has_left_reads_past_claims_and_not_what_others_do_since(cast, item):
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.finish(claim, by=cast.fulian, at=NOW)
    verbs.confirm(Item.objects.get(pk=item.pk), by=cast.dongshiqiao, at=NOW)
    membership = cast.alliance.memberships.get(organization=cast.fulian_org)
    together.leave(membership, by=cast.fulian, at=NOW, reason="另有任务")
    gone = again(cast.fulian)
    assert list(Claim.objects.visible_to(gone)) == [claim]
    assert not Item.objects.visible_to(gone).exists()
    assert not Alliance.objects.visible_to(gone).exists()


def test_borrowed_ids_in_bodies_answer_like_absent_ones(cast, item, call):
    hidden, absent = cast.dongguan_org.pk, 987654321
    pairs = [
        (cast.fulian, f"items/{item.pk}/claims/", "organization", {}),
        (cast.dongshiqiao, f"alliances/{cast.alliance.pk}/invite/", "organization", {}),
        (cast.dongshiqiao, f"alliances/{cast.alliance.pk}/hand-over/", "organization", {"reason": "x"}),
        (cast.dongshiqiao, f"alliances/{cast.alliance.pk}/accept/", "organization", {}),
        (cast.dongshiqiao, f"listings/{item.listing_id}/sign/", "organization", {}),
        (cast.dongshiqiao, "items/", "asked_by", {"listing": item.listing_id, "title": "t"}),
        (cast.dongshiqiao, f"alliances/{cast.alliance.pk}/plan/", "host", {"kind": "theme_day", "title": "t", "planned_on": "2026-12-01"}),  # noqa: E501
    ]  # fmt: skip
    for who, path, name, words in pairs:
        one, other = call(who, path, **words, **{name: hidden}), call(who, path, **words, **{name: absent})
        assert (one.status_code, one.content) == (other.status_code, other.content), path
        assert one.status_code == 404, path
    away = call(cast.dongshiqiao, f"alliances/{cast.alliance.pk}/edit/", parent=cast.nanyang_alliance.pk)
    assert away.status_code == 404


def test_no_choice_names_another_city(client, cast, item):
    """Every form of every role in Chifeng, and the search: not one name of Nanyang."""
    names = [
        *Organization.objects.filter(region__code__startswith="41").values_list("name", flat=True),
        cast.nanyang_alliance.name,
    ]
    pages = [
        reverse("alliances:invite", args=[cast.alliance.pk]) + "?q=党", reverse("alliances:plan", args=[cast.alliance.pk]),  # noqa: E501
        reverse("alliances:edit", args=[cast.alliance.pk]), reverse("alliances:hand_over", args=[cast.alliance.pk]),
        reverse("alliances:new"), reverse("items:new", args=[item.listing_id]), reverse("listings:new"), reverse("items:where"),  # noqa: E501
        reverse("items:claim", args=[item.pk]), reverse("search") + "?q=南阳", reverse("search") + "?q=党", reverse("workbench"),  # noqa: E501
        reverse("statistics:detail"), reverse("inbox:list"), reverse("approvals:list"), reverse("organizations:list") + "?q=党",  # noqa: E501
    ]  # fmt: skip
    for person in ("chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian", "sysadmin"):
        client.force_login(getattr(cast, person))
        for page in pages:
            text = client.get(page).content.decode().replace('value="南阳"', "")
            assert not [name for name in names if name in text], (person, page)


def test_words_that_nobody_asked_for_change_nothing(cast, item, call):
    forged = {
        "state": "confirmed", "region": "4113", "claimed_by": cast.fulian_org.pk, "role": "system", "alliance": 1, "id": 1,  # noqa: E501
        "lead": cast.fulian_org.pk, "supervising": cast.nanyang_org.pk, "synthetic": True, "code": "X", "asked_by": 1,
    }  # fmt: skip
    call(cast.dongshiqiao, f"alliances/{cast.alliance.pk}/edit/", purpose="新宗旨", **forged)
    now = Alliance.objects.get(pk=cast.alliance.pk)
    kept = ("state", "region_id", "lead_id", "supervising_id", "synthetic", "code")
    assert [getattr(now, name) for name in kept] == [getattr(cast.alliance, name) for name in kept]
    fresh = item_on(item.listing, cast.dongshiqiao, cast.dongshiqiao_org, opened=False, title="新的")
    call(cast.dongshiqiao, f"items/{fresh.pk}/amend/", title="改过", **forged)
    now = Item.objects.get(pk=fresh.pk)
    assert (now.title, now.state, now.region_id, now.asked_by_id) == (
        "改过",
        "collected",
        fresh.region_id,
        fresh.asked_by_id,
    )


def test_states_are_not_skipped(cast, item, call):
    claim = call(cast.fulian, f"items/{item.pk}/claims/", organization=cast.fulian_org.pk).json()["id"]
    assert call(cast.dongshiqiao, f"items/{item.pk}/confirm/").status_code == 409
    assert call(cast.dongshiqiao, f"items/{item.pk}/study/").status_code == 409
    assert call(cast.fulian, f"claims/{claim}/finish/").status_code == 200
    assert call(cast.fulian, f"claims/{claim}/finish/").status_code == 409
    assert call(cast.fulian, f"claims/{claim}/report/", text="又做了一点").status_code == 409
    assert call(cast.dongshiqiao, f"alliances/{cast.alliance.pk}/activate/").status_code == 409
    assert call(cast.chifeng, f"alliances/{cast.alliance.pk}/reinstate/", reason="x").status_code == 409


def test_a_spent_slip_and_a_dead_key_open_nothing(client, cast):
    code = accounts.issue_slip(cast.fulian, by=cast.balinzuo, at=timezone.now())
    accounts.activate("fulian", code, "Qinghe-7831-Luyuan", at=timezone.now())
    with pytest.raises(Refused):
        accounts.activate("fulian", code, "Qinghe-7832-Luyuan", at=timezone.now())
    key = client_of("1504", "register:read")
    bearer = {"Authorization": f"Bearer {KEY}"}
    assert Client().get("/api/v1/organizations/", headers=bearer).status_code == 200
    for change in (
        {"revoked_at": timezone.now()},
        {"revoked_at": None, "expires_at": timezone.now() - timedelta(seconds=1)},
    ):
        type(key).objects.filter(pk=key.pk).update(**change)
        assert Client().get("/api/v1/organizations/", headers=bearer).status_code == 401


def test_a_script_that_claims_everything_is_told_to_wait(cast, item, call, monkeypatch):
    monkeypatch.setattr("listings.api.item.ItemViewSet.limits", {"claims": 3})
    monkeypatch.setattr("listings.views.claim.ItemClaimView.per_minute", {"POST": 3})
    body = {"organization": cast.fulian_org.pk}
    answers = [call(cast.fulian, f"items/{item.pk}/claims/", **body) for _ in range(5)]
    assert [a.status_code for a in answers] == [201, 409, 409, 429, 429]
    assert int(answers[-1]["Retry-After"]) <= 60
    browser = Client(headers={"X-Forwarded-For": "10.0.0.1"})
    browser.force_login(cast.dongshiqiao)
    page = reverse("items:claim", args=[item.pk])
    told = [browser.post(page, body, headers={"X-Forwarded-For": f"10.0.0.{n}"}) for n in range(4)]
    assert told[-1].status_code == 429
    assert "Retry-After" in told[-1]
    assert browser.get(page).status_code == 200


def test_a_session_ends_with_the_role_it_was_opened_for(client, cast):
    client.force_login(cast.nanyang)
    assert client.get("/alliances/").status_code == 200
    accounts.end_role(cast.nanyang.roles.get(), by=None, at=timezone.now())
    assert client.get("/alliances/").status_code == 302
    assert client.get("/api/v1/alliances/").status_code == 401


def test_affiliations_stay_through_the_whole_life_of_an_alliance(cast, item):
    before = list(Organization.objects.order_by("pk").values_list("pk", "parent_id", "region_id"))
    invited = together.invite(cast.alliance, cast.lushan_org, by=cast.dongshiqiao, at=NOW)
    together.accept(invited, by=cast.lushan, at=NOW)
    admit(invited, cast)
    verbs.finish(verbs.claim(item, cast.lushan_org, by=cast.lushan, at=NOW), by=cast.lushan, at=NOW)
    verbs.confirm(Item.objects.get(pk=item.pk), by=cast.dongshiqiao, at=NOW)
    together.hand_over(cast.alliance, cast.dongshiqiao_org, by=cast.balinzuo, at=NOW, reason="轮值")
    verbs.close_down(cast.alliance, by=cast.balinzuo, at=NOW, reason="合并")
    assert list(Organization.objects.order_by("pk").values_list("pk", "parent_id", "region_id")) == before


def test_a_party_member_sees_oneself_and_no_colleague(client, cast):
    account = user("dangyuan", "member", organization=cast.dongshiqiao_org)
    PartyMember.objects.create(name="同事", organization=cast.dongshiqiao_org, since=SINCE)
    assert not PartyMember.objects.visible_to(account).exists()
    client.force_login(account)
    assert client.get(reverse("organizations:people", args=[cast.dongshiqiao_org.pk])).status_code == 403
