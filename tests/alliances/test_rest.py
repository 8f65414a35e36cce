"""REST over alliances: the scope of the caller, the same step as the page, refusals that say why."""

from datetime import date

import pytest
from django.urls import reverse

from alliances import transitions as verbs
from alliances.models import Activity, Alliance
from members.models import Approval, Step
from tests.cast import KEY, NOW, client_of

KEYS = {
    "id", "code", "name", "state", "open_moves", "region", "form", "mode", "formation", "chains", "crossings",
    "purpose", "parent", "split_from", "merged_into", "lead",
    "supervising", "members_now", "last_session_on", "document_number", "established",
    "activated_on", "ended_on", "rectify_by", "source", "synthetic", "updated_at",
}  # fmt: skip


def post(browser, path, body=None):
    return browser.post(f"/api/v1/{path}", body or {}, content_type="application/json")


@pytest.fixture
def draft(cast):
    alliance = verbs.found(
        name="东石桥养老服务共同体", region=cast.dongshiqiao_org.region, form="joint_committee",
        formation="non_established", lead=cast.dongshiqiao_org, supervising=cast.town_org, purpose="一家办不成",
        by=cast.dongshiqiao, at=NOW,
    )  # fmt: skip
    verbs.accept(verbs.invite(alliance, cast.fulian_org, by=cast.dongshiqiao, at=NOW), by=cast.fulian, at=NOW)
    return alliance


def test_a_list_holds_ones_own_and_no_other_citys(cast, browse):
    answer = browse("chifeng").get("/api/v1/alliances/").json()
    assert [row["name"] for row in answer["results"]] == [cast.alliance.name]
    assert set(answer["results"][0]) == KEYS
    assert answer["results"][0]["crossings"] == ["sector", "industry", "level"]


def test_what_one_may_not_see_answers_like_what_does_not_exist(cast, browse):
    hidden = browse("nanyang").get(f"/api/v1/alliances/{cast.alliance.pk}/")
    absent = browse("nanyang").get("/api/v1/alliances/999999999/")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.json()["detail"] == absent.json()["detail"]


def test_a_key_reads_its_region_and_speaks_no_verb(cast, client):
    client_of("1504", "register:read")
    key = {"HTTP_AUTHORIZATION": f"Bearer {KEY}"}
    found = client.get("/api/v1/alliances/", **key)
    assert [row["name"] for row in found.json()["results"]] == [cast.alliance.name]
    assert client.get("/api/v1/activities/", **key).status_code == 200
    url = f"/api/v1/alliances/{cast.alliance.pk}/edit/"
    assert client.post(url, {"name": "x"}, content_type="application/json", **key).status_code == 403
    assert client.get(f"/api/v1/alliances/{cast.nanyang_alliance.pk}/", **key).status_code == 404


def test_page_and_rest_take_the_same_step(cast, browse, draft):
    def last():
        step = Step.objects.of(draft).last()
        return step.verb, step.from_state, step.to_state, step.by, step.reason

    lead, town = browse("dongshiqiao"), browse("lindong")
    assert lead.post(reverse("alliances:submit", args=[draft.pk])).status_code == 302
    by_page = last()
    assert town.post(reverse("alliances:return", args=[draft.pk]), {"reason": "请补充"}).status_code == 302
    returned_by_page = last()
    assert post(lead, f"alliances/{draft.pk}/submit/").status_code == 200
    by_rest = last()
    assert by_rest[0] == by_page[0] == "submit"
    assert by_rest[2:] == by_page[2:]
    assert post(town, f"alliances/{draft.pk}/return/", {"reason": "请补充"}).status_code == 200
    assert last() == returned_by_page


