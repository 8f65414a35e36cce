"""金点子: from the call to the word of whoever had the idea, clicked through on the demo by those whom it concerns."""

import re
from datetime import timedelta

from django.utils import timezone

from tests.browser.test_stories import press
from tests.browser.window import PHONE

ESTATE, THEME, IDEA = "五金小区基层治理共同体", "便民金点子故事", "单元门口加装雨棚"


def day(days=0):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def follow(page, name):
    """A link of the main part, opened as a page of its own, without the sheet."""
    page.goto(page.locator("main").get_by_role("link", name=name).first.get_attribute("href"))


def do(page, link, button, **words):
    """A verb beside a row or in the bar: its page, its words, its button."""
    follow(page, link)
    for name, value in words.items():
        page.fill(f"main [name={name}]", value)
    press(page, button)


def test_an_idea_becomes_a_project_that_its_thinker_confirms(visit):
    """The community calls and writes down a resident's idea; the street selects, chooses 妇联 and looks after it; the
    fund pays for what was accepted; the community confirms."""
    community, street, women = visit("dongshiqiao"), visit("lindong"), visit("fulian", PHONE)
    community.goto("/ideas/new/")
    follow(community, ESTATE)
    community.fill("main [name=theme]", THEME)
    community.fill("main [name=closes_on]", day(7))
    press(community, "发起征集")
    call = community.url
    follow(community, "提交金点子")
    community.fill("main [name=title]", IDEA)
    community.check("main [name=for_resident]")
    press(community, "提交")

    street.goto(call)
    do(street, "截止并评选", "截止并评选")
    street.goto(call)
    follow(street, IDEA)
    do(street, "选为项目", "选为项目", reason="雨天老人进出不便，地方现成")
    project = street.url
    street.goto(call)
    do(street, "公布结果", "公布")

    women.goto(project)
    do(women, "申请承接", "提交申请", plan="志愿者出工，两个周末装好")
    community.goto(project)
    assert community.get_by_role("link", name="申请承接").count() == 0, "whoever had the idea does not carry it out"
    street.goto(project)
    do(street, re.compile("^选定"), "选定", reason="人手够，离得近", budget="2000.00")
    street.goto(project)
    do(street, "设里程碑", "设定", title="两个单元装好", due_on=day(10))
    women.goto(project)
    do(women, re.compile("^报告完成"), "报告完成", text="两个单元都已装好")
    street.goto(project)
    do(street, "记监督", "记下", seen="看了两个单元", findings="一处螺丝外露", follow_up="包住螺丝")
    assert street.get_by_role("link", name="项目验收").count() == 0, "something is left to follow"
    women.goto(project)
    do(women, re.compile("^答复落实情况"), "提交", text="已加防护帽")

    community.goto(project)
    do(community, re.compile("^验收"), "通过验收")
    community.goto(project)
    do(community, re.compile("^付款"), "付款", amount="1500.00", document="2026-17")
    account = community.locator("section[aria-labelledby=account-title]").inner_text()
    assert "1,500.00" in account
    assert "验收 1 / 1，其中按期 1" in account
    assert "1 次，发现问题 1 次，要求落实 1 / 1" in account

    street.goto(project)
    do(street, "项目验收", "通过验收")
    assert women.goto(project).ok
    assert women.get_by_role("link", name="确认办结").count() == 0, "the provider confirms nothing"
    community.goto(project)
    do(community, "确认办结", "确认已解决")
    assert "已确认" in community.locator("main").inner_text()
    street.goto(call)
    figures = street.locator(".kpis").inner_text()
    assert "1,500.00" in figures
    assert visit("nanyang").goto(project).status == 404
    assert not [said for page in (community, street, women) for said in page.complaints]
