"""A year from its opening to its publication, in the browser: with a silent group, an appeal, and every score
recomputed by the oracle."""

import re
from datetime import date, timedelta

import psycopg2
import pytest

from tests.assessments.oracle import SCORES
from tests.browser.test_stories import press
from tests.browser.window import PHONE

HOME = "五金小区基层治理共同体"


@pytest.fixture
def base(site):
    """The demo's own database: for the oracle, and to let days pass."""
    connection = psycopg2.connect(**site.database)
    connection.autocommit = True
    with connection.cursor() as cursor:
        yield cursor
    connection.close()


def year_before(base):
    """A year that nobody has assessed yet."""
    base.execute("SELECT min(year) FROM assessments_scheme WHERE region_id = '1504'")
    return base.fetchone()[0] - 1


def second(visit, page, who="chifeng2"):
    """Another person agrees to what ``page`` has just proposed."""
    other = visit(who)
    other.goto(re.sub(r"^https?://[^/]+", "", page.url))
    press(other, re.compile("^同意$"))
    other.close()


def drawn_up(page, year):
    """The address of a scheme of that year that asks the masses too."""
    page.goto("/assessments/new/")
    for name, value in (("year", str(year)), ("title", f"{year}年度考核"), ("cut_off", f"{year}-12-31")):
        page.fill(f"[name={name}]", value)
    press(page, re.compile("保存"))
    address = re.sub(r"^https?://[^/]+", "", page.url)
    page.goto(f"{address}edit/")
    page.locator("details.fold").evaluate_all("all => all.forEach(one => one.open = true)")
    row = page.locator("[name$='-name']").evaluate_all("all => all.findIndex(one => one.value === '成员评价')")
    page.fill(f"[name=i-{row}-weight]", "20")
    empty = page.locator("[name$='-name']").evaluate_all("all => all.findIndex(one => !one.value)")
    page.fill(f"[name=i-{empty}-name]", "群众评价")
    page.fill(f"[name=i-{empty}-weight]", "10")
    page.select_option(f"[name=i-{empty}-source]", "masses")
    press(page, re.compile("^保存$"))
    return address


def rate(page, address, score):
    """The first pair that waits on the sheet."""
    page.goto(f"{address}ratings/")
    page.locator("li", has_text=HOME).get_by_role("link", name=re.compile("评价")).first.click()
    page.fill("[name=score]", score)
    press(page, "提交评价")


def test_a_year_from_opening_to_publication(visit, base):
    staff = visit("chifeng")
    address = drawn_up(staff, year_before(base))
    scheme = int(address.split("/")[2])
    staff.goto(f"{address}open/")
    staff.fill("textarea[name=reason]", "权重经会议研究")
    press(staff, "提出启动")
    second(visit, staff)

    lead = visit("dongshiqiao", PHONE)
    lead.goto(address)
    lead.get_by_role("link", name=re.compile(f"写自评.*{HOME}")).click()
    for name in ("went_well", "fell_short", "plans"):
        lead.fill(f"textarea[name={name}]", "垃圾清运已办成，停车还要改。")
    press(lead, "提交")
    lead.goto(address)
    lead.get_by_role("link", name=re.compile(f"评议邀请单.*{HOME}")).click()
    lead.fill("[name=count]", "3")
    press(lead, "出具邀请单")
    codes = lead.locator(".slips__code").all_inner_texts()

    for code, word in zip(codes, ("很满意", "满意", "一般"), strict=True):
        resident = visit(None, PHONE)
        resident.goto("/opinion/")
        resident.fill("[name=code]", code)
        press(resident, "下一步")
        press(resident, re.compile(f"^{word}$"))
        assert resident.url.endswith("/opinion/thanks/")

    rate(visit("fulian", PHONE), address, "88")  # one member alone: the group stays silent
    rate(visit("lindong"), address, "80")
    staff.goto(f"{address}progress/")
    assert re.search(r"\b1\s*份", staff.locator(".kpi", has_text="已交自评").inner_text())
    assert staff.request.get(f"{address}results/").status == 404, "nothing is shown while the rating runs"
    staff.goto(f"{address}close/")
    press(staff, "结束评价")

    lead.goto(f"{address}")
    lead.get_by_role("link", name=re.compile(f"看初步结果.*{HOME}")).click()
    assert "评价不足 3 家" in lead.locator("main").inner_text()
    before = lead.locator(".kpi__value").inner_text()
    lead.get_by_role("link", name="提出申诉").click()
    lead.locator("dialog[open] label", has_text="上级评价").click()
    lead.locator("dialog[open] textarea[name=reason]").fill("上级评分时漏看了年末办成的两件事。")
    press(lead, "提出申诉")
    appeal = re.sub(r"^https?://[^/]+", "", lead.url)
    assert appeal.startswith("/appeals/")

    base.execute("UPDATE assessments_scheme SET appeals_until = %s WHERE id = %s", [yesterday(), scheme])
    staff.goto(f"{address}publish/")
    staff.fill("textarea[name=reason]", "核对无误")
    staff.fill("[name=document_number]", "赤组通〔2026〕7号")
    press(staff, "提出公布")
    assert "还有申诉没有答复" in staff.locator("main").inner_text()
    street = visit("lindong")
    street.goto(f"{appeal}forward/")
    street.fill("textarea[name=opinion]", "情况属实")
    press(street, "转报")
    staff.goto(f"{appeal}uphold/")
    staff.fill("[name=points]", "92.5")
    staff.fill("textarea[name=reason]", "两件已核实")
    press(staff, "更正指标分")
    staff.goto(f"{address}publish/")
    staff.fill("textarea[name=reason]", "核对无误")
    staff.fill("[name=document_number]", "赤组通〔2026〕7号")
    press(staff, "提出公布")
    second(visit, staff)

    lead.goto(address)
    assert "已公布" in lead.locator("main").inner_text()
    lead.goto(f"{address}notice/")
    assert "赤组通〔2026〕7号" in lead.locator("main").inner_text()
    base.execute("SELECT alliance_id, score FROM assessments_alliancescore WHERE scheme_id = %s", [scheme])
    published = dict(base.fetchall())
    base.execute(SCORES, [scheme])
    assert published == dict(base.fetchall()), "every score recomputed by one statement"
    base.execute("SELECT id FROM alliances_alliance WHERE name = %s", [HOME])
    assert str(published[base.fetchone()[0]]) != before, "the correction counts"


def yesterday():
    return date.today() - timedelta(days=1)
