"""The pages of double registration and REST beside them: who opens what, bulk by one form, bad inputs, budgets."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliances import transitions as verbs
from alliances.models import OrganLink, Registration
from alliances.notices import WRITERS
from members.models import Notice, Step, User
from members.notices import tell
from tests.cast import NOW, again, organization, person, user


@pytest.fixture
def crew(cast):
    """People of 妇联; the first has an account."""
    found = [person(f"组员{n}", cast.fulian_org, post="科员", phone="13911112222") for n in range(3)]
    account = user("crew", "member", organization=cast.fulian_org)
    User.objects.filter(pk=account.pk).update(party_member=found[0])
    return found


def post(browser, path, body=None):
    return browser.post(f"/api/v1/{path}", json.dumps(body or {}), content_type="application/json")


def url(name, thing=None):
    return reverse(f"registrations:{name}", args=[thing.pk] if thing else [])


@pytest.mark.parametrize(("who", "first"), [
    ("chifeng", "coverage"), ("balinzuo", "coverage"), ("fulian", "links"), ("dongshiqiao", "links"),
    ("lushan", "links"),
])  # fmt: skip
def test_the_way_in_leads_to_what_concerns_one(cast, browse, who, first):
    assert browse(who).get(url("home")).url == url(first)


def test_a_members_way_in_is_its_own_page(cast, client, crew):
    client.force_login(crew[0].account)
    assert client.get(url("home")).url == url("mine")
    assert "组员0" in client.get(url("mine")).content.decode()


def test_an_organ_and_a_community_find_each_other_by_page(cast, browse):
    organ, community = browse("fulian"), browse("dongshiqiao")
    page = organ.get(url("ask", cast.fulian_org), {"q": "东石桥"})
    assert "东石桥社区党总支" in page.content.decode()
    assert "东关社区" not in organ.get(url("ask", cast.fulian_org), {"q": "东关"}).content.decode()
    assert organ.post(url("ask", cast.fulian_org), {"community": cast.dongshiqiao_org.pk}).status_code == 302
    link = OrganLink.objects.get()
    assert "接收" in community.get(url("links")).content.decode()
    assert community.post(url("accept", link)).status_code == 302
    slip = organ.get(url("link_slip", link)).content.decode()
    assert "回执单" in slip
    assert "巴林左旗妇联党支部" in slip
    assert organ.post(url("end_link", link), {"reason": ""}).status_code == 422
    assert community.post(url("end_link", link), {"reason": "到期"}).status_code == 302
    link.refresh_from_db()
    assert link.state == "ended"


def test_a_branch_registers_many_on_one_page(cast, browse, crew):
    branch, address = browse("fulian"), url("register", cast.fulian_org)
    page = branch.get(address, {"q": "东石桥"}).content.decode()
    assert all(one.name in page for one in crew)
    words = {"community": cast.dongshiqiao_org.pk, "people": [one.pk for one in crew[:2]]}
    assert branch.post(address, words).status_code == 302
    assert Registration.objects.count() == 2
    assert branch.post(address, words | {"people": [one.pk for one in crew]}).status_code == 302
    assert Registration.objects.count() == 3
    assert "东石桥社区党总支" in branch.get(address).content.decode()


def test_the_community_sees_names_and_posts_and_no_phone(cast, browse, crew):
    verbs.register(crew, cast.dongshiqiao_org, by=cast.fulian, at=NOW)
    page = browse("dongshiqiao").get(url("people")).content.decode()
    assert "组员0" in page
    assert "科员" in page
    rest = browse("dongshiqiao").get("/api/v1/registrations/").content.decode()
    for text in (page, rest):
        assert "1391" not in text
        assert "2222" not in text
    assert browse("dongshiqiao").get(f"/organizations/people/{crew[0].pk}/phone/").status_code == 404


def test_a_member_registers_and_takes_a_post_with_one_tap(cast, client, crew):
    client.force_login(crew[0].account)
    assert client.post(url("register_person", crew[0]), {"community": cast.dongshiqiao_org.pk}).status_code == 302
    offered = verbs.offer(cast.dongshiqiao_org, title="楼栋长", capacity=1, by=cast.dongshiqiao, at=NOW)
    assert "楼栋长" in client.get(url("mine")).content.decode()
    assert client.post(url("take", offered), {"person": crew[0].pk}).status_code == 302
    assert client.post(url("take", offered), {"person": crew[0].pk}).status_code == 409
    assert client.post(url("skills", crew[0]), {"skills": ["law", "care"]}).status_code == 302
    assert crew[0].skills.count() == 2
    registration = crew[0].registrations.get()
    assert client.get(url("slip", registration)).status_code == 200
    assert client.post(url("end", registration), {"reason": "搬家"}).status_code == 302


def test_coverage_goes_down_level_by_level_and_names_who_is_missing(cast, browse, crew):
    verbs.register(crew[:1], cast.dongshiqiao_org, by=cast.fulian, at=NOW)
    page = browse("chifeng").get(url("coverage")).content.decode()
    assert page.index("红山区") < page.index("巴林左旗") if "红山区" in page else "巴林左旗" in page
    assert "33.3%" in page
    assert "南阳" not in page.partition("<main")[2]
    missing = browse("balinzuo").get(url("people_without")).content.decode()
    assert "组员1" in missing
    assert "组员0" not in missing
    assert "1391" not in missing
    organs = browse("balinzuo").get(url("organs_without")).content.decode()
    assert "巴林左旗妇联党支部" in organs
    for code in ("4113", "15", "x", "150422\0", "９"):
        assert browse("chifeng").get(url("coverage"), {"region": code}).status_code == 404, code
    for who in ("fulian", "dongshiqiao", "auditor"):
        assert browse(who).get(url("coverage")).status_code == 403


def test_links_by_rest_take_the_same_steps_as_by_page(cast, browse):
    organ, community, seen = browse("fulian"), browse("dongshiqiao"), []
    for by_page in (True, False):
        if by_page:
            organ.post(url("ask", cast.fulian_org), {"community": cast.dongshiqiao_org.pk})
            link = OrganLink.objects.latest("pk")
            community.post(url("accept", link))
            organ.post(url("end_link", link), {"reason": "到期"})
        else:
            made = post(organ, "organ-links/", {"organ": cast.fulian_org.pk, "community": cast.dongshiqiao_org.pk})
            assert (made.status_code, made.json()["state"]) == (201, "asked")
            link = OrganLink.objects.latest("pk")
            assert post(community, f"organ-links/{link.pk}/accept/").json()["open_moves"] == ["ended"]
            assert post(organ, f"organ-links/{link.pk}/end/", {"reason": "到期"}).status_code == 200
        steps = Step.objects.of(link)
        seen.append([(s.verb, s.from_state, s.to_state, s.by, s.organization, s.reason) for s in steps])
    assert seen[0] == seen[1]
    assert [row[0] for row in seen[0]] == ["ask", "accept_link", "end_link"]
    assert post(community, f"organ-links/{link.pk}/accept/").json()["code"] == "move_refused"


def test_registrations_by_rest(cast, browse, crew):
    branch = browse("fulian")
    body = {"people": [one.pk for one in crew], "community": cast.dongshiqiao_org.pk}
    made = post(branch, "registrations/", body)
    assert (made.status_code, len(made.json())) == (201, 3)
    assert set(made.json()[0]) == {
        "id", "state", "open_moves", "person", "name", "post", "organization", "community", "region", "registered_on",
        "ended_on", "synthetic", "updated_at",
    }  # fmt: skip
    assert post(branch, "registrations/", body).json() == []
    one = made.json()[0]["id"]
    assert post(browse("dongshiqiao"), f"registrations/{one}/end/", {"reason": "x"}).status_code == 403
    assert post(browse("nanyang"), f"registrations/{one}/end/", {"reason": "x"}).status_code == 404
    assert post(branch, f"registrations/{one}/end/").status_code in {400, 422}
    assert post(branch, f"registrations/{one}/end/", {"reason": "调动"}).json()["state"] == "ended"
    assert post(browse("dongshiqiao"), "registrations/", body).status_code == 404, "not its people"


BAD = ("长" * 10_000, "a\0b", "-1", "9" * 30, "１", "", "None", "[]", "<script>")


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_bad_input_is_refused_and_never_an_error(cast, browse, crew, bad):
    branch, community = browse("fulian"), browse("dongshiqiao")
    for browser, name, thing, words in (
        (branch, "ask", cast.fulian_org, {"community": bad}),
        (branch, "register", cast.fulian_org, {"community": bad, "people": [bad]}),
        (branch, "register_person", crew[0], {"community": bad}), (branch, "skills", crew[0], {"skills": [bad]}),
        (community, "offer", None, {"community": bad, "title": bad, "capacity": bad}),
        (community, "form_team", cast.dongshiqiao_org, {"name": bad, "captain": bad, "alliance": bad}),
    ):  # fmt: skip
        assert browser.post(url(name, thing), words).status_code in {422, 404}, name
        assert browser.get(url(name, thing), {"q": bad}).status_code == 200, name
    for path, words in (
        ("organ-links/", {"organ": cast.fulian_org.pk, "community": bad}),
        ("registrations/", {"people": [bad], "community": cast.lushan_org.pk}),
        ("registrations/keep-skills/", {"person": bad, "skills": [bad]}),
    ):
        assert post(branch, path, words).status_code in {400, 404, 422}, path
    assert not Registration.objects.exists()
    assert not OrganLink.objects.exists()


def test_borrowed_ids_are_not_found(cast, browse, crew):
    """An id of somebody else's answers like one that does not exist: communities of the other city, others' people."""
    stranger = person("外地人", cast.nanyang_org)
    branch = browse("fulian")
    wrong = branch.post(url("ask", cast.fulian_org), {"community": cast.dongguan_org.pk})
    absent = branch.post(url("ask", cast.fulian_org), {"community": 987654321})
    assert wrong.status_code == absent.status_code == 422
    words = {"community": cast.dongshiqiao_org.pk, "people": [stranger.pk]}
    assert branch.post(url("register", cast.fulian_org), words).status_code == 422
    assert branch.get(url("skills", stranger)).status_code == 404
    body = {"people": [stranger.pk], "community": cast.dongshiqiao_org.pk}
    assert post(branch, "registrations/", body).status_code == 404


def grow(cast, n):
    """So many more links, registrations with skills, posts with holders, teams, and organs that are missing."""
    for _ in range(n):
        number = OrganLink.objects.count()
        organ = organization(f"第{number}机关党支部", "150422")
        voice = user(f"organ-{number}", "branch", organization=organ)
        link = verbs.ask(organ, cast.dongshiqiao_org, by=voice, at=NOW)
        verbs.accept_link(link, by=cast.dongshiqiao, at=NOW)
        people = [person(f"机关{number}-{k}", organ) for k in range(3)]
        verbs.register(people[:2], cast.dongshiqiao_org, by=voice, at=NOW)
        verbs.keep_skills(people[0], skills=["law", "care"], by=voice, at=NOW)
        offered = verbs.offer(cast.dongshiqiao_org, title=f"岗{number}", capacity=2, by=cast.dongshiqiao, at=NOW)
        verbs.take(offered, people[0], by=voice, at=NOW)
        verbs.form_team(cast.dongshiqiao_org, name=f"队{number}", captain=people[0], by=cast.dongshiqiao, at=NOW)
        organization(f"未结对{number}", "150422")


LISTS = ["links", "people", "posts", "teams", "coverage", "organs_without", "people_without"]
REST = ["organ-links", "registrations", "service-posts", "teams"]


@pytest.mark.parametrize("address", [f"page {name}" for name in LISTS] + [f"rest {name}" for name in REST])
def test_three_rows_cost_no_more_queries_than_one(cast, browse, address):
    kind, name = address.split()
    where, browser = url(name) if kind == "page" else f"/api/v1/{name}/", browse("balinzuo")
    counts = []
    for more in (1, 2):
        grow(cast, more)
        browser.get(where)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(where).status_code == 200
        counts.append([query["sql"] for query in asked])
    assert len(counts[0]) == len(counts[1]), "\n".join(counts[1])
    assert len(counts[0]) <= 24


def test_a_link_is_told_to_the_other_side(cast):
    tell(WRITERS, NOW)
    Notice.objects.all().delete()

    def heard():
        tell(WRITERS, NOW)
        found = {(notice.user.username, notice.text) for notice in Notice.objects.select_related("user")}
        Notice.objects.all().delete()
        return found

    link = verbs.ask(cast.fulian_org, cast.dongshiqiao_org, by=cast.fulian, at=NOW)
    assert heard() == {("dongshiqiao", "巴林左旗妇联党支部向贵社区报到，请答复。")}
    verbs.accept_link(link, by=cast.dongshiqiao, at=NOW)
    assert heard() == {("fulian", "东石桥社区党总支已接收报到，与巴林左旗妇联党支部结对。")}
    verbs.end_link(link, by=cast.fulian, at=NOW, reason="到期")
    assert {who for who, _text in heard()} == {"dongshiqiao"}


def test_the_navigation_offers_it_to_whom_it_concerns(cast, browse):
    for who, offered in (("chifeng", True), ("fulian", True), ("dongshiqiao", True), ("sysadmin", False)):
        assert (url("home") in browse(who).get("/").content.decode()) is offered, who
    assert again(cast.fulian).rights.places == ()
