"""The published cases, found and read in the browser as a member of staff would, and decided on as a member would."""

import re

import pytest

from tests.browser.test_stories import press, said
from tests.browser.window import PHONE

CASES = [
    ("chifeng", "富园惠民联合党委", "members", ["33"]),
    ("chifeng", "富园惠民联合党委", "", ["脱贫攻坚联合党总支", "农副产品集散中心联合党总支"]),
    ("chifeng", "富园惠民联合党委", "leadership", ["戴鹏飞", "北京市丰台区岳各庄村党总支"]),
    ("chifeng", "铁南社区大党委", "members", ["27"]),
    ("chifeng", "铁南社区大党委", "rotation", ["正在轮值"]),
    ("chifeng", "房身村蔬菜产业党建联合体", "means/distributions", ["4421", "1,000,000.00"]),
    ("chifeng", "房身村蔬菜产业党建联合体", "means/reserve", ["60,000.00"]),
    ("chifeng", "巴彦温都尔苏木游牧服务党建联合体", "means/venues", ["游牧区党群服务中心", "每年6月至9月"]),
    ("chifeng", "五金小区基层治理共同体", "leadership", ["兼职委员", "网格员"]),
    ("nanyang", "外贸局家属院联合党支部", "leadership", ["56", "11", "45"]),
    ("chifeng", "联动执行党建联合体", "members", ["38"]),
]


def find(page, name):
    """The alliance's address, found by its name as people do."""
    page.goto(f"/alliances/?q={name}")
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_url(re.compile(r"/alliances/[0-9]+/$"))
    return page.url


@pytest.mark.parametrize(("account", "name", "tab", "words"), CASES, ids=[f"{c[1]}-{c[2]}" for c in CASES])
def test_a_case_is_found_and_shows_what_the_report_tells(window, account, name, tab, words):
    page = window(account).page
    home = find(page, name)
    if tab:
        page.goto(f"{home}{tab}/")
    shown = page.locator("main").inner_text()
    assert not [word for word in words if word not in shown]


def test_four_stations_stand_on_the_nomad_route(window):
    page = window("chifeng").page
    page.goto(f"{find(page, '巴彦温都尔苏木游牧服务党建联合体')}means/venues/")
    assert len(set(re.findall(r"\w+党群服务驿站", page.locator("main").inner_text()))) == 4


def test_a_member_votes_on_a_newcomer_with_the_phone(visit):
    """共建准入: the members' work-bench asks; two taps and the voice is given."""
    page = visit("fulian", PHONE)
    page.goto(f"{find(page, '五金小区基层治理共同体')}members/")
    page.locator("main a[href$='/vote-on/']").first.click()
    press(page, re.compile("^同意"))
    assert said(page)