def test_a_founding_by_rest(cast, browse):
    lead, town = browse("dongshiqiao"), browse("lindong")
    body = {
        "name": "东石桥助餐联盟", "form": "league", "formation": "non_established", "lead": cast.dongshiqiao_org.pk,
        "supervising": cast.town_org.pk, "region": "150422404002", "chains": ["service"], "purpose": "一起办",
    }  # fmt: skip
    made = post(lead, "alliances/", body | {"state": "active", "code": "LHT-X"})
    assert made.status_code == 201
    assert (made.json()["state"], made.json()["code"]) == ("draft", None)
    at = f"alliances/{made.json()['id']}"
    assert post(lead, f"{at}/submit/").status_code == 200
    assert post(town, f"{at}/approve/").json()["code"] == "needs_members"
    assert post(lead, f"{at}/invite/", {"code": cast.fulian_org.code}).status_code == 200
    assert post(lead, f"{at}/accept/", {"organization": cast.fulian_org.pk}).status_code == 403
    assert post(browse("chifeng"), f"{at}/accept/", {"organization": cast.fulian_org.pk}).status_code == 403
    assert post(browse("fulian"), f"{at}/accept/", {"organization": cast.fulian_org.pk}).status_code == 200
    done = post(town, f"{at}/approve/", {"document_number": "7号"})
    assert (done.status_code, done.json()["state"], done.json()["members_now"]) == (200, "active", 2)
    assert post(town, f"{at}/approve/").status_code == 409


@pytest.mark.parametrize(("field", "value", "status"), [
    ("lead", "dongguan_org", 404), ("lead", 10**12, 404), ("supervising", "nanyang_org", 404),
    ("supervising", 10**12, 404), ("region", "4113", 422), ("name", "字" * 10_000, 422), ("name", "a\x00b", 422),
    ("form", "soviet", 422), ("lead", "x", 404), ("lead", True, 422), ("lead", None, 422), ("supervising", -1, 422),
    ("parent", "nanyang_alliance", 404), ("chains", ["x"], 422), ("chains", {}, 422),
])  # fmt: skip
def test_a_body_that_names_what_one_may_not_is_refused(cast, browse, field, value, status):
    body = {
        "name": "试", "form": "league", "formation": "convened", "lead": cast.dongshiqiao_org.pk,
        "supervising": cast.town_org.pk, "region": "150422404002",
    }  # fmt: skip
    wanted = getattr(cast, value).pk if isinstance(value, str) and hasattr(cast, value) else value
    assert post(browse("dongshiqiao"), "alliances/", body | {field: wanted}).status_code == status
    assert Alliance.objects.count() == 2


def test_a_member_cannot_apply_in_the_name_of_the_lead(cast, browse):
    body = {
        "name": "试", "form": "league", "formation": "convened", "lead": cast.dongshiqiao_org.pk,
        "supervising": cast.town_org.pk, "region": "150422404002",
    }  # fmt: skip
    assert post(browse("fulian"), "alliances/", body).status_code == 403


@pytest.mark.parametrize(("verb", "body"), [
    ("rectify", {"reason": "没有活动", "due_on": "2099-01-01"}), ("dissolve", {"reason": "完成"}),
    ("reward", {"reason": "好", "what": "资金"}),
])  # fmt: skip
def test_what_needs_two_people_answers_202_and_waits(cast, browse, verb, body):
    at = f"alliances/{cast.alliance.pk}/{verb}/"
    assert post(browse("fulian"), at, body).status_code == 403
    assert post(browse("nanyang"), at, body).status_code == 404
    asked = post(browse("chifeng"), at, body)
    assert (asked.status_code, asked.json()["state"]) == (202, "pending")
    approval = Approval.objects.get()
    assert (approval.verb, approval.region_id) == (f"alliances.{verb}", cast.alliance.region_id)
    assert approval.arguments == {name: value for name, value in body.items() if name != "reason"}
    assert post(browse("chifeng2"), at, body).json()["code"] == "already_proposed"
    assert post(browse("chifeng"), at, {}).status_code == 422
    cast.alliance.refresh_from_db()
    assert cast.alliance.state == "active"


def test_a_move_that_the_state_refuses_is_409(cast, browse):
    assert post(browse("chifeng"), f"alliances/{cast.alliance.pk}/reinstate/", {"reason": "好"}).status_code == 409
    assert post(browse("dongshiqiao"), f"alliances/{cast.alliance.pk}/submit/").json()["code"] == "move_refused"


