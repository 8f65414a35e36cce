"""The work-bench: what waits for each of the cast, one verb beside it; search; the way around the house."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from alliances.models import Alliance, Membership
from assessments.beginnings import first_steps
from assessments.models import Rating, Scheme
from assessments.workbench import Todo, sources_of, todos_of, urgency
from listings.models import Claim, Item, Listing
from members.accounts import propose_role
from members.models import Region, Role, User
from tests.cast import NOW, again, alliance, at, organization, user

TODAY = date(2019, 6, 3)
EVERYBODY = (
    "chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian", "lushan", "nanyang", "sysadmin", "secadmin", "auditor"
)  # fmt: skip


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to("2019-06-03T02:00:00Z")


@pytest.fixture
def listing(cast):
    return Listing.objects.create(
        alliance=cast.alliance, region_id=cast.alliance.region_id, kind="supply_demand", period_from=date(2019, 1, 1),
        period_to=date(2019, 6, 30), state="signing", lead_signed_on=date(2019, 6, 1), created_at=at(date(2019, 1, 1)),
    )  # fmt: skip


def item(listing, title, **fields):
    given = {"state": "open", "asked_by": listing.alliance.lead, "collected_on": date(2019, 5, 1), **fields}
    return Item.objects.create(
        listing=listing, alliance=listing.alliance, region_id=listing.region_id, kind=listing.kind, title=title, **given
    )


def titles(account):
    return [todo.title for todo in todos_of(again(account), TODAY)[0]]


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_has_a_work_bench(see, cast, who):
    page = see(getattr(cast, who))
    assert page.status_code == 200
    assert "6月3日 星期一" in page.content.decode()


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_link_of_the_frame_is_dead(see, cast, client, who):
    page = see(getattr(cast, who))
    for link in page.context["nav"]:
        assert client.get(link.url, follow=True).status_code == 200, link.url


def test_staff_are_told_how_their_whole_area_stands_with_its_terms(see, cast, listing):
    assert "辖区内没有逾期和即将到期的事项" in see(cast.chifeng).content.decode()
    for n in range(7):
        item(listing, f"逾期{n}", due_on=date(2019, 5, 20))
    item(listing, "快到期", due_on=date(2019, 6, 5))
    assert "辖区内已逾期 7 项，5 个工作日内到期 1 项" in see(cast.chifeng).content.decode()


def test_a_founding_application_waits_for_who_may_approve_it(cast):
    Alliance.objects.create(
        state="submitted", name="笤帚苗产业党建联合体", region_id="150422", form="joint_committee",
        formation="non_established", lead=cast.fulian_org, supervising=cast.banner_org, applied_by=cast.balinzuo,
    )  # fmt: skip
    assert titles(cast.chifeng) == ["笤帚苗产业党建联合体"]
    assert titles(cast.balinzuo) == titles(cast.nanyang) == titles(cast.fulian) == []


def test_an_invitation_waits_for_the_invited_alone(cast):
    Membership.objects.create(
        alliance=cast.alliance, organization=cast.lushan_org, state="invited", invited_on=date(2019, 6, 1)
    )
    found, counts = todos_of(again(cast.lushan), TODAY)
    assert [todo.verb for todo in found] == ["去答复"] and counts["invitations"] == 1
    assert titles(cast.dongshiqiao) == titles(cast.chifeng) == []


def test_a_list_waits_for_the_member_and_a_done_item_for_who_asked(cast, listing):
    item(listing, "路灯维修", state="done", done_on=date(2019, 6, 2))
    assert "路灯维修" in titles(cast.dongshiqiao)
    assert titles(cast.fulian) == [cast.alliance.name]  # the list to sign
    assert titles(cast.nanyang) == []


def test_staff_watch_the_terms_of_their_own_area(cast, listing):
    item(listing, "逾期的", due_on=TODAY - timedelta(days=2))
    item(listing, "今天的", due_on=TODAY)
    item(listing, "以后的", due_on=TODAY + timedelta(days=30))
    for who in (cast.chifeng, cast.balinzuo):
        assert [(todo.title, todo.days) for todo in todos_of(again(who), TODAY)[0]] == [("逾期的", -2), ("今天的", 0)]
    assert titles(cast.nanyang) == []


def test_own_claims_stand_with_their_promised_day(cast, listing):
    taken = item(listing, "垃圾清运", state="in_hand", due_on=date(2019, 6, 30))
    Claim.objects.create(
        item=taken, organization=cast.fulian_org, role="lead", slot=1, state="in_hand", claimed_at=at(TODAY),
        promised_on=TODAY + timedelta(days=4),
    )  # fmt: skip
    todo = next(todo for todo in todos_of(again(cast.fulian), TODAY)[0] if todo.title == "垃圾清运")
    assert (todo.days, todo.verb) == (4, "填进展")


def test_an_open_assessment_waits_until_everything_is_rated(cast):
    scheme = Scheme.objects.create(
        region_id="1504", year=2019, title="2019年度考核", cut_off=date(2019, 12, 31), state="open"
    )
    todo = next(todo for todo in todos_of(again(cast.fulian), TODAY)[0] if todo.verb == "去评价")
    assert (todo.title, todo.about) == ("2019年度考核", "考核评价 · 还有 1 项未评")
    Rating.objects.create(
        scheme=scheme, alliance=cast.alliance, organization=cast.fulian_org, direction="members", score=90, at=at(TODAY)
    )
    assert "去评价" not in {todo.verb for todo in todos_of(again(cast.fulian), TODAY)[0]}
    assert todos_of(again(cast.nanyang), TODAY)[0] == []


def test_what_is_overdue_comes_first_then_who_waits_then_the_nearest_term():
    due = [Todo("", "", "", "", days, "", "") for days in (9, None, 0, -3, 2)]
    assert [todo.days for todo in sorted(due, key=urgency)] == [-3, 0, None, 2, 9]


def test_a_branch_sees_on_its_phone_what_it_can_claim(see, cast, listing):
    item(listing, "停车位划线", capacity=2, due_on=date(2019, 6, 20))
    page = see(cast.fulian).content.decode()
    assert "停车位划线" in page and "我要认领" in page
    assert "停车位划线" not in see(cast.lushan).content.decode()


@pytest.mark.parametrize("who", ["chifeng", "dongshiqiao", "fulian", "lindong"])
def test_every_address_of_the_work_bench_answers(see, cast, client, listing, who):
    item(listing, "停车位划线", due_on=TODAY)
    item(listing, "路灯维修", state="done")
    page = see(getattr(cast, who)).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    for address in set(re.findall(r'href="(/[^"]*)"', main)):
        assert client.get(address.replace("&amp;", "&")).status_code in {200, 302}, address


@pytest.mark.parametrize("who", ["chifeng", "lindong", "fulian"])
def test_the_number_of_statements_does_not_grow_with_the_rows(
    client, cast, listing, who, django_assert_max_num_queries
):
    def counted():
        client.force_login(again(getattr(cast, who)))
        with django_assert_max_num_queries(64) as seen:
            assert client.get("/").status_code == 200
        return len(seen)

    item(listing, "第一件", due_on=TODAY, state="done")
    item(listing, "第一件", due_on=TODAY)
    counted()  # what is remembered for good
    one = counted()
    for n in range(3):
        item(listing, f"又一件{n}", due_on=TODAY, state="done")
        item(listing, f"又一件{n}", due_on=TODAY)
        alliance(f"又一个{n}", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org])
    assert counted() == one


def test_sources_follow_the_roles(cast):
    assert [source.key for source in sources_of(cast.secadmin)] == ["approvals"]
    assert "due" in {source.key for source in sources_of(cast.balinzuo)}
    assert {source.key for source in sources_of(cast.fulian)}.isdisjoint({"founding", "proposals"})


def found(page):
    return [
        getattr(one, "name", None) or one.title
        for kind in ("alliances", "items", "organizations")
        for one in page.context[kind]
    ]


def test_search_finds_alliances_items_and_organizations(see, cast, listing):
    lamp = item(listing, "五金小区路灯维修")
    assert found(see(cast.chifeng, "/search/", q="五金小区")) == [cast.alliance.name, "五金小区路灯维修"]
    assert "五金小区路灯维修" in found(see(cast.chifeng, "/search/", q=lamp.number))
    assert "巴林左旗妇联党支部" in found(see(cast.chifeng, "/search/", q="妇联"))


def test_whoever_searches_for_one_name_of_the_form_finds_them_all(see, cast):
    assert found(see(cast.chifeng, "/search/", q="五金小区党建联合体")) == [cast.alliance.name]


def test_search_never_leaves_ones_scope(see, cast, listing):
    item(listing, "五金小区路灯维修")
    for text in ("五金小区", "东石桥", "妇联", "WT-2019"):
        assert found(see(cast.nanyang, "/search/", q=text)) == []


@pytest.mark.parametrize("text", ["", " ", "五", " 五 "])
def test_a_single_character_is_not_searched(see, cast, text):
    page = see(cast.chifeng, "/search/", q=text)
    assert page.context["too_short"] and "请输入至少两个字" in page.content.decode()


@pytest.mark.parametrize(
    "text", ["没有这样的", "%%", "__", "\x00\x00ab", "<script>alert(1)</script>", "ａ" * 500, "𠮷野家", "'; --"]
)
def test_odd_words_find_nothing_and_break_nothing(see, cast, text):
    page = see(cast.chifeng, "/search/", q=text)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_search_takes_a_fixed_number_of_statements(client, cast, django_assert_max_num_queries):
    for n in range(30):
        organization(f"妇联第{n}党支部", "1504")
    client.force_login(again(cast.chifeng))
    with django_assert_max_num_queries(20):
        assert len(client.get(reverse("search"), {"q": "妇联"}).context["organizations"]) == 10


def test_a_new_office_is_led_to_its_first_steps_and_ticks_off_what_is_there(see, cast, listing):
    Region.objects.create(code="1502", name="包头市")
    department = user("xincheng", "city", region="1502")
    labels = ["登记党组织", "给党组织负责人开设账号", "设立联合体", "拟定第一份清单"]
    told = first_steps(again(department), TODAY)
    assert [(step.label, step.done) for step in told] == [(label, False) for label in labels]
    new = organization("鹿城区委", "1502")
    user("lucheng", "branch", organization=new)
    assert [step.done for step in first_steps(again(department), TODAY)] == [True, True, False, False]
    page = see(department).content.decode()
    assert "从这里开始" in page
    assert page.count("已完成") == 2
    assert first_steps(again(cast.chifeng), TODAY) == []


def test_the_system_administrator_is_led_until_a_department_can_work(see, cast):
    assert "从这里开始" not in see(cast.sysadmin).content.decode()
    Role.objects.filter(role__in=Role.DEPARTMENTS).update(until=TODAY - timedelta(days=1))
    assert [step.done for step in first_steps(again(cast.sysadmin), TODAY)] == [True, False, False]
    assert "manage.py issue_slip" in see(again(cast.sysadmin)).content.decode()


def test_who_holds_no_role_is_told_what_it_waits_for(see, cast):
    newcomer = User.objects.create(username="xinren", name="新人", duty="business")
    assert "您现在没有角色" in see(newcomer).content.decode()
    propose_role(newcomer, by=cast.sysadmin, at=NOW, reason="到任", role="town", region="150422404")
    page = see(again(newcomer)).content.decode()
    assert "正在等待安全管理员复核" in page
    assert "待办都处理完了" not in page
