"""The pages of alliances and activities: each opens for whom it is meant, and for nobody else."""

from datetime import date

import pytest
from django.urls import reverse

from alliances import transitions as verbs
from alliances.models import Activity, Alliance
from tests.cast import NOW

TABS = ["detail", "members", "activities", "standing", "timeline"]


@pytest.fixture
def activity(cast):
    return verbs.plan(
        cast.alliance, kind="theme_day", title="清理楼道", host=cast.fulian_org, planned_on=date(2019, 6, 3),
        by=cast.fulian, at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("who", ["chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian"])
def test_every_tab_opens_for_those_who_may_see(cast, browse, who, tab):
    page = browse(who).get(reverse(f"alliances:{tab}", args=[cast.alliance.pk]))
    assert page.status_code == 200
    assert cast.alliance.name in page.content.decode()


@pytest.mark.parametrize("tab", TABS)
def test_no_tab_opens_for_nanyang(cast, browse, tab):
    hidden = browse("nanyang").get(reverse(f"alliances:{tab}", args=[cast.alliance.pk]))
    absent = browse("nanyang").get(reverse(f"alliances:{tab}", args=[10**9]))
    assert (hidden.status_code, absent.status_code) == (404, 404)


def test_whoever_is_not_logged_in_is_sent_to_the_log_in(cast, client):
    assert client.get(reverse("alliances:list")).status_code == 302


def test_the_list_shows_ones_own_and_none_of_the_city_beside(cast, browse):
    page = browse("chifeng").get(reverse("alliances:list")).content.decode()
    assert cast.alliance.name in page
    assert cast.nanyang_alliance.name not in page
    assert "跨领域" in page  # computed: a community and a federation


@pytest.mark.parametrize(("query", "found"), [
    ("?q=五金", True), ("?q=五金小区联合体", True), ("?q=wujin", True), ("?q=没有", False), ("?state=active", True),
    ("?form=league", False), ("?chain=governance", True), ("?chain=industry", False), ("?crossing=sector", True),
    ("?crossing=ownership", False), ("?region=150422", True), ("?region=150402", False), ("?region=%27--", False),
    ("?lead=99999999999999999999", False), ("?mode=regional", True),
])  # fmt: skip
def test_the_list_is_filtered(cast, browse, query, found):
    Alliance.objects.filter(pk=cast.alliance.pk).update(pinyin="wjxq wujinxiaoqu")
    page = browse("chifeng").get(reverse("alliances:list") + query)
    assert page.status_code == 200
    assert (cast.alliance.get_absolute_url() in page.content.decode()) is found


def test_a_founding_from_the_first_page_to_the_register(cast, browse):
    lead, town = browse("dongshiqiao"), browse("lindong")
    where = lead.get(reverse("alliances:new"))
    assert where.url == reverse("alliances:found", args=[cast.dongshiqiao_org.pk])
    assert lead.get(where.url).status_code == 200
    made = lead.post(where.url, {
        "name": "东石桥养老服务共同体", "form": "joint_committee", "formation": "non_established", "mode": "regional",
        "supervising": cast.town_org.pk, "region": "150422404002", "purpose": "助餐要一起办", "chains": ["service"],
        "state": "active",
    })  # fmt: skip
    alliance = Alliance.objects.get(name="东石桥养老服务共同体")
    assert alliance.state == "draft"
    assert made.url == reverse("alliances:invite", args=[alliance.pk])
    assert lead.post(made.url, {"code": cast.fulian_org.code}).status_code == 302
    member = browse("fulian")
    assert alliance.name in member.get(reverse("alliances:invitations")).content.decode()
    membership = alliance.memberships.get(organization=cast.fulian_org)
    assert member.get(reverse("alliances:accept", args=[membership.pk])).status_code == 200
    assert member.post(reverse("alliances:accept", args=[membership.pk])).status_code == 302
    assert lead.get(reverse("alliances:submit", args=[alliance.pk])).status_code == 200
    assert lead.post(reverse("alliances:submit", args=[alliance.pk])).status_code == 302
    desk = reverse("alliances:approve", args=[alliance.pk])
    assert town.get(reverse("alliances:foundings")).url == desk
    assert "助餐要一起办" in town.get(desk).content.decode()
    assert town.post(reverse("alliances:return", args=[alliance.pk]), {"reason": ""}).status_code == 422
    assert town.post(desk, {"document_number": "林街党发〔2019〕7号"}).status_code == 302
    alliance.refresh_from_db()
    assert (alliance.state, alliance.document_number) == ("active", "林街党发〔2019〕7号")
    assert town.get(reverse("alliances:foundings")).status_code == 200


def test_a_wrong_application_comes_back_with_what_was_written(cast, browse):
    page = browse("dongshiqiao").post(
        reverse("alliances:found", args=[cast.dongshiqiao_org.pk]), {"name": "字" * 10_000, "purpose": "一起办"}
    )
    assert page.status_code == 422
    assert "一起办" in page.content.decode()


def test_nobody_applies_in_the_name_of_another(cast, browse):
    assert browse("fulian").get(reverse("alliances:found", args=[cast.dongshiqiao_org.pk])).status_code == 404
    assert browse("nanyang").get(reverse("alliances:found", args=[cast.dongshiqiao_org.pk])).status_code == 404
    assert browse("auditor").get(reverse("alliances:new")).status_code == 403


def test_a_department_chooses_the_lead_by_search(cast, browse):
    page = browse("chifeng").get(reverse("alliances:new") + "?q=鹿山").content.decode()
    assert cast.lushan_org.name in page
    assert cast.dongguan_org.name not in browse("chifeng").get(reverse("alliances:new") + "?q=东关").content.decode()


def test_an_alliance_is_edited_by_its_lead_and_by_those_above_only(cast, browse):
    url = reverse("alliances:edit", args=[cast.alliance.pk])
    words = {"name": "五金小区共同体", "form": "league", "chains": ["service"], "state": "dissolved", "region": "41"}
    assert browse("fulian").post(url, words).status_code == 403
    assert browse("nanyang").post(url, words).status_code == 404
    assert browse("dongshiqiao").get(url).status_code == 200
    assert browse("dongshiqiao").post(url, words).status_code == 302
    cast.alliance.refresh_from_db()
    assert (cast.alliance.name, cast.alliance.form) == ("五金小区共同体", "league")
    assert (cast.alliance.state, cast.alliance.region_id) == ("active", "150422404002")


def test_a_member_leaves_by_itself_and_the_lead_cannot(cast, browse):
    lead, member = (cast.alliance.memberships.get(organization=o) for o in (cast.dongshiqiao_org, cast.fulian_org))
    assert browse("chifeng").post(reverse("endings:leave", args=[member.pk]), {"reason": "x"}).status_code == 403
    page = browse("dongshiqiao").post(reverse("endings:leave", args=[lead.pk]), {"reason": "x"})
    assert page.status_code == 409
    assert (
        browse("fulian").post(reverse("endings:leave", args=[member.pk]), {"reason": "精力不够"}).status_code == 302
    )
    assert browse("fulian").get(cast.alliance.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(("verb", "words"), [
    ("rectify", {"reason": "长期没有活动", "measures": "每月例会", "due_on": "2099-01-01"}),
    ("reward", {"reason": "认领最多", "kind": "policy", "what": "项目资金"}), ("dissolve", {"reason": "任务完成"}),
])  # fmt: skip
def test_a_department_proposes_and_nothing_changes_yet(cast, browse, verb, words):
    place = "endings" if verb == "dissolve" else "alliances"
    url = reverse(f"{place}:{verb}", args=[cast.alliance.pk])
    page = browse("chifeng").get(url)
    assert page.status_code == 200
    assert browse("chifeng").post(url, words).status_code == 302
    cast.alliance.refresh_from_db()
    assert cast.alliance.state == "active"
    assert browse("chifeng2").post(url, words).status_code == 409  # already proposed
    assert browse("fulian").post(url, words).status_code == 403
    assert browse("nanyang").post(url, words).status_code == 404


def test_an_activity_from_the_plan_to_the_record(cast, browse, people, today):
    Alliance.objects.filter(pk=cast.alliance.pk).update(activated_on=date(2019, 3, 1))
    member = browse("fulian")
    plan = reverse("alliances:plan", args=[cast.alliance.pk])
    assert member.get(plan).status_code == 200
    made = member.post(plan, {
        "kind": "theme_day", "title": "清理楼道", "host": cast.fulian_org.pk, "planned_on": today.isoformat(),
    })  # fmt: skip
    activity = Activity.objects.get()
    assert made.url == activity.get_absolute_url()
    hold = reverse("activities:hold", args=[activity.pk])
    assert "王五" in member.get(hold).content.decode()
    assert "张三" not in member.get(hold).content.decode()
    assert member.post(hold, {
        "held_on": today.isoformat(), "organizations": [cast.fulian_org.pk, cast.dongshiqiao_org.pk],
        "people": [people[2].pk], "note": "清理三个楼道",
    }).status_code == 302  # fmt: skip
    session = activity.sessions.get()
    assert session.service_records.get().person == people[2]
    serve = reverse("activities:serve", args=[session.pk])
    lead = browse("dongshiqiao")
    assert lead.get(serve).status_code == 200
    lead.post(serve, {"organization": cast.dongshiqiao_org.pk, "people": [people[0].pk, people[1].pk]})
    assert session.service_records.count() == 3
    assert "3 人次" in lead.get(activity.get_absolute_url()).content.decode()


def test_the_month_shows_what_is_planned(cast, browse, activity):
    page = browse("chifeng").get(reverse("activities:list") + "?month=2019-06").content.decode()
    assert "2019年6月" in page
    assert page.count("清理楼道") >= 2  # in the calendar and in the list
    assert "清理楼道" not in browse("nanyang").get(reverse("activities:list") + "?month=2019-06").content.decode()


def test_a_busy_day_hides_no_later_day(cast, browse, activity):
    """Three of a day are named, the others counted; the days after it show theirs all the same."""
    of = cast.alliance
    given = {"alliance": of, "region_id": of.region_id, "kind": "other", "host": cast.dongshiqiao_org}
    busy = [Activity(title=f"忙日{n}", planned_on=date(2019, 7, 1), **given) for n in range(500)]
    Activity.objects.bulk_create([*busy, Activity(title="月末的一场", planned_on=date(2019, 7, 31), **given)])
    page = browse("chifeng").get(reverse("activities:list") + "?month=2019-07&kind=other&q=")
    days = [day for week in page.context["weeks"] for day in week if not day.outside]
    shown = {day.on.day: ([a.title for a in day.activities], day.more) for day in days}
    assert shown[1] == (["忙日0", "忙日1", "忙日2"], 497)
    assert shown[31] == (["月末的一场"], 0)


@pytest.mark.parametrize("month", ["2019-13", "x", "9999-12", "0001-01", "2019-1", "２０１９-06"])
def test_a_month_that_is_none_is_an_empty_list(cast, browse, activity, month):
    assert browse("chifeng").get(reverse("activities:list") + f"?month={month}").status_code == 200


@pytest.mark.parametrize("verb", ["hold", "cancel"])
def test_activities_are_conducted_by_their_alliance_only(cast, browse, activity, verb):
    url = reverse(f"activities:{verb}", args=[activity.pk])
    assert browse("chifeng").get(url).status_code == 403
    assert browse("nanyang").get(url).status_code == 404
    assert browse("dongshiqiao").get(url).status_code == 200


def test_what_a_demo_filled_in_is_marked_beside_the_value(cast, browse):
    page = reverse("alliances:detail", args=[cast.alliance.pk])
    assert "演示</span>" not in browse("chifeng").get(page).content.decode()
    Alliance.objects.filter(pk=cast.alliance.pk).update(synthetic_fields=["supervising", "members"])
    shown = browse("chifeng").get(page).content.decode()
    told = shown[shown.index("上级党组织") : shown.index("服务区划")]
    assert "演示" in told
    assert "部分演示" in shown


def test_the_alliance_around_one_is_named_only_to_those_who_see_it(cast, browse):
    """A nested alliance whose parent lies in another city: the member sees its own, not the one around it."""
    Alliance.objects.filter(pk=cast.alliance.pk).update(parent=cast.nanyang_alliance)
    page = reverse("alliances:detail", args=[cast.alliance.pk])
    assert cast.nanyang_alliance.name not in browse("fulian").get(page).content.decode()
    Alliance.objects.filter(pk=cast.alliance.pk).update(parent=None)
    Alliance.objects.filter(pk=cast.nanyang_alliance.pk).update(parent=cast.alliance)
    assert cast.nanyang_alliance.name not in browse("fulian").get(page).content.decode()
