"""Pages and REST of the means: the same steps, the same refusals, money as strings, few queries."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.models import Booking, Distribution, FundEntry, Venue
from alliances.notices import WRITERS
from alliances.transitions import distribution, staff, venue
from members.models import Notice, Step
from members.notices import tell
from tests.alliances.means import DAY, divided, grant, hall, settled
from tests.alliances.test_budgets import queries
from tests.cast import NOW


def post(browser, path, body):
    return browser.post(f"/api/v1/{path}", json.dumps(body), content_type="application/json")


def url(name, thing):
    return reverse(name, args=[thing.pk])


@pytest.fixture
def tomorrow(today):
    return today + timedelta(days=1)


def last_step(thing):
    step = Step.objects.of(thing).last()
    return step.verb, step.to_state, step.by, step.organization, step.reason


def test_money_by_page_and_by_rest_takes_the_same_step(cast, browse):
    lead, words = browse("dongshiqiao"), {"source": "dues", "amount": "1000.10", "on": "2019-06-03"}
    assert lead.post(url("alliances:receive", cast.alliance), words).status_code == 302
    answer = post(lead, "funds/receive/", words | {"alliance": cast.alliance.pk})
    assert (answer.status_code, answer.json()["amount"]) == (201, "1000.10")
    by_rest, by_page = FundEntry.objects.all()[:2]
    assert last_step(by_page) == last_step(by_rest)
    spent = {"amount": "2000.21", "on": "2019-06-03", "purpose": "工具"}
    page = lead.post(url("alliances:spend", cast.alliance), spent)
    assert page.status_code == 409
    assert "2,000.20" in page.content.decode()
    refused = post(lead, "funds/spend/", spent | {"alliance": cast.alliance.pk})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_enough")
    assert "2,000.20" in refused.json()["detail"]


def test_a_double_click_enters_money_once_and_other_input_from_the_same_page_is_another_line(cast, browse):
    lead, where = browse("dongshiqiao"), url("alliances:receive", cast.alliance)
    token = re.search(r'name="once" value="(\w{32})"', lead.get(where).content.decode())[1]
    words = {"source": "dues", "amount": "1000", "on": "2019-06-03", "once": token}
    first, second = lead.post(where, words), lead.post(where, words, follow=True)
    assert second.redirect_chain == [(first.url, 302)]
    assert "没有重复办理" in second.content.decode()
    assert FundEntry.objects.count() == 1
    assert lead.post(where, words | {"amount": "1001"}).status_code == 302
    assert FundEntry.objects.count() == 2
    page = browse("dongshiqiao").get(where).content.decode()
    assert token not in page, "each page is a deed of its own"


def test_what_was_refused_may_be_sent_again_from_the_same_page(cast, browse):
    lead, where = browse("dongshiqiao"), url("alliances:spend", cast.alliance)
    words = {"amount": "500", "on": "2019-06-03", "purpose": "工具", "once": "a" * 32}
    assert lead.post(where, words).status_code == 409
    grant(cast, "1000.00")
    assert [lead.post(where, words).status_code for _ in range(2)] == [302, 302]
    assert cast.alliance.funds.balance() == 500
    for odd in ("x" * 10_000, "a\x00b", "A" * 32, ""):
        assert lead.post(where, words | {"once": odd, "amount": "1"}).status_code == 302


@pytest.mark.parametrize(
    "amount", ["1e400000", "NaN", "-1", "0.001", "0", "Infinity", "1" * 10_000, "a\x00b", None, []]
)
def test_an_odd_amount_is_422_in_words(cast, browse, amount):
    lead, words = browse("dongshiqiao"), {"source": "dues", "on": "2019-06-03"}
    answer = post(lead, "funds/receive/", words | {"alliance": cast.alliance.pk, "amount": amount})
    assert answer.status_code == 422
    assert answer.json()["errors"]["amount"]
    if isinstance(amount, str):
        page = lead.post(url("alliances:receive", cast.alliance), words | {"amount": amount})
        assert page.status_code == 422
        assert page.context["form"].errors["amount"]
    assert not FundEntry.objects.exists()


def test_ids_of_others_are_not_there(cast, browse):
    lead, words = browse("dongshiqiao"), {"amount": "1.00", "on": "2019-06-03", "alliance": cast.alliance.pk}
    for body in (
        {"source": "pooled", "member": cast.dongguan_org.pk}, {"source": "pooled", "member": 2**62},
        {"source": "dues", "alliance": cast.nanyang_alliance.pk},
    ):  # fmt: skip
        assert post(lead, "funds/receive/", words | body).status_code == 404
    foreign = grant_of_nanyang(cast)
    assert post(lead, f"funds/{foreign.pk}/reverse/", {"reason": "x"}).status_code == 404
    assert lead.get(f"/api/v1/funds/?alliance={cast.nanyang_alliance.pk}").json()["results"] == []
    assert lead.get(f"/api/v1/alliances/{cast.nanyang_alliance.pk}/funds/").status_code == 404


def grant_of_nanyang(cast):
    return FundEntry.objects.create(alliance=cast.nanyang_alliance, kind="dues", amount=1, on=DAY)


def test_a_taken_back_line_shows_with_its_counter_entry(cast, browse):
    lead, entry = browse("dongshiqiao"), grant(cast, "1000.00")
    assert lead.post(url("means:reverse_fund", entry), {"reason": "重复入账"}).status_code == 302
    page = lead.get(url("alliances:funds", cast.alliance)).content.decode()
    assert "已冲销" in page
    assert "重复入账" in page
    assert post(lead, f"funds/{entry.pk}/reverse/", {"reason": "再来"}).json()["code"] in {"reversed", "move_refused"}
    years = lead.get(f"/api/v1/alliances/{cast.alliance.pk}/funds/").json()
    assert {year["year"]: year["balance"] for year in years}[2019] == "1000.00"
    assert years[0]["balance"] == "0.00"


def test_a_booking_by_page_and_rest(cast, browse, tomorrow):
    place, member = hall(cast, at=timezone.now()), browse("fulian")
    form = {
        "organization": cast.fulian_org.pk, "on": tomorrow.isoformat(), "begins": "09:00", "ends": "11:00",
        "purpose": "学习会",
    }  # fmt: skip
    assert member.post(url("venues:book", place), form).status_code == 302
    gone = member.post(url("venues:book", place), form | {"on": "2019-06-03"})
    assert gone.status_code == 422
    assert "已经过去" in gone.content.decode()
    again = member.post(url("venues:book", place), form)
    assert again.status_code == 409
    assert "已由" in again.content.decode()
    body = {
        "organization": cast.fulian_org.pk, "starts_at": f"{tomorrow}T10:59", "ends_at": f"{tomorrow}T12:00",
        "purpose": "学习会",
    }  # fmt: skip
    assert post(member, f"venues/{place.pk}/book/", body).json()["code"] == "taken"
    made = post(member, f"venues/{place.pk}/book/", body | {"starts_at": f"{tomorrow}T11:00"})
    assert (made.status_code, made.json()["state"]) == (201, "booked")
    first, second = Booking.objects.order_by("pk")
    assert last_step(first) == last_step(second)
    refused = post(browse("dongshiqiao"), f"bookings/{second.pk}/refuse/", {"reason": "选举"})
    assert (refused.json()["state"], refused.json()["refusal"]) == ("refused", "选举")
    assert member.post(url("venues:release", first)).status_code == 302


@pytest.mark.parametrize(("starts", "ends"), [
    ("0001-01-01T00:00:00+14:00", "0001-01-01T01:00:00+14:00"), ("9999-12-31T22:00", "9999-12-31T23:00"),
    ("0001-01-01T00:00", "0001-01-01T00:00"), ("2019-02-29T09:00", "2019-02-29T10:00"), ("x", None), ("", ""),
])  # fmt: skip
def test_odd_hours_are_422(cast, browse, starts, ends):
    place = hall(cast, at=timezone.now())
    body = {"organization": cast.fulian_org.pk, "purpose": "会", "starts_at": starts, "ends_at": ends}
    assert post(browse("fulian"), f"venues/{place.pk}/book/", body).status_code == 422
    form = {"organization": cast.fulian_org.pk, "purpose": "会", "on": starts[:10], "begins": "09:00", "ends": "x"}
    assert browse("fulian").post(url("venues:book", place), form).status_code == 422


@pytest.mark.parametrize("on", ["", "x", "9999-12-31", "0001-01-01", "2019-13-01", "%00"])
def test_an_odd_week_is_this_week(cast, browse, on):
    page = browse("fulian").get(url("venues:detail", hall(cast)) + f"?on={on}")
    assert page.status_code == 200
    assert len(page.context["days"]) == 7


def test_a_free_part_of_a_day_is_one_tap_from_the_form(cast, browse, tomorrow):
    place, member = hall(cast, at=timezone.now()), browse("fulian")
    page = member.get(url("venues:detail", place) + f"?on={tomorrow}").content.decode()
    assert f"?on={tomorrow}&amp;begins=09:00&amp;ends=11:30" in page
    form = member.get(url("venues:book", place) + f"?on={tomorrow}&begins=09:00&ends=11:30").content.decode()
    assert f'value="{tomorrow}"' in form
    assert 'value="09:00"' in form
    assert "可约" not in browse("chifeng").get(url("venues:detail", place) + f"?on={tomorrow}").content.decode()


def test_a_distribution_from_the_scheme_to_the_paper_by_pages(cast, browse):
    lead, member = browse("dongshiqiao"), browse("fulian")
    form = {"name": "4421", "base": "增值利润"}
    for n, (party, percent, rate) in enumerate((("农户", 40, ""), ("经营主体", 40, 10), ("村集体", 20, 10)), 1):
        form |= {f"party_{n}": party, f"percent_{n}": percent, f"rate_{n}": rate}
    wrong = lead.post(url("alliances:draw_up_scheme", cast.alliance), form | {"percent_3": 19})
    assert wrong.status_code == 422
    assert "99" in wrong.content.decode()
    assert lead.post(url("alliances:draw_up_scheme", cast.alliance), form).status_code == 302
    scheme = cast.alliance.schemes.get()
    assert lead.post(url("means:distribute", scheme), {"amount": "1000000", "on": "2019-06-03"}).status_code == 302
    made = Distribution.objects.get()
    assert lead.post(url("distributions:settle", made)).status_code == 409
    assert lead.post(url("distributions:confirm", made), {"organization": cast.dongshiqiao_org.pk}).status_code == 403
    assert member.post(url("distributions:confirm", made), {"organization": cast.fulian_org.pk}).status_code == 302
    assert lead.post(url("distributions:settle", made)).status_code == 302
    paper = browse("balinzuo").get(url("distributions:paper", made)).content.decode()
    for words in ("400,000.00", "360,000.00", "180,000.00", "60,000.00", "巴林左旗妇联党支部"):
        assert words in paper
    assert "60,000.00" in member.get(url("alliances:reserve", cast.alliance)).content.decode()


def test_a_distribution_by_rest_says_money_as_strings(cast, browse):
    lead, member = browse("dongshiqiao"), browse("fulian")
    shares = [{"party": "甲", "percent": "33.33", "reserve_rate": "10"}, {"party": "乙", "percent": "66.67"}]
    body = {"alliance": cast.alliance.pk, "name": "一二", "base": "利润", "shares": shares}
    scheme = post(lead, "distribution-schemes/", body)
    assert scheme.status_code == 201, scheme.content
    for odd in ([], shares[:1], [{"party": "甲", "percent": "NaN"}] * 2, "x", [{"party": "甲", "percent": "50"}] * 2):
        assert post(lead, "distribution-schemes/", body | {"name": "另", "shares": odd}).status_code == 422
    divided_ = post(
        lead, f"distribution-schemes/{scheme.json()['id']}/distribute/", {"amount": "0.01", "on": "2019-06-03"}
    )
    made = f"distributions/{divided_.json()['id']}"
    assert [line["share"] for line in divided_.json()["lines"]] == ["0.00", "0.01"]
    assert post(member, f"{made}/settle/", {}).status_code == 403
    assert post(lead, f"{made}/confirm/", {"organization": cast.fulian_org.pk}).status_code == 403
    assert post(member, f"{made}/confirm/", {"organization": cast.fulian_org.pk}).json()["state"] == "confirmed"
    assert post(lead, f"{made}/settle/", {}).json()["state"] == "settled"
    assert post(lead, f"{made}/cancel/", {"reason": "x"}).status_code == 409


def test_who_is_only_invited_sees_nothing_of_the_money(cast, browse):
    from alliances.transitions import invite

    grant(cast, "1234.56")
    invite(cast.alliance, cast.lushan_org, by=cast.dongshiqiao, at=NOW)
    for section in ("means", "funds", "reserve", "staff", "venues", "consortium", "distributions"):
        page = browse("lushan").get(url(f"alliances:{section}", cast.alliance))
        assert "1,234.56" not in page.content.decode()
        assert "加入后可以查看" in page.content.decode()
        assert browse("nanyang").get(url(f"alliances:{section}", cast.alliance)).status_code == 404


@pytest.fixture
def told(cast):
    tell(WRITERS, NOW)
    Notice.objects.all().delete()

    def heard():
        tell(WRITERS, NOW)
        found = {(notice.user.username, notice.text) for notice in Notice.objects.select_related("user")}
        Notice.objects.all().delete()
        return found

    return heard


def test_who_hears_of_bookings(cast, told):
    begins = NOW + timedelta(days=7)
    booking = venue.book(
        hall(cast), organization=cast.fulian_org, starts_at=begins, ends_at=begins + timedelta(hours=1),
        purpose="学习会", by=cast.fulian, at=NOW,
    )  # fmt: skip
    span = "东石桥社区活动室（06-10 10:00–11:00）"
    assert told() == {("dongshiqiao", f"巴林左旗妇联党支部预约了{span}：学习会")}
    venue.refuse_booking(booking, by=cast.dongshiqiao, at=NOW, reason="选举")
    assert told() == {("fulian", f"{span}不能借用：选举")}


def test_who_hears_of_distributions(cast, told):
    made = divided(cast)
    assert told() == {("fulian", "“五金小区基层治理共同体”拟分配 1,000,000.00 元，请核对确认。")}
    distribution.confirm_distribution(made, organization=cast.fulian_org, by=cast.fulian, at=NOW)
    assert {who for who, _text in told()} == {"dongshiqiao"}
    distribution.settle(made, by=cast.dongshiqiao, at=NOW)
    assert told() == {("fulian", "“五金小区基层治理共同体”的 1,000,000.00 元分配已结算。")}


def grow(cast, n):
    """So many more of everything."""
    for i in range(n):
        made = settled(cast) if not cast.alliance.schemes.exists() else divided(cast, of=cast.alliance.schemes.get())
        grant(cast, "10.00", source="pooled", member=cast.fulian_org)
        place = hall(cast, at=timezone.now(), name=f"活动室{cast.alliance.venues.count()}")
        begins = timezone.now() + timedelta(hours=2)
        Booking.objects.create(
            venue=place,
            organization=cast.fulian_org,
            starts_at=begins,
            ends_at=begins + timedelta(minutes=5),
            purpose="会",
        )
        words = {"by": cast.dongshiqiao, "at": NOW, "since": DAY}
        staff.take_on(cast.alliance, kind="volunteer", name=f"志愿者{i}", unit="协会", task="巡查", **words)
        staff.enlist(cast.alliance, kind="cooperative", name=f"合作社{made.pk}", **words)


SECTIONS = ("means", "funds", "reserve", "staff", "venues", "consortium", "distributions")
NOUNS = ("funds", "reserves", "staff", "partners", "venues", "bookings", "distribution-schemes", "distributions")


def test_three_rows_cost_no_more_queries_than_one(cast, browse):
    lead = browse("dongshiqiao")
    pages = [url(f"alliances:{name}", cast.alliance) for name in SECTIONS] + [reverse("venues:list")]
    pages += [f"/api/v1/{noun}/" for noun in NOUNS]
    grow(cast, 1)
    place = Venue.objects.get()
    pages += [url("venues:detail", place), url("distributions:detail", Distribution.objects.get())]
    before = {page: len(queries(lead, page)) for page in pages}
    grow(cast, 2)
    after = {page: len(queries(lead, page)) for page in pages}
    assert after == before
    assert max(after.values()) <= 28, after
