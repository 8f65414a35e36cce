"""Every page at the desk and on the phone: no accessibility violation, within the budget, nothing from outside,
no horizontal scroll, no complaint in the console."""

import gzip
import re
from html import unescape
from urllib.parse import urljoin

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
    ("chifeng", "/alliances/ > /alliances/[0-9]+/"),
    ("chifeng", "/alliances/ > /alliances/[0-9]+/ + members/"),
    ("dongshiqiao", "/alliances/?q=五金小区 > /alliances/[0-9]+/ + leadership/"),
    ("dongshiqiao", "/alliances/?q=五金小区 > /alliances/[0-9]+/ + nominate/"),
    ("nanyang", "/alliances/?q=外贸局 > /alliances/[0-9]+/ + leadership/"),
    ("fulian", "/ > /posts/[0-9]+/consent/"),
    ("chifeng", "/posts/"),
    ("chifeng", "/posts/?view=many > /posts/[0-9]+/"),
    ("chifeng", "/posts/?view=many > /posts/[0-9]+/ + person/"),
    ("chifeng", "/instructors/"),
    ("balinzuo", "/instructors/ > /instructors/[0-9]+/assign/"),
    ("nanyang", "/participants/"),
    ("chifeng", "/alliances/ > /alliances/[0-9]+/ + activities/"),
    ("chifeng", "/alliances/ > /alliances/[0-9]+/ + standing/"),
    ("chifeng", "/alliances/ > /alliances/[0-9]+/ + timeline/"),
    ("chifeng", "/alliances/ > /alliances/[0-9]+/ + rectify/"),
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + means/"),
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + means/funds/"),
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + means/staff/"),
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + means/venues/"),
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + receive/"),
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + draw-up-scheme/"),
    ("chifeng", "/alliances/?q=房身村 > /alliances/[0-9]+/ + means/distributions/"),
    ("chifeng", "/alliances/?q=房身村 > /alliances/[0-9]+/ + means/reserve/"),
    ("chifeng", "/alliances/?q=笤帚苗 > /alliances/[0-9]+/ + means/consortium/"),
    ("chifeng", "/distributions/1/"),
    ("chifeng", "/distributions/1/paper/"),
    ("fulian", "/venues/"),
    ("fulian", "/venues/ > /venues/[0-9]+/"),
    ("fulian", "/venues/ > /venues/[0-9]+/ + book/"),
    ("chifeng", "/alliances/new/"),
    ("fulian", "/alliances/invitations/"),
    ("fulian", "/alliances/ > /alliances/[0-9]+/ + charter/"),
    ("fulian", "/alliances/ > /alliances/[0-9]+/ + rotation/"),
    ("fulian", "/charters/2/"),
    ("fulian", "/charters/2/assent/"),
    ("chifeng", "/agreements/"),
    ("chifeng", "/agreements/ > /agreements/[0-9]+/"),
    ("dongshiqiao", "/agreements/1/renew/"),
    ("dongshiqiao", "/alliances/2/agreements/draft/"),
    ("dongshiqiao", "/alliances/2/charter/draft/"),
    ("fulian", "/alliances/invitations/ > .*/vote-on/"),
    ("fulian", "/alliances/join/"),
    ("fulian", "/alliances/join/ > .*/apply/"),
    ("dongshiqiao", "/alliances/?q=五金 > /alliances/[0-9]+/ + members/"),
    ("dongshiqiao", "/alliances/?q=五金 > /alliances/[0-9]+/ + split/"),
    ("chifeng", "/alliances/?q=五金 > /alliances/[0-9]+/ + place-under/"),
    ("chifeng", "/alliances/?q=五金 > /alliances/[0-9]+/ + dissolve/"),
    ("chifeng", "/alliances/?q=五金 > /alliances/[0-9]+/ + merge/"),
    ("chifeng", "/alliances/?q=五金 > /alliances/[0-9]+/ + merge/ > .*/merge/.into=[0-9]+"),
    ("chifeng", "/alliances/?q=富园惠民联合 > /alliances/[0-9]+/"),
    ("chifeng", "/alliances/?q=五金 > /alliances/[0-9]+/ + checklist/"),
    ("chifeng", "/rules/"),
    ("chifeng", "/rules/1504/change/"),
    ("nanyang", "/rules/4113/checklist/"),
    ("chifeng2", "/approvals/2/"),
    ("chifeng", "/listings/"),
    ("chifeng", "/listings/ > /listings/[0-9]+/"),
    ("chifeng", "/items/"),
    ("chifeng", "/items/ > /items/[0-9]+/"),
    ("dongshiqiao", "/items/new/"),
    ("fulian", "/claims/"),
    ("fulian", "/claims/?tab=mine"),
    ("fulian", "/claims/?tab=finished"),
    ("chifeng", "/meetings/"),
    ("chifeng", "/meetings/ > /meetings/[0-9]+/"),
    ("fulian", "/meetings/?q=秋季 > /meetings/[0-9]+/"),
    ("dongshiqiao", "/meetings/?q=秋季 > /meetings/[0-9]+/ + decide/"),
    ("dongshiqiao", "/meetings/1/ > /meetings/decisions/[0-9]+/enact/"),
    ("fulian", "/meetings/?q=冬季 > /meetings/[0-9]+/ + propose/"),
    ("dongshiqiao", "/meetings/?q=冬季 > /meetings/[0-9]+/ + hold/"),
    ("dongshiqiao", "/alliances/?q=五金 > /alliances/[0-9]+/ + meetings/"),
    ("dongshiqiao", "/alliances/?q=五金 > /alliances/[0-9]+/ + convene/"),
    ("dongshiqiao", "/alliances/?q=五金 > /alliances/[0-9]+/ + templates/"),
    ("dongshiqiao", "/alliances/?q=五金 > /alliances/[0-9]+/ + plan-year/"),
    ("dongshiqiao", "/alliances/?q=五金 > /alliances/[0-9]+/ + templates/add/"),
    ("fulian", "/calendar/"),
    ("fulian", "/activities/"),
    ("chifeng", "/activities/"),
    ("chifeng", "/activities/ > /activities/[0-9]+/"),
    ("chifeng", "/assessments/"),
    ("chifeng", "/assessments/ > /assessments/[0-9]+/"),
    ("fulian", "/assessments/"),
    ("chifeng", "/reviews/"),
    ("chifeng", "/reviews/ > /reviews/[0-9]+/"),
    ("chifeng", "/reviews/rules/"),
    ("chifeng", "/reviews/rectifications/"),
    ("chifeng", "/proposals/"),
    ("chifeng", "/proposals/ > /proposals/[0-9]+/"),
    ("chifeng", "/approvals/"),
    ("chifeng", "/statistics/"),
    ("chifeng", "/statistics/?region=150422"),
    ("chifeng", "/statistics/published/"),
    ("chifeng", "/search/?q=东石桥"),
    ("chifeng", "/organizations/"),
    ("chifeng", "/organizations/ > /organizations/[0-9]+/"),
    ("chifeng", "/organizations/ > /organizations/[0-9]+/ + year/"),
    ("chifeng", "/organizations/duplicates/"),
    ("balinzuo", "/organizations/duplicates/ > /organizations/[0-9]+/merge/.*"),
    ("chifeng", "/approvals/ > /approvals/[0-9]+/"),
    ("chifeng", "/alliances/ > /alliances/[0-9]+/ + sheet/"),
    ("chifeng", "/belts/"),
    ("chifeng", "/belts/ > /belts/[0-9]+/"),
    ("balinzuo", "/belts/ > /belts/[0-9]+/ + arrange/"),
    ("chifeng", "/belts/new/"),
    ("chifeng", "/imports/"),
    ("chifeng", "/imports/ > /imports/[0-9]+/"),
    ("chifeng", "/imports/ > /imports/[0-9]+/ + undo/"),
    ("fulian", "/imports/new/people/"),
    ("chifeng", "/exports/people/"),
    ("chifeng", "/accounts/"),
    ("chifeng", "/inbox/"),
    ("chifeng", "/complaints/"),
    ("chifeng", "/complaints/new/"),
    ("fulian", "/settings/"),
    ("fulian", "/settings/password/"),
    ("secadmin", "/grants/"),
    ("auditor", "/audit/denials/"),
    ("auditor", "/audit/steps/"),
    ("chifeng", "/alliances/foundings/ > .*/approve/"),
    ("chifeng", "/alliances/ > /alliances/[0-9]+/ + edit/"),
    ("dongshiqiao", "/alliances/new/"),
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + plan/"),
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + invite/"),
    ("dongshiqiao", "/activities/ > /activities/[0-9]+/ + hold/"),
    ("dongshiqiao", "/listings/new/"),
    ("dongshiqiao", "/items/new/ > /items/new/[0-9]+/"),
    ("dongshiqiao", "/items/?view=done > /items/[0-9]+/ + confirm/"),
    ("fulian", "/claims/ > /items/[0-9]+/claim/"),
    ("fulian", "/claims/?tab=mine > /claims/[0-9]+/"),
    ("fulian", "/claims/?tab=mine > /claims/[0-9]+/ + report/"),
    ("fulian", "/claims/?tab=mine > /claims/[0-9]+/ + finish/"),
    ("fulian", "/claims/?tab=mine > /claims/[0-9]+/ + release/"),
    ("fulian", "/ > /assessments/[0-9]+/ratings/"),
    ("fulian", "/assessments/2/ratings/ > .*/ratings/.+"),
    ("chifeng", "/assessments/1/results/"),
    ("chifeng", "/assessments/1/results/ > .*/results/[0-9]+/"),
    ("chifeng", "/reviews/rehearsal/"),
    ("chifeng", "/reviews/rules/ > .*/change/"),
    ("chifeng", "/proposals/ > /proposals/[0-9]+/ + confirm/"),
    ("chifeng", "/accounts/ > /accounts/[0-9]+/"),
    ("chifeng", "/accounts/new/"),
    ("chifeng", "/organizations/ > /organizations/[0-9]+/ + people/"),
    ("chifeng", "/registrations/coverage/"),
    ("chifeng", "/registrations/coverage/people/"),
    ("balinzuo", "/registrations/coverage/organs/"),
    ("fulian", "/registrations/mine/"),
    ("fulian", "/registrations/people/"),
    ("fulian", "/registrations/people/ > .*/register/"),
    ("fulian", "/registrations/people/ > .*/slip/"),
    ("fulian", "/registrations/mine/ > .*/skills/"),
    ("fulian", "/registrations/links/ > .*/ask/"),
    ("dongshiqiao", "/registrations/links/"),
    ("dongshiqiao", "/registrations/links/ > /registrations/links/[0-9]+/"),
    ("dongshiqiao", "/registrations/posts/"),
    ("dongshiqiao", "/registrations/posts/ > /registrations/posts/[0-9]+/"),
    ("dongshiqiao", "/registrations/posts/new/"),
    ("dongshiqiao", "/registrations/teams/"),
    ("dongshiqiao", "/registrations/teams/ > /registrations/teams/[0-9]+/"),
    ("chifeng", "/没有这一页/"),
    (None, "/login/"),
    (None, "/activate/"),
]
DESK_ONLY = ("/accounts/", "/audit/", "/grants/", "/reviews/re", "/statistics/published/", "/没有")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"desk": DESK, "phone": PHONE}


def go(page, where):
    """Open an address; ``LIST > PATTERN`` is the first such link of a page, ``+ REST`` an address beneath it."""
    address, *ways = where.split(" > ")
    for way in ways:
        pattern, _, rest = way.partition(" + ")
        main = page.request.get(address).text().partition("<main")[2]
        href = next((href for href in re.findall(r'href="([^"]+)"', main) if re.fullmatch(pattern, href)), None)
        if href is None:
            pytest.skip(f"nothing in {address} to open")
        address = urljoin(address, unescape(href)) + rest
    return page.goto(address)


CASES = [
    (account, where, size)
    for account, where in PAGES
    for size in SIZES
    if size == "desk" or not where.startswith(DESK_ONLY)
]


@pytest.mark.parametrize(
    ("account", "where", "size"), CASES, ids=[f"{who}{where}-{size}" for who, where, size in CASES]
)
def test_page_is_right(visit, site, account, where, size):
    page = visit(account, SIZES[size])
    asked = []
    page.on("response", lambda response: asked.append(response))  # noqa: PLW0108 a built-in is refused
    go(page, where)
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
