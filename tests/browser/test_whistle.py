"""吹哨报到 on the phone from the call to the evaluation; the court's joint enforcement with the report's figures."""

import re

from tests.browser.test_stories import figures, press
from tests.browser.window import PHONE

TITLE = "浏览器里的污水外溢"
RATES = [
    f"whistle_{rate}_rate_{part}"
    for rate in ("response", "solved", "satisfied")
    for part in ("numerator", "denominator")
]
ENFORCEMENT = "金融不良贷款联动执行"


def choose(page, label):
    """A radio button or check box by what stands beside it."""
    page.locator("label", has_text=label).first.click()


def test_a_community_calls_a_department_comes_and_the_community_judges(visit):
    """东石桥 blows, the street agrees, 妇联 signs, comes, reports; 东石桥 evaluates and confirms: each by phone."""
    staff = visit("chifeng")
    before = figures(staff, *RATES, "problems_solved")
    caller = visit("dongshiqiao", PHONE)
    caller.goto("/whistles/")
    caller.get_by_role("link", name="吹哨", exact=True).last.click()
    if "/new/" in caller.url and not re.search(r"/new/[0-9]+/$", caller.url):
        caller.get_by_role("link", name="五金小区基层治理共同体").first.click()
    caller.fill("input[name=title]", TITLE)
    choose(caller, "超出社区街道能力的急难问题")
    caller.fill("textarea[name=need]", "管网塌陷，社区没有设备，请来抢修。")
    caller.select_option("select[name=lead]", label="巴林左旗妇联党支部")
    press(caller, "提出吹哨")
    whistle = caller.url
    assert "待批准" in caller.locator("main").inner_text()
    assert caller.get_by_role("link", name="批准吹哨").count() == 0, "who blows does not approve"

    called = visit("fulian", PHONE)
    called.goto("/")
    assert TITLE not in called.locator("main").inner_text(), "nobody hears of it before the head agrees"
    head = visit("lindong", PHONE)
    head.goto(whistle)
    head.get_by_role("link", name="批准吹哨").click()
    press(head, "批准，吹响")
    head.wait_for_load_state()
    assert "已吹响" in head.locator("main").inner_text()

    called.goto(whistle)
    called.get_by_role("link", name="签收").click()
    press(called, "签收")
    called.get_by_role("link", name="说明到场").click()
    called.locator("textarea[name=text]").last.fill("下午三点，两位同志到场")
    press(called, "提交")
    called.get_by_role("link", name="报告处置情况").click()
    called.locator("textarea[name=text]").last.fill("管网已抢修，积水已清")
    press(called, "提交报告")
    called.goto(whistle)
    assert "待评价" in called.locator("main").inner_text()

    caller.goto(f"{whistle}evaluate/")
    for question in caller.locator("main fieldset").all():
        question.locator("label", has_text="是").first.click()
    press(caller, "提交评价")
    shown = caller.locator("main").inner_text()
    assert "已评价" in shown
    assert "两位同志到场" in shown
    after = figures(staff, *RATES, "problems_solved")
    assert [after[key] - before[key] for key in RATES] == [1, 1, 1, 1, 1, 1]
    assert after["problems_solved"] == before["problems_solved"], "judged is not yet confirmed by whoever asked"

    caller.get_by_role("link", name="看事项").first.click()
    caller.get_by_role("link", name="确认办结").click()
    press(caller, "确认已解决")
    assert figures(staff, "problems_solved")["problems_solved"] == before["problems_solved"] + 1
    other = visit("nanyang")
    assert other.goto(whistle).status == 404
    other.goto("/whistles/")
    assert TITLE not in other.locator("main").inner_text()


def test_the_courts_case_shows_what_the_report_gives(visit):
    """联动执行 at the desk: 73 accepted, 42 concluded, 204 million yuan in the first half of 2020, 38 departments."""
    page = visit("chifeng")
    page.goto("/whistles/cases/")
    page.get_by_role("link", name=ENFORCEMENT).first.click()
    page.wait_for_url(re.compile(r"/cases/[0-9]+/$"))
    shown = page.locator("main").inner_text()
    table = page.locator("section", has=page.locator("#periods-title"))
    heads = table.locator("thead th").all_inner_texts()
    lines = table.locator("tbody tr").all()
    rows = {line.locator("th").inner_text(): line.locator("td").all_inner_texts() for line in lines}
    assert [head.strip() for head in heads[1:]] == ["2020年上半年", "2018—2020年", "合计"]
    assert rows["受理不良贷款执行案件（件）"][0] == "73"
    assert rows["执结案件（件）"][0] == "42"
    assert rows["执行到位（元）"][0] == "204,000,000.00"
    assert rows["不良贷款清收标的额（元）"][1] == "451,000,000.00"
    assert [rows[name][1] for name in rows if rows[name][1] in ("374", "655", "305")] == ["374", "655", "305"]
    assert "参加部门 38 家" in shown
    assert page.locator("main [role=img]").count() >= 1
    assert "执结案件" in page.request.get(f"{page.url}export/?format=csv").text()
    answer = page.request.get(f"/api/v1/cases/{page.url.rstrip('/').rpartition('/')[2]}/").json()
    assert "204000000.00" in {row["total"] for row in answer["totals"]}
    assert visit("nanyang").goto(page.url).status == 404
