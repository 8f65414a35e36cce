"""The main jobs of a staff member and of a branch secretary, clicked through on the demo."""

import re

from tests.browser.window import PHONE

WUJIN = "五金小区基层治理共同体"


def figures(page, *keys):
    """What the statistics of 1504 say to a member of staff."""
    said = page.request.get(f"/api/v1/statistics/?region=1504&figures={','.join(keys)}")
    assert said.ok, said.text()
    return said.json()["figures"]


def press(page, name):
    """The one button of the main part, or of the sheet that lies over it."""
    page.locator("dialog[open], main").last.get_by_role("button", name=name).click()
    page.wait_for_load_state("load")


def said(page):
    return page.locator("[role=status]").all_inner_texts()


def test_a_founding_is_approved(visit):
    """The city's organisation department approves what waits on its work-bench; the alliance runs and counts."""
    page = visit("chifeng")
    before = figures(page, "alliances_active")["alliances_active"]
    page.goto("/alliances/foundings/")
    page.locator("main a[href$='/approve/']").first.click()
    page.wait_for_url(re.compile("/approve/$"))
    name = page.locator("#paper-title").inner_text()
    page.fill("input[name=document_number]", "赤组发〔2026〕12号")
    press(page, "批准成立")
    assert figures(page, "alliances_active")["alliances_active"] == before + 1
    page.goto(f"/alliances/?q={name}")
    page.get_by_role("link", name=name).first.click()
    assert "运行中" in page.locator("main").inner_text()


def test_a_proposal_needs_two_people(visit):
    """One confirms what the review proposes; only another one's approval lets it take effect."""
    page = visit("chifeng")
    page.goto("/proposals/?state=open")
    proposed = page.locator("main a[href^='/proposals/']").evaluate_all(
        "links => links.map(a => a.getAttribute('href')).find(href => /^\\/proposals\\/[0-9]+\\/$/.test(href))"
    )
    page.goto(f"{proposed}confirm/")
    page.fill("textarea[name=reason]", "情况属实，按规则处置")
    press(page, "提出采纳")
    page.goto("/approvals/")
    approval = page.locator("main table a[href^='/approvals/']").first.get_attribute("href")
    page.goto(approval)
    assert "须由另一位同志复核" in page.locator("main").inner_text()
    assert page.get_by_role("button", name="同意", exact=True).count() == 0, "the proposer cannot approve"
    other = visit("chifeng2")
    other.goto(approval)
    press(other, re.compile("^同意$"))
    other.goto(proposed)
    assert "已采纳" in other.locator("main").inner_text()


def test_an_item_goes_round_the_closed_loop(visit):
    """Claimed on the phone, reported, finished; confirmed by who asked: exactly one more problem is solved."""
    staff = visit("chifeng")
    before = figures(staff, "problems_solved")["problems_solved"]
    phone = visit("fulian", PHONE)
    phone.goto("/claims/")
    card = phone.locator("article", has_text="垃圾清运").first
    title = card.locator("h2").inner_text()
    card.get_by_role("link", name=re.compile("我要认领")).click()
    press(phone, "确认认领")
    phone.goto("/claims/?tab=mine")
    phone.get_by_role("link", name=title).first.click()
    claim = phone.url if "/claims/" in phone.url else phone.locator("a[href^='/claims/']").last.get_attribute("href")
    phone.goto(claim + "report/")
    phone.fill("textarea[name=text]", "已联系清运车辆")
    press(phone, "提交进展")
    phone.goto(claim + "finish/")
    phone.locator("main textarea").first.fill("三车垃圾已清运")
    press(phone, "报告办结")
    assert figures(staff, "problems_solved")["problems_solved"] == before, "done is not yet solved"

    asker = visit("dongshiqiao", PHONE)
    asker.goto("/items/")
    asker.goto("/items/?q=" + title)
    asker.get_by_role("link", name=title).first.click()
    asker.goto(asker.url + "confirm/")
    press(asker, "确认")
    assert figures(staff, "problems_solved")["problems_solved"] == before + 1


def test_nanyang_meets_nothing_of_chifeng(visit):
    """By page, by search, by guess and by REST."""
    staff, other = visit("chifeng"), visit("nanyang")
    staff.goto(f"/alliances/?q={WUJIN}")
    address = staff.get_by_role("link", name=WUJIN).first.get_attribute("href")
    assert other.goto(address).status == 404
    for page in ("/alliances/", "/items/", "/activities/", f"/search/?q={WUJIN[:4]}", "/statistics/"):
        other.goto(page)
        assert "赤峰" not in other.locator("main").inner_text()
        assert "五金小区" not in other.locator("main article, main table").all_inner_texts()
    assert other.request.get(f"/api/v1{address}").status == 404
    assert other.request.get("/api/v1/statistics/?region=1504").status == 404
    found = other.request.get("/api/v1/alliances/?page_size=100").json()["results"]
    assert found
    assert all(row["region"].startswith("4113") for row in found)


def test_the_claim_works_without_a_script(visit):
    """The same claim, with JavaScript switched off, in the same words."""
    phone = visit("fulian", PHONE, java_script_enabled=False)
    phone.goto("/claims/")
    phone.get_by_role("link", name=re.compile("我要认领")).first.click()
    assert phone.locator("h1").inner_text() == "认领这一事项"
    press(phone, "确认认领")
    phone.locator("[role=status]").first.wait_for()
    assert any("认领成功" in words for words in said(phone))
