"""Every page at the desk and on the phone: no accessibility violation, within the budget, nothing from outside,
no horizontal scroll, no complaint in the console."""

import gzip
import re
from html import unescape
from urllib.parse import urljoin

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults

from tests.browser.conftest import DESK, PHONE
from tests.browser.pages import PAGES

DESK_ONLY = ("/accounts/", "/audit/", "/grants/", "/reviews/re", "/statistics/published/", "/没有")
ON_THE_PHONE = {"fulian", "dongshiqiao", None}
SAME_COLOURS = {"color-contrast": {"enabled": False}}
"""The dearest rule: what staff read at the desk has the same colours when their window is narrow."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def go(page, where):
    """Open an address; ``LIST > PATTERN`` is the first such link of a page, ``+ REST`` an address beneath it."""
    address, *ways = where.split(" > ")
    for way in ways:
        pattern, _, rest = way.partition(" + ")
        main = page.request.get(address).text().partition("<main")[2]
        href = next((href for href in re.findall(r'href="([^"]+)"', main) if re.fullmatch(pattern, href)), None)
        if href is None:
            pytest.fail(f"nothing in {address} to open")
        address = urljoin(address, unescape(href)) + rest
    return page.goto(address)


@pytest.mark.parametrize(("account", "where"), PAGES, ids=[f"{who}{where}" for who, where in PAGES])
def test_page_is_right(visit, site, account, where):
    """Asked for once, at the desk; then the window becomes a phone's."""
    page = visit(account, DESK)
    asked = []
    page.on("response", lambda response: asked.append(response))  # noqa: PLW0108 a built-in is refused
    go(page, where)
    assert_right(page)
    assert_within_budget(page, asked, site)
    if not where.startswith(DESK_ONLY):
        page.set_viewport_size(PHONE)
        assert_right(page, rules=None if account in ON_THE_PHONE else SAME_COLOURS)


def assert_right(page, rules=None):
    """Accessible, no wider than the window, and nothing to complain of in the console."""
    assert_accessible(page, rules)
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], f"scrolls sideways: {wide}"
    ignored = "404" if "%E6%B2%A1%E6%9C%89" in page.url and "?" not in page.url else "\0"
    assert not [said for said in page.complaints if ignored not in said]


def assert_accessible(page, rules=None):
    """No violation; what is right is not told, for telling it of every element takes longer than finding it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    options |= {"rules": rules} if rules else {}
    violations = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    found = AxeResults({"violations": violations})
    assert found.violations_count == 0, found.generate_report()


def assert_within_budget(page, asked, site):
    """A hop on the way (a redirect) is no part of the page, nor is the icon that the page before still asked for."""
    asked = [response for response in asked if not 300 <= response.status < 400]
    foreign = [response.url for response in asked if not response.url.startswith((site.url, "data:"))]
    assert not foreign, foreign
    addresses = {response.url for response in asked}
    assert len(addresses) <= 8, addresses
    html = gzip.compress(page.content().encode())
    assert len(html) <= 25_000, f"{len(html)} bytes of HTML over the wire"
    sizes = [response.request.sizes()["responseBodySize"] for response in asked]
    assert sum(sizes) <= 60_000, f"{sum(sizes)} bytes over the wire"
    assert page.evaluate("document.querySelectorAll('*').length") <= 1500


@pytest.mark.parametrize("where", ["/", "/claims/", "/items/"])
def test_large_type_keeps_every_page_right(visit, where):
    page = visit("fulian", PHONE)
    page.goto(where)
    with page.expect_navigation():
        page.get_by_role("button", name="大字").click()
    assert page.locator("html.is-elder").count() == 1
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 20
    assert_accessible(page)
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1]
    with page.expect_navigation():
        page.get_by_role("button", name="大字").click()
    assert page.locator("html.is-elder").count() == 0


def test_narrowest_phone_does_not_scroll_sideways(visit):
    for where in ("/", "/claims/", "/items/", "/alliances/", "/statistics/"):
        page = visit("fulian", {"width": 320, "height": 640})
        page.goto(where)
        wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= wide[1], (where, wide)
