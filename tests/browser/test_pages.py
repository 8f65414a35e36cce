"""Every page at the desk and on the phone: no accessibility violation, within the budget, nothing from outside,
no horizontal scroll, no complaint in the console."""

import gzip

import pytest

from tests.browser.axe import assert_accessible
from tests.browser.pages import PAGES
from tests.browser.window import PHONE

DESK_ONLY = ("/accounts/", "/audit/", "/grants/", "/reviews/re", "/statistics/published/", "/没有")
ON_THE_PHONE = {"fulian", "dongshiqiao", None}
SAME_COLOURS = {"color-contrast": {"enabled": False}}
"""The dearest rule: what staff read at the desk has the same colours when their window is narrow."""


@pytest.mark.parametrize(("account", "where"), PAGES, ids=[f"{who}{where}" for who, where in PAGES])
def test_page_is_right(window, site, account, where):
    """Asked for once, at the desk; then the window becomes a phone's."""
    seen = window(account)
    seen.go(where)
    assert_right(seen.page)
    assert_within_budget(seen, site)
    if not where.startswith(DESK_ONLY):
        seen.page.set_viewport_size(PHONE)
        assert_right(seen.page, rules=None if account in ON_THE_PHONE else SAME_COLOURS)


def assert_right(page, rules=None):
    """Accessible, no wider than the window, and nothing to complain of in the console."""
    assert_accessible(page, rules)
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], f"scrolls sideways: {wide}"
    ignored = "404" if "%E6%B2%A1%E6%9C%89" in page.url and "?" not in page.url else "\0"
    assert not [said for said in page.complaints if ignored not in said]


def assert_within_budget(seen, site):
    """As for somebody who was never here. A hop on the way (a redirect) is no part of the page."""
    asked = [response for response in seen.asked if not 300 <= response.status < 400]
    foreign = [response.url for response in asked if not response.url.startswith((site.url, "data:"))]
    assert not foreign, foreign
    addresses = {response.url for response in asked}
    assert len(addresses) <= 8, addresses
    html = gzip.compress(seen.page.content().encode())
    assert len(html) <= 25_000, f"{len(html)} bytes of HTML over the wire"
    weights = [seen.weight(response) for response in asked]
    assert sum(weights) <= 60_000, f"{sum(weights)} bytes over the wire"
    assert seen.page.evaluate("document.querySelectorAll('*').length") <= 1500


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


def test_narrowest_phone_does_not_scroll_sideways(window):
    page = window("fulian").page
    page.set_viewport_size({"width": 320, "height": 640})
    for where in ("/", "/claims/", "/items/", "/alliances/", "/statistics/"):
        page.goto(where)
        wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= wide[1], (where, wide)
