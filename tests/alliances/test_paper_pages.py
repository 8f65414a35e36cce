"""Charter, agreements and rotation on their pages and over REST: the same steps, the same words, nobody too many."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliances import transitions as verbs
from alliances.models import Alliance, Charter, HostTurn, Rotation
from alliances.notices import WRITERS
from assessments.workbench import todos_of
from members.models import Notice, Step
from members.notices import tell
from tests.cast import NOW, alliance, join
from tests.trust import files
from tests.trust.files import upload

TEXT = "第一条 自主自愿。\n第二条 每月例会。"


@pytest.fixture
def lead(cast):
    return {"by": cast.dongshiqiao, "at": NOW}


@pytest.fixture
def charter(cast, lead):
    return verbs.put_charter(verbs.draft_charter(cast.alliance, text=TEXT, **lead), **lead)


@pytest.fixture
def agreement(cast, lead, today):
    words = {"title": "共驻共建协议", "text": "一、共用阵地。", "valid_from": today, "valid_to": today + timedelta(20)}
    return verbs.put_agreement(verbs.draft_agreement(cast.alliance, **words, **lead), **lead)


@pytest.fixture
def rotation(cast):
    join(cast.alliance, cast.lushan_org, date(2019, 4, 1))
    now = {"by": cast.dongshiqiao, "at": timezone.now()}
    made = verbs.draw_up_rotation(cast.alliance, starts_on=timezone.localdate(), **now)
    return verbs.set_rotation(made, **now)


def rest(browser, way, body=None):
    return browser.post(f"/api/v1/{way}/", json.dumps(body or {}), "application/json")


def verbs_of(thing):
    return [(step.verb, step.to_state, step.by_id) for step in Step.objects.of(thing)]


def test_a_charter_from_the_form_to_its_force(cast, browse):
    lead, member = browse("dongshiqiao"), browse("fulian")
    draft = reverse("alliances:draft_charter", args=[cast.alliance.pk])
    assert member.get(draft).status_code == 403
    made = lead.post(draft, {"text": TEXT, "file": upload(files.PDF, "章程.pdf")})
    charter = Charter.objects.get()
    assert made.url == charter.get_absolute_url()
    assert "章程.pdf" in lead.get(made.url).content.decode()
    assert member.get(made.url).status_code == 404
    lead.post(reverse("charters:put", args=[charter.pk]))
    assert "尚未表态" in member.get(made.url).content.decode()
    done = member.post(reverse("charters:assent", args=[charter.pk]), {"organization": cast.fulian_org.pk})
    assert done.status_code == 302
    charter.refresh_from_db()
    assert charter.state == "in_force"
    page = browse("chifeng").get(reverse("alliances:charter", args=[cast.alliance.pk])).content.decode()
    assert "每月例会" in page
    assert "现行章程" in page


def test_what_changed_stands_on_the_page_of_the_next_version(cast, browse, charter, lead):
    verbs.assent(charter, cast.fulian_org, by=cast.fulian, at=NOW)
    second = verbs.draft_charter(cast.alliance, text=TEXT.replace("每月", "每季度"), **lead)
    verbs.put_charter(second, **lead)
    page = browse("fulian").get(second.get_absolute_url()).content.decode()
    assert "第二条 每<del>月</del><ins>季度</ins>例会。" in page


def test_a_refused_file_keeps_what_was_written(cast, browse):
    draft = reverse("alliances:draft_charter", args=[cast.alliance.pk])
    bad = upload(b"MZ\x90\0" + b"\0" * 60, "章程.pdf")
    page = browse("dongshiqiao").post(draft, {"text": TEXT, "file": bad})
    assert page.status_code == 422
    assert "不支持这种文件" in page.content.decode()
    assert "每月例会" in page.content.decode()
    assert not Charter.objects.exists()


@pytest.mark.parametrize("text", ["", "a\x00b", "字" * 20_001])
def test_odd_words_are_no_charter(cast, browse, text):
    assert browse("dongshiqiao").post(
        reverse("alliances:draft_charter", args=[cast.alliance.pk]), {"text": text}
    ).status_code == 422  # fmt: skip
    answer = rest(browse("dongshiqiao"), "charters", {"alliance": cast.alliance.pk, "text": text})
    assert answer.status_code in {400, 422}


def page_step(browser, verb, thing, words):
    return browser.post(reverse(verb, args=[thing.pk]), words)


STEPS = {
    "charters:assent": ("fulian", "charter", lambda c, t: {"organization": c.fulian_org.pk}),
    "charters:object": ("fulian", "charter", lambda c, t: {"organization": c.fulian_org.pk, "reason": "太密"}),
    "charters:withdraw": ("dongshiqiao", "charter", lambda c, t: {"reason": "重写"}),
    "agreements:sign": ("fulian", "agreement", lambda c, t: {"organization": c.fulian_org.pk}),
    "agreements:withdraw": ("dongshiqiao", "agreement", lambda c, t: {"reason": "再商量"}),
    "rotations:end": ("dongshiqiao", "rotation", lambda c, t: {"reason": "重排"}),
}


@pytest.mark.parametrize("name", STEPS)
def test_page_and_rest_take_the_same_step(cast, browse, request, name):
    who, what, words = STEPS[name]
    thing, taken = request.getfixturevalue(what), []
    for way in ("page", "rest"):
        with transaction.atomic():
            if way == "page":
                assert page_step(browse(who), name, thing, words(cast, thing)).status_code == 302
            else:
                noun, verb = name.split(":")
                assert rest(browse(who), f"{noun}/{thing.pk}/{verb}", words(cast, thing)).status_code == 200
            taken.append(verbs_of(thing))
            transaction.set_rollback(True)
    assert taken[0] == taken[1]


def test_rest_drafts_puts_and_takes_a_file(cast, browse):
    lead = browse("dongshiqiao")
    sent = {"alliance": cast.alliance.pk, "text": TEXT, "file": upload(files.PDF, "章程.pdf")}
    made = lead.post("/api/v1/charters/", sent)
    assert made.status_code == 201, made.content
    said = made.json()
    assert said["state"] == "draft"
    assert said["documents"][0]["name"] == "章程.pdf"
    assert lead.get(said["documents"][0]["url"]).content == files.PDF
    bad = lead.post(f"/api/v1/charters/{said['id']}/amend/", {"text": TEXT, "file": upload(b"MZ", "a.pdf")})
    assert bad.status_code == 422
    keyed = lead.post(f"/api/v1/charters/{said['id']}/amend/", {"text": TEXT}, headers={"Idempotency-Key": "k"})
    assert keyed.status_code == 400
    assert rest(lead, f"charters/{said['id']}/put").json()["state"] == "consulting"


def test_rest_renews_and_swaps(cast, browse, agreement, rotation):
    verbs.sign_agreement(agreement, cast.fulian_org, by=cast.fulian, at=NOW)
    term = {"valid_from": "2030-01-01", "valid_to": "2030-12-31"}
    renewed = rest(browse("dongshiqiao"), f"agreements/{agreement.pk}/renew", term)
    assert renewed.status_code == 201
    assert (renewed.json()["version"], renewed.json()["previous"]) == (2, agreement.pk)
    mine, other = (HostTurn.objects.to_come().get(organization=o) for o in (cast.fulian_org, cast.lushan_org))
    asked = rest(browse("fulian"), f"turns/{mine.pk}/swap", {"other": other.pk, "reason": "培训"})
    assert asked.status_code == 201
    assert rest(browse("lushan"), f"swaps/{asked.json()['id']}/accept").json()["state"] == "accepted"
    hosts = browse("chifeng").get(f"/api/v1/turns/?alliance={cast.alliance.pk}&on={mine.since}").json()["results"]
    assert [turn["organization"] for turn in hosts] == [cast.lushan_org.pk]
    assert browse("nanyang").get("/api/v1/turns/").json()["results"] == []


def test_ids_of_others_in_a_body_are_absent(cast, browse, charter, rotation):
    foreign = {"organization": cast.dongguan_org.pk}
    assert rest(browse("fulian"), f"charters/{charter.pk}/assent", foreign).status_code == 404
    assert page_step(browse("fulian"), "charters:assent", charter, foreign).status_code == 422
    elsewhere = {"alliance": cast.nanyang_alliance.pk, "text": TEXT}
    assert rest(browse("dongshiqiao"), "charters", elsewhere).status_code == 404
    present = HostTurn.objects.present().get()
    mine = HostTurn.objects.to_come().get(organization=cast.fulian_org)
    body = {"other": present.pk, "reason": "培训"}
    assert rest(browse("fulian"), f"turns/{mine.pk}/swap", body).status_code == 404


def test_the_order_is_changed_by_buttons_and_by_rest(cast, browse):
    lead = browse("dongshiqiao")
    join(cast.alliance, cast.lushan_org, date(2019, 4, 1))
    start = timezone.localdate().isoformat()
    made = lead.post(
        reverse("alliances:draw_up_rotation", args=[cast.alliance.pk]),
        {"starts_on": start, "length": 1, "unit": "week"},
    )
    rotation = Rotation.objects.get()
    assert made.url == reverse("alliances:rotation", args=[cast.alliance.pk])
    arrange = reverse("rotations:arrange", args=[rotation.pk])
    assert "上移" in lead.get(arrange).content.decode()
    assert browse("fulian").get(arrange).status_code == 404
    lead.post(arrange, {"up": cast.lushan_org.pk})
    rotation.refresh_from_db()
    assert rotation.order == [cast.dongshiqiao_org.pk, cast.lushan_org.pk, cast.fulian_org.pk]
    for odd in ({"up": "x"}, {"up": 2**70}):
        assert lead.post(arrange, odd).status_code in {302, 422}
    wanted = [cast.fulian_org.pk, cast.dongshiqiao_org.pk]
    answer = rest(lead, f"rotations/{rotation.pk}/arrange", {"order": wanted})
    assert answer.json()["order"] == [*wanted, cast.lushan_org.pk]
    assert rest(lead, f"rotations/{rotation.pk}/arrange", {"order": [cast.dongguan_org.pk]}).status_code == 404
    lead.post(reverse("rotations:set", args=[rotation.pk]))
    assert HostTurn.objects.present().get().organization == cast.fulian_org


def test_the_host_stands_on_every_tab_and_convenes_without_being_the_lead(cast, browse, rotation):
    url = reverse("alliances:detail", args=[cast.alliance.pk])
    assert "本期轮值：东石桥社区党总支" in browse("chifeng").get(url).content.decode()
    second = timezone.localdate() + timedelta(days=35)
    assert not Alliance.objects.convenable_by(cast.fulian).exists()
    verbs.hand_over_hosts(second)
    assert "本期轮值：巴林左旗妇联党支部" in browse("chifeng").get(url).content.decode()
    assert Alliance.objects.convenable_by(cast.fulian).get() == cast.alliance
    assert Alliance.objects.plannable_by(cast.fulian).exists()
    assert not Alliance.objects.convenable_by(cast.lushan).exists()


def test_the_list_shows_what_is_about_to_expire(cast, browse, agreement):
    url = reverse("agreements:list") + "?view=expiring"
    assert agreement.title not in browse("chifeng").get(url).content.decode(), "not signed yet"
    verbs.sign_agreement(agreement, cast.fulian_org, by=cast.fulian, at=NOW)
    assert agreement.title in browse("chifeng").get(url).content.decode()
    assert agreement.title not in browse("nanyang").get(url).content.decode()


def test_the_work_bench_says_what_waits(cast, charter, agreement, rotation):
    today = timezone.localdate()
    counts = todos_of(cast.fulian, today)[1]
    assert {key: counts[key] for key in ("charters", "agreements", "swaps", "host")} == {
        "charters": 1, "agreements": 1, "swaps": 0, "host": 0,
    }  # fmt: skip
    verbs.sign_agreement(agreement, cast.fulian_org, by=cast.fulian, at=NOW)
    counts = todos_of(cast.dongshiqiao, today)[1]
    assert (counts["expiring"], counts["host"]) == (1, 1)


@pytest.fixture
def heard(cast):
    tell(WRITERS, NOW)
    Notice.objects.all().delete()

    def listen():
        tell(WRITERS, NOW)
        found = {(notice.user.username, notice.text) for notice in Notice.objects.select_related("user")}
        Notice.objects.all().delete()
        return found

    return listen


def test_who_is_asked_hears_of_it_and_nobody_of_a_draft(cast, heard, lead):
    charter = verbs.draft_charter(cast.alliance, text=TEXT, **lead)
    assert heard() == set()
    verbs.put_charter(charter, **lead)
    assert [who for who, _text in heard()] == ["fulian"]
    verbs.object_(charter, cast.fulian_org, reason="太密", by=cast.fulian, at=NOW)
    assert heard() == {
        ("dongshiqiao", "巴林左旗妇联党支部对“五金小区基层治理共同体”章程第1版有异议：太密")
    }  # fmt: skip
    verbs.assent(charter, cast.fulian_org, by=cast.fulian, at=NOW)
    assert {who for who, _text in heard()} == {"dongshiqiao"}


def test_the_parties_hear_of_signature_and_end(cast, heard, agreement):
    assert [who for who, _text in heard()] == ["fulian"]
    verbs.sign_agreement(agreement, cast.fulian_org, by=cast.fulian, at=NOW)
    heard()
    verbs.tend_agreements(timezone.localdate())
    told = heard()
    assert {who for who, _text in told} == {"dongshiqiao", "fulian"}
    assert all("到期" in text for _who, text in told)


def test_hosts_hear_of_swaps_and_of_their_turn_and_so_does_the_one_before(cast, heard, rotation):
    assert {who for who, _text in heard()} == {"fulian", "lushan", "dongshiqiao"}
    mine, other = (HostTurn.objects.to_come().get(organization=o) for o in (cast.lushan_org, cast.fulian_org))
    swap = verbs.ask_swap(mine, other=other, reason="培训", by=cast.lushan, at=NOW)
    assert [who for who, _text in heard()] == ["fulian"]
    verbs.refuse_swap(swap, reason="不便", by=cast.fulian, at=NOW)
    assert [who for who, _text in heard()] == ["lushan"]
    verbs.hand_over_hosts(timezone.localdate() + timedelta(days=32))
    assert {who for who, _text in heard()} == {"fulian", "dongshiqiao"}


def grow(cast, n):
    today = timezone.localdate()
    for i in range(n):
        made = alliance(f"东石桥第{i}联盟", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org, cast.lushan_org])
        now = {"by": cast.dongshiqiao, "at": timezone.now()}
        first = verbs.draft_charter(made, text=TEXT, file=upload(files.PDF, "章程.pdf"), **now)
        verbs.put_charter(first, **now)
        words = {"title": f"协议{i}", "text": TEXT, "valid_from": today, "valid_to": today}
        for of in (made, cast.alliance):
            verbs.put_agreement(verbs.draft_agreement(of, **words, **now), **now)
        verbs.set_rotation(verbs.draw_up_rotation(made, starts_on=today, **now), **now)
        mine, other = made.turns.to_come()
        verbs.ask_swap(mine, other=other, reason="培训", by=cast.fulian, at=NOW)


@pytest.mark.parametrize(
    "url",
    ["/agreements/", "/api/v1/charters/", "/api/v1/agreements/", "/api/v1/rotations/", "/api/v1/turns/",
     "/api/v1/swaps/", "charter"],
)  # fmt: skip
def test_three_rows_cost_no_more_queries_than_one(cast, browse, url):
    where = reverse("alliances:charter", args=[cast.alliance.pk]) if url == "charter" else url
    browser, asked = browse("chifeng"), []
    for n in (1, 2):
        grow(cast, n)
        browser.get(where)
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(where).status_code == 200
        asked.append(len(caught))
    assert asked[0] == asked[1] <= 26


def test_the_tab_of_rotation_costs_the_same_for_many_turns(cast, browse, rotation):
    url = reverse("alliances:rotation", args=[cast.alliance.pk])
    browser = browse("fulian")
    browser.get(url)
    with CaptureQueriesContext(connection) as one:
        browser.get(url)
    for n in range(1, 12):
        verbs.hand_over_hosts(timezone.localdate() + timedelta(days=31 * n))
    with CaptureQueriesContext(connection) as many:
        browser.get(url)
    assert HostTurn.objects.count() > 9
    assert len(many) == len(one)
