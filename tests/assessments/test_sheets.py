"""A sheet of indicators: its tree, its rules, what is banned from it by whatever way, who marks, what is new."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.urls import reverse
from rest_framework.test import APIClient

from assessments import approvals, differences, scoring, transitions
from assessments.checks import check_schemes
from assessments.models import Indicator, Mark, Supplement
from assessments.notices import WRITERS
from assessments.outcomes import effort_in
from assessments.trees import tree_of
from members.models import Approval, Region, Step
from members.states import Refused
from tests.assessments.facts import solved
from tests.assessments.test_pages import sheet_of
from tests.assessments.years import AFTER_TERM, EVEN, closed, draft, opened
from tests.cast import NOW

pytestmark = pytest.mark.django_db
STEPS = [{"at": "0.6", "points": "60"}, {"at": "0.8", "points": "80"}, {"at": "0.95", "points": "100"}]
FALLING = [{"at": "60", "points": "40"}, {"at": "10", "points": "100"}]
SPECIAL = {
    "group": "特色",
    "name": "特色做法",
    "weight": Decimal(100),
    "source": "manual",
    "standard": "看群众得了什么实惠",
}
MARKED = (EVEN[0], EVEN[1], {"name": "典型经验", "weight": Decimal(20), "source": "manual"})
BANNED = [
    "登录次数", "在线时长", "点赞", "学习时长", "打卡", "签 到", "拍照留痕", "轨迹", "积分排名",
    "ＬＯＧＩＮ", "check-in", "活动开展次数", "材料报送份数",
]  # fmt: skip


def computed(rule, metric="solve_rate", **bounds):
    return Indicator(source="metric", metric=metric, rule=rule, name="指标", weight=1, **bounds)


@pytest.mark.parametrize(
    ("indicator", "points"),
    [
        (computed("threshold", full_at=Decimal("0.9")), {0.89: 0, 0.9: 100, 1: 100}),
        (computed("threshold", "median_days_to_solve", full_at=Decimal(10)), {10: 100, 10.5: 0, 0: 100}),
        (computed("step", steps=STEPS), {0: 0, 0.59: 0, 0.6: 60, 0.94: 80, 0.95: 100, 1: 100}),
        (computed("step", "median_days_to_solve", steps=FALLING), {61: 0, 60: 40, 11: 40, 10: 100, 0: 100}),
    ],
)
def test_a_rule_gives_points_by_its_own_measure_never_by_rank(indicator, points):
    assert {value: int(scoring.points(indicator, value)) for value in points} == points


@pytest.mark.parametrize(
    "bounds",
    [
        {"rule": "linear", "zero_at": 1, "full_at": 0},
        {"rule": "linear", "metric": "median_days_to_solve", "zero_at": 1, "full_at": 9},
        {"rule": "linear", "zero_at": 1}, {"rule": "threshold"}, {"rule": "step"},
        {"rule": "step", "steps": STEPS[::-1]}, {"rule": "step", "steps": [{"at": "x", "points": "1"}]},
        {"rule": "step", "steps": [{"at": "1", "points": "101"}]},
        {"rule": "step", "steps": [{"at": "NaN", "points": "1"}]}, {"rule": "rank", "zero_at": 0, "full_at": 1},
        {"rule": "step", "metric": "median_days_to_solve", "steps": STEPS},
    ],
)  # fmt: skip
def test_a_rule_that_gives_a_worse_value_more_points_is_refused(cast, bounds):
    row = {"name": "指标", "weight": Decimal(50), "source": "metric", "metric": "solve_rate", **bounds}
    with pytest.raises(ValidationError):
        draft(cast, rows=[row, *EVEN[1:]])


def test_a_head_weighs_what_its_leaves_weigh(cast):
    rows = [{**row, "group": group} for row, group in zip(EVEN, ("作用", "评价", "评价"), strict=True)]
    tree = tree_of(draft(cast, rows=rows).indicators.all())
    assert [(branch.name, branch.weight) for branch in tree] == [("作用", 50), ("评价", 50)]


@pytest.mark.parametrize("word", BANNED)
def test_what_counts_effort_or_use_is_refused_by_its_name_or_its_standard(word):
    assert effort_in("问题解决率", word)
    for field in ("group", "name", "standard"):
        with pytest.raises(ValidationError, match=r"assessments\.E001"):
            Indicator(**{**EVEN[2], field: word}).clean()


@pytest.mark.parametrize("text", ["问题解决率", "提出的问题中经提出单位确认解决的比例", "累积分析", "互学互检成效"])
def test_an_outcome_may_be_called_by_its_name(text):
    assert effort_in(text) == ""


def test_the_page_and_rest_refuse_by_the_same_id(cast, client):
    scheme = draft(cast)
    client.force_login(cast.chifeng)
    for field, value in (("name", "登录次数"), ("metric", "login_count")):
        posted = sheet_of(scheme, [50, 30, 20]) | {f"i-0-{field}": value}
        refused = client.post(reverse("assessments:edit", args=[scheme.pk]), posted)
        assert (refused.status_code, "assessments.E001" in refused.text) == (422, True)
        rows = [{**row, "weight": str(row["weight"])} for row in EVEN]
        rows[0] |= {field: value, "zero_at": "0", "full_at": "1"}
        told = session_of(cast.chifeng).post(
            f"/api/v1/assessments/{scheme.pk}/edit/", {"indicators": rows}, format="json"
        )
        assert (told.status_code, "assessments.E001" in told.text) == (422, True)
    assert scheme.indicators.count() == 3


def session_of(user):
    browser = APIClient()
    browser.force_login(user)
    return browser


def put_in_by_sql(scheme, **fields):
    row = {
        "scheme_id": scheme.pk, "position": 9, "group": "", "name": "指标", "weight": 1, "source": "manual",
        "metric": "", "rule": "linear", "steps": "[]", "standard": "", **fields,
    }  # fmt: skip
    columns = ", ".join(f'"{name}"' for name in row)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO assessments_indicator ({columns}) VALUES ({', '.join(['%s'] * len(row))})",  # noqa: S608
            list(row.values()),
        )


def test_the_check_finds_what_was_put_in_by_sql_and_names_scheme_indicator_and_remedy(cast):
    scheme = draft(cast)
    put_in_by_sql(scheme, name="平台登录次数")
    put_in_by_sql(scheme, name="打开情况", standard="每周点赞不少于三次")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE assessments_indicator DROP CONSTRAINT indicator_is_an_outcome_or_an_opinion")
    put_in_by_sql(scheme, source="metric", metric="login_count", name="活跃", zero_at=0, full_at=9)
    found = check_schemes(databases=["default"])
    assert [error.id for error in found] == ["assessments.E001"] * 3
    assert all(scheme.title in error.msg for error in found)
    assert [word for word, error in zip(("登录", "点赞", "login_count"), found, strict=True) if word in error.msg]
    assert all(error.hint for error in found)
    with pytest.raises(SystemCheckError, match=r"assessments\.E001"):
        call_command("check", "--database", "default")


def test_a_check_without_a_database_asks_it_nothing(cast, django_assert_num_queries):
    draft(cast)
    assert check_schemes(databases=["default"]) == []
    with django_assert_num_queries(0):
        assert check_schemes() == []


@pytest.mark.parametrize(
    ("who", "reason", "error"),
    [
        ("balinzuo", "有经验材料", None), ("chifeng", "有经验材料", None), ("chifeng", " ", ValidationError),
        ("lindong", "。", PermissionDenied), ("nanyang", "。", PermissionDenied), ("fulian", "。", PermissionDenied),
    ],
)  # fmt: skip
def test_a_department_marks_with_a_reason_and_nobody_else(cast, who, reason, error):
    scheme = opened(cast, rows=MARKED)
    words = {"score": Decimal(70), "reason": reason, "by": getattr(cast, who), "at": NOW}
    indicator = scheme.indicators.get(source="manual")
    if error:
        with pytest.raises(error):
            transitions.mark(scheme, indicator, cast.alliance, **words)
        return
    made = transitions.mark(scheme, indicator, cast.alliance, **words)
    line = scoring.workings(scheme, [cast.alliance])[cast.alliance.pk]["lines"][2]
    assert (line["points"], line["reason"]) == ("70.00", reason)
    assert Step.objects.of(made).get().reason == reason


def test_a_mark_is_put_right_with_a_step_of_its_own_until_the_results_are_out(cast):
    scheme = opened(cast, rows=MARKED)
    indicator = scheme.indicators.get(source="manual")
    words = {"by": cast.balinzuo, "at": NOW}
    transitions.mark(scheme, indicator, cast.alliance, score=Decimal(70), reason="初评", **words)
    transitions.close(scheme, by=cast.chifeng, at=NOW)
    mark = transitions.mark(scheme, indicator, cast.alliance, score=Decimal(80), reason="补充材料后", **words)
    assert [step.detail for step in Step.objects.of(mark)] == [{"score": "70"}, {"score": "80", "before": "70.00"}]
    with pytest.raises(PermissionDenied):
        transitions.publish(scheme, by=cast.balinzuo, at=AFTER_TERM)
    transitions.publish(scheme, by=cast.chifeng2, at=AFTER_TERM)
    with pytest.raises(Refused):
        transitions.mark(scheme, indicator, cast.alliance, score=Decimal(1), reason="改", **words)
    assert Mark.objects.get().score == 80


def test_only_what_a_department_scores_can_be_marked(cast):
    scheme = opened(cast, rows=MARKED)
    with pytest.raises(Refused) as refusal:
        transitions.mark(
            scheme, scheme.indicators.first(), cast.alliance, score=Decimal(1), reason="。", by=cast.chifeng, at=NOW
        )
    assert refusal.value.code == "not_marked"


def sketched(cast, share=20, region="150422", rows=(SPECIAL,)):
    """A city's draft that leaves thirty of a hundred, and a banner's supplement to it."""
    scheme = draft(cast, supplement_share=Decimal(30))
    made = transitions.draw_up_supplement(
        scheme, Region.objects.get(code=region), share=Decimal(share), by=cast.balinzuo, at=NOW
    )
    return transitions.amend_supplement(made, share=Decimal(share), rows=rows, by=cast.balinzuo, at=NOW)


def adopted(cast, **how):
    return transitions.adopt(sketched(cast, **how), by=cast.chifeng, at=NOW)


def test_a_supplement_takes_its_share_and_the_rest_is_scaled(cast):
    supplement = adopted(cast)
    scheme = transitions.open_(supplement.scheme, by=cast.chifeng2, at=NOW)
    solved(cast.alliance, 1)
    transitions.mark(
        scheme, supplement.indicators.get(), cast.alliance, score=Decimal(60), reason="见效", by=cast.balinzuo, at=NOW
    )
    work = scoring.workings(scheme, [cast.alliance])[cast.alliance.pk]
    assert [line["weight"] for line in work["lines"]] == ["40", "24", "16", "20"]
    assert work["total"] == "86.67"  # (100 x 40 + 60 x 20) / 60


def test_a_supplement_counts_only_beneath_its_region(cast):
    supplement = adopted(cast, region="150402")
    work = scoring.workings(supplement.scheme, [cast.alliance])[cast.alliance.pk]
    assert [line["supplement"] for line in work["lines"]] == ["", "", ""]


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"share": 31}, ValidationError), ({"share": 0}, ValidationError), ({"region": "4113"}, PermissionDenied),
        ({"region": "1504"}, PermissionDenied), ({"rows": [{**SPECIAL, "weight": Decimal(99)}]}, ValidationError),
        ({"rows": [{**EVEN[0], "weight": Decimal(100)}]}, ValidationError),
        ({"rows": [{**EVEN[1], "weight": Decimal(100)}]}, ValidationError),
    ],
)  # fmt: skip
def test_a_supplement_that_does_not_fit_is_not_adopted(cast, how, error):
    with pytest.raises(error):
        adopted(cast, **how)


def test_a_supplement_needs_two_people_and_the_city_does_not_open_meanwhile(cast, client):
    supplement = sketched(cast)
    client.force_login(cast.balinzuo)
    client.post(reverse("assessments:adopt", args=[supplement.pk]), {"reason": "突出产业特色"})
    approval = Approval.objects.get()
    with pytest.raises(Refused) as refusal:
        transitions.open_(supplement.scheme, by=cast.chifeng2, at=NOW)
    assert refusal.value.code == "supplement_pending"
    with pytest.raises(PermissionDenied):
        approvals.approve(approval, by=cast.balinzuo, at=NOW)
    client.force_login(cast.chifeng)
    assert "特色做法" in client.get(approval.get_absolute_url()).text
    approvals.approve(approval, by=cast.chifeng, at=NOW)
    supplement.refresh_from_db()
    assert supplement.state == "adopted"


def test_after_the_opening_no_supplement_changes(cast):
    supplement = sketched(cast)
    transitions.open_(supplement.scheme, by=cast.chifeng2, at=NOW)
    for verb in (
        lambda: transitions.adopt(supplement, by=cast.chifeng, at=NOW),
        lambda: transitions.amend_supplement(supplement, share=Decimal(5), rows=[SPECIAL], by=cast.balinzuo, at=NOW),
    ):
        with pytest.raises(Refused):
            verb()


def test_a_scheme_that_leaves_less_sends_its_supplements_back(cast):
    supplement = adopted(cast)
    transitions.amend(supplement.scheme, {"supplement_share": Decimal(10)}, EVEN, by=cast.chifeng, at=NOW)
    supplement.refresh_from_db()
    assert supplement.state == "draft"
    [(told, _text, url)] = WRITERS["assessments.supplement", "send_back"](Step.objects.of(supplement).last())
    assert (told, url) == (cast.balinzuo, supplement.get_absolute_url())


def test_supplements_are_the_affair_of_their_own_region(cast):
    supplement = adopted(cast)
    for who in (cast.chifeng, cast.balinzuo, cast.lindong):
        assert supplement in Supplement.objects.visible_to(who), who
    for who in (cast.nanyang, cast.fulian, cast.sysadmin):
        assert supplement not in Supplement.objects.visible_to(who), who
    transitions.open_(supplement.scheme, by=cast.chifeng2, at=NOW)
    assert supplement in Supplement.objects.visible_to(cast.fulian)
    assert supplement not in Supplement.objects.visible_to(cast.dongguan)


def test_who_approves_sees_what_differs_from_last_year(cast, client):
    closed(cast)
    rows = [{**EVEN[0], "rule": "step", "steps": STEPS}, EVEN[1], {**EVEN[2], "name": "上级意见"}]
    following = transitions.draw_up(
        Region.objects.get(code="1504"), year=2020, title="次年", cut_off="2020-12-31", by=cast.chifeng, at=NOW
    )
    assert [change["word"] for change in differences.of_scheme(following)] == ["数据截止日期"]
    transitions.amend(following, {"fair_from": Decimal(50)}, rows, by=cast.chifeng, at=NOW)
    assert [change["word"] for change in differences.of_scheme(following)] == [
        "数据截止日期", "一般分数线", "问题解决率", "上级意见", "上级评价"
    ]  # fmt: skip
    client.force_login(cast.chifeng)
    client.post(reverse("assessments:open", args=[following.pk]), {"reason": "分档更细"})
    client.force_login(cast.chifeng2)
    told = client.get(Approval.objects.get().get_absolute_url()).text
    assert "达到 60.0 % 记 60 分" in told
    copied = transitions.draw_up(
        Region.objects.get(code="1504"), year=2021, title="再次年", cut_off="2021-12-31", by=cast.chifeng, at=NOW
    )
    assert copied.indicators.get(metric="solve_rate").steps == STEPS


def test_rows_and_steps_are_added_on_the_sheet_without_script(cast, client):
    scheme = draft(cast)
    client.force_login(cast.chifeng)
    posted = sheet_of(scheme, [40, 30, 20]) | {"i-TOTAL_FORMS": 5, "more": "1"}
    posted |= {
        "i-3-group": "效率", "i-3-name": "解决用时", "i-3-weight": "10", "i-3-source": "metric", "i-3-rule": "step",
        "i-3-metric": "median_days_to_solve", "i-3-at_0": "60", "i-3-points_0": "40", "i-3-at_1": "10",
        "i-3-points_1": "100", "i-4-rule": "linear",
    }  # fmt: skip
    saved = client.post(reverse("assessments:edit", args=[scheme.pk]), posted)
    assert saved.url == reverse("assessments:edit", args=[scheme.pk])
    assert scheme.indicators.get(group="效率").steps == FALLING
    told = client.get(saved.url).text
    assert told.count("新指标") == 2
    shown = client.get(scheme.get_absolute_url()).text
    assert "一级指标，下设 1 项" in shown
    assert "不超过 60 天 记 40 分" in shown


def test_rest_takes_the_same_steps_as_the_pages(cast):
    session = session_of(cast.chifeng)
    drawn = session.post(
        "/api/v1/assessments/",
        {"region": "1504", "year": 2019, "title": "新", "cut_off": "2019-05-31"},
        format="json",
    )
    assert (drawn.status_code, [group["name"] for group in drawn.json()["groups"]]) == (201, ["作用发挥", "多方评价"])
    path = f"/api/v1/assessments/{drawn.json()['id']}"
    rows = [
        {name: row[name] for name in ("name", "source", "group", "weight")} for row in drawn.json()["indicators"][2:]
    ]
    rows += [{"name": "典型经验", "group": "特色", "weight": "50", "source": "manual"}]
    edited = session.post(f"{path}/edit/", {"indicators": rows, "supplement_share": "30"}, format="json")
    assert [row["name"] for row in edited.json()["indicators"]] == ["成员评价", "上级评价", "典型经验"]
    banner = session_of(cast.balinzuo)
    made = banner.post(f"{path}/supplements/", {"region": "150422", "share": "20"}, format="json")
    assert made.status_code == 201
    own = f"/api/v1/supplements/{made.json()['id']}"
    step = {"at": "0.60", "points": "60"}
    leaf = {
        "name": "解决率",
        "weight": "100",
        "source": "metric",
        "metric": "solve_rate",
        "rule": "step",
        "steps": [step],
    }
    assert banner.post(f"{own}/edit/", {"share": "20", "indicators": [leaf]}, format="json").status_code == 200
    asked = banner.post(f"{own}/adopt/", {"reason": "特色"}, format="json")
    assert session.post(f"/api/v1/approvals/{asked.json()['id']}/approve/", {}, format="json").status_code == 200
    asked = session.post(f"{path}/open/", {"reason": "年度考核"}, format="json")
    session_of(cast.chifeng2).post(f"/api/v1/approvals/{asked.json()['id']}/approve/", {}, format="json")
    mark = {"alliance": cast.alliance.pk, "indicator": edited.json()["indicators"][2]["id"], "score": "88"}
    assert banner.post(f"{path}/marks/", mark, format="json").status_code == 422
    marked = banner.post(f"{path}/marks/", mark | {"reason": "经验在全市推广"}, format="json")
    assert (marked.status_code, marked.json()["score"]) == (201, "88.00")
    assert session_of(cast.nanyang).post(f"{path}/marks/", mark, format="json").status_code == 404


def test_the_marks_page_lists_what_is_to_be_marked_and_takes_it(cast, client, django_assert_max_num_queries):
    scheme = opened(cast, rows=MARKED)
    indicator = scheme.indicators.get(source="manual")
    client.force_login(cast.balinzuo)
    with django_assert_max_num_queries(25):
        told = client.get(reverse("assessments:marks", args=[scheme.pk])).text
    assert "典型经验" in told
    page = reverse("assessments:mark", args=[scheme.pk, cast.alliance.pk, indicator.pk])
    assert client.post(page, {"score": "88", "reason": ""}).status_code == 422
    assert client.post(page, {"score": "88", "reason": "全市推广"}).status_code == 302
    assert "全市推广" in client.get(reverse("assessments:marks", args=[scheme.pk])).text
    other = reverse("assessments:mark", args=[scheme.pk, cast.nanyang_alliance.pk, indicator.pk])
    assert client.get(other).status_code == 404