def test_an_edit_changes_nothing_that_is_not_its_own(cast, browse):
    body = {
        "name": "改名",
        "state": "dissolved",
        "region": "4113",
        "lead": cast.fulian_org.pk,
        "code": "X",
        "synthetic": True,
    }
    answer = post(browse("dongshiqiao"), f"alliances/{cast.alliance.pk}/edit/", body)
    assert answer.status_code == 200
    after = Alliance.objects.get(pk=cast.alliance.pk)
    assert (after.name, after.state, after.region_id, after.lead_id, after.code, after.synthetic) == (
        "改名", "active", "150422404002", cast.dongshiqiao_org.pk, cast.alliance.code, False)  # fmt: skip


def test_an_activity_by_rest(cast, browse, people, today):
    lead, member = browse("dongshiqiao"), browse("fulian")
    body = {"kind": "theme_day", "title": "清理", "host": cast.fulian_org.pk, "planned_on": today.isoformat()}
    made = post(member, f"alliances/{cast.alliance.pk}/plan/", body)
    assert made.status_code == 201
    assert (
        post(member, f"alliances/{cast.alliance.pk}/plan/", body | {"host": cast.dongshiqiao_org.pk}).status_code == 404
    )
    at = f"activities/{made.json()['id']}"
    record = {"held_on": today.isoformat(), "organizations": [cast.fulian_org.pk], "people": [people[2].pk]}
    assert post(lead, f"{at}/hold/", record).status_code == 404  # not the lead's own people
    assert post(browse("nanyang"), f"{at}/hold/", record).status_code == 404
    assert post(browse("chifeng"), f"{at}/hold/", record | {"people": []}).status_code == 403
    assert post(member, f"{at}/hold/", record | {"organizations": [cast.dongguan_org.pk]}).status_code == 404
    held = post(member, f"{at}/hold/", record)
    assert held.status_code == 200
    session = held.json()["sessions"][0]
    assert (session["service_person_times"], session["organizations"]) == (1, [cast.fulian_org.pk])
    assert "people" not in session
    assert post(member, f"{at}/cancel/", {"reason": "x"}).status_code == 409


def test_a_late_record_is_vouched_for_by_rest(cast, browse):
    activity = verbs.plan(
        cast.alliance, kind="other", title="座谈", host=cast.fulian_org, planned_on=NOW.date(), by=cast.fulian, at=NOW
    )
    session = verbs.hold(
        activity, held_on=date(2019, 4, 1), organizations=[cast.fulian_org], by=cast.dongshiqiao, at=NOW
    )
    at, body = f"activities/{activity.pk}/confirm-session/", {"session": session.pk}
    assert post(browse("fulian"), at, body).status_code == 403
    assert post(browse("dongshiqiao"), at, body).status_code == 403
    assert post(browse("balinzuo"), at, {"session": session.pk + 999}).status_code == 404
    assert post(browse("balinzuo"), at, body).status_code == 200
    assert post(browse("balinzuo"), at, body).status_code == 409


def test_members_are_listed_to_those_who_see_the_alliance(cast, browse):
    url = f"/api/v1/alliances/{cast.alliance.pk}/members/"
    names = {row["organization_name"] for row in browse("fulian").get(url).json()}
    assert names == {cast.dongshiqiao_org.name, cast.fulian_org.name}
    assert browse("nanyang").get(url).status_code == 404


@pytest.mark.parametrize(
    "query", ["?password__startswith=a", "?_connector=OR", "?lead__name=x", "?ordering=lead__phone"]
)
def test_a_name_that_nobody_defined_is_refused(cast, browse, query):
    assert browse("chifeng").get(f"/api/v1/alliances/{query}").status_code == 422


def test_activities_of_the_other_city_are_not_there(cast, browse):
    verbs.plan(
        cast.alliance, kind="other", title="座谈", host=cast.fulian_org, planned_on=NOW.date(), by=cast.fulian, at=NOW
    )
    assert browse("nanyang").get("/api/v1/activities/").json()["results"] == []
    assert browse("nanyang").get(f"/api/v1/activities/{Activity.objects.get().pk}/").status_code == 404
