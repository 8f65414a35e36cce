"""Every page at the desk and on the phone: no accessibility violation, within the budget, nothing from outside,
no horizontal scroll, no complaint in the console."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESK, PHONE

PAGES = [
    ("chifeng", "/"),
    ("fulian", "/"),
    ("dongshiqiao", "/"),
    ("sysadmin", "/"),
    ("chifeng", "/alliances/"),
    ("chifeng", "/alliances/?q=没有这样的名称"),
    ("chifeng", "/alliances/foundings/"),
    ("chifeng", "first:/alliances/"),
    ("chifeng", "first:/alliances/+members/"),
    ("chifeng", "first:/alliances/+activities/"),
    ("chifeng", "first:/alliances/+standing/"),
    ("chifeng", "first:/alliances/+timeline/"),
    ("chifeng", "first:/alliances/+rectify/"),
    ("chifeng", "/alliances/new/"),
    ("fulian", "/alliances/invitations/"),
    ("chifeng", "/listings/"),
    ("chifeng", "first:/listings/"),
    ("chifeng", "/items/"),
    ("chifeng", "first:/items/"),
    ("dongshiqiao", "/items/new/"),
    ("fulian", "/claims/"),
    ("fulian", "/claims/?tab=mine"),
    ("fulian", "/claims/?tab=finished"),
    ("chifeng", "/activities/"),
    ("chifeng", "first:/activities/"),
    ("chifeng", "/assessments/"),
    ("chifeng", "first:/assessments/"),
    ("fulian", "/assessments/"),
    ("chifeng", "/reviews/"),
    ("chifeng", "first:/reviews/"),
    ("chifeng", "/reviews/rules/"),
    ("chifeng", "/reviews/rectifications/"),
    ("chifeng", "/proposals/"),
    ("chifeng", "first:/proposals/"),
    ("chifeng", "/approvals/"),
    ("chifeng", "/statistics/"),
    ("chifeng", "/statistics/?region=150422"),
    ("chifeng", "/statistics/published/"),
    ("chifeng", "/search/?q=东石桥"),
    ("chifeng", "/organizations/"),
    ("chifeng", "first:/organizations/"),
    ("chifeng", "/accounts/"),
    ("chifeng", "/inbox/"),
    ("chifeng", "/complaints/"),
    ("chifeng", "/complaints/new/"),
    ("fulian", "/settings/"),
    ("fulian", "/settings/password/"),
    ("secadmin", "/grants/"),
    ("auditor", "/audit/denials/"),
    ("auditor", "/audit/steps/"),
    ("chifeng", "/没有这一页/"),
    (None, "/login/"),
    (None, "/activate/"),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"desk": DESK, "phone": PHONE}


def go(page, where):
    """Open an address; ``first:LIST+rest`` is the first thing of a list, or its sub-page."""
    if not where.startswith("first:"):
        return page.goto(where)
    listed, _, rest = where.removeprefix("first:").partition("+")
    page.goto(listed)
    href = page.evaluate(
        "root => [...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href'))"
        ".find(href => new RegExp('^' + root + '[0-9]+/$').test(href))",
        listed,
    )
    if href is None:
        pytest.skip(f"nothing in {listed} to open")
    page.complaints.clear()
    return page.goto(href + rest)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("account", "where"), PAGES, ids=[f"{who}{where}" for who, where in PAGES])
def test_page_is_right(visit, site, account, where, size):
    page = visit(account, SIZES[size])
    asked = []
    go(page, where)
    page.on("response", asked.append)
    page.reload()
    page.wait_for_load_state("load")
    assert_accessible(page)
    assert_within_budget(page, asked, site)
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], f"scrolls sideways: {wide}"
    ignored = "404" if "没有" in where and "?" not in where else "\0"
    assert not [said for said in page.complaints if ignored not in said]


def assert_accessible(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert found.violations_count == 0, found.generate_report()


def assert_within_budget(page, asked, site):
    foreign = [response.url for response in asked if not response.url.startswith((site.url, "data:"))]
    assert not foreign, foreign
    assert len(asked) <= 8, f"{len(asked)} requests: {[response.url for response in asked]}"
    html = gzip.compress(page.content().encode())
    assert len(html) <= 25_000, f"{len(html)} bytes of HTML over the wire"
    sizes = [response.request.sizes()["responseBodySize"] for response in asked]
    assert sum(sizes) <= 60_000, f"{sum(sizes)} bytes over the wire"
    assert page.evaluate("document.querySelectorAll('*').length") <= 1500


@pytest.mark.parametrize("where", ["/", "/claims/", "/items/"])
def test_large_type_keeps_every_page_right(visit, where):
    page = visit("fulian", PHONE)
    page.goto(where)
    page.click("text=大字", force=True)
    page.wait_for_load_state("load")
    assert_accessible(page)
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1]
    page.click("text=大字", force=True)


def test_narrowest_phone_does_not_scroll_sideways(visit):
    for where in ("/", "/claims/", "/items/", "/alliances/", "/statistics/"):
        page = visit("fulian", {"width": 320, "height": 640})
        page.goto(where)
        wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= wide[1], (where, wide)
