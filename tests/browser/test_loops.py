"""鹿山's chain, and the quarrels of 五金小区, clicked through on the demo."""

import re

from tests.browser.test_stories import figures, press
from tests.browser.window import PHONE


def find(page, title):
    """Open the item of that title from the register."""
    page.goto(f"/items/?q={title}")
    page.locator("main").get_by_role("link", name=title).last.click()
    page.wait_for_load_state("load")
    return page.url


def test_the_street_rules_and_the_asker_still_has_the_last_word(visit):
    street = visit("lindong")
    street.goto("/disputes/?state=open")
    street.locator("main table a").first.click()
    street.goto(street.url + "decide/")
    street.get_by_label("已办成，由提出方确认").check()
    street.fill("textarea[name=reason]", "现场看过，约定的楼道已清理")
    press(street, "作出裁定")
    assert "裁定已办成" in street.locator("main").inner_text()
    asker = visit("dongshiqiao", PHONE)
    item = find(asker, "五金小区楼道杂物清理")
    assert "等待提出方确认" in asker.locator("main").inner_text()
    asker.goto(item + "confirm/")
    asker.get_by_label("不满意", exact=True).check()
    press(asker, "确认已解决")
    assert "不满意" in asker.locator("main").inner_text()


def test_a_wrong_confirmation_is_taken_back_by_two_people(visit):
    city = visit("chifeng")
    before = figures(city, "satisfied_rate_denominator")["satisfied_rate_denominator"]
    item = find(city, "五金小区路灯检修")
    assert "已确认" in city.locator("main").inner_text()
    city.goto("/approvals/")
    city.locator("main").get_by_role("link", name=re.compile("五金小区路灯检修")).first.click()
    press(city, re.compile("^同意$"))
    assert figures(city, "satisfied_rate_denominator")["satisfied_rate_denominator"] == before - 1
    city.goto(item)
    assert "更正确认" in city.locator("main").inner_text()


def test_what_was_passed_on_goes_on_with_its_new_lead(visit):
    lead = visit("dongshiqiao")
    lead.goto("/forwardings/?state=proposed")
    lead.locator("main table a").first.click()
    title = lead.locator("h1").inner_text()
    lead.goto(lead.url + "take-over/")
    press(lead, "接收")
    lead.goto(f"/items/?q={title}")
    assert title in lead.locator("main").inner_text()


def test_the_mediation_of_lushan_shows_its_whole_chain(visit):
    page = visit("balinzuo")
    find(page, "物业费收缴纠纷联合调解")
    text = page.locator("main").inner_text()
    for word in ("提出方确认", "满意", "调解协议", "代居民"):
        assert word in text
