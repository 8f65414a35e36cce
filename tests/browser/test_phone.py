"""A branch secretary on the phone: an item claimed in three taps, the whole flow small over the wire from a cold cache,
a draft that survives a closed page and belongs to its writer, a double tap that claims once."""

from tests.browser.conftest import sign_in
from tests.browser.window import PHONE

WHOLE_FLOW = 60_000
"""Bytes over the wire, headers and static files included: home page, item, claim, and the page that says it is done."""


class Wire:
    """What the network brought to a page, in bytes as they were sent; a cold cache to begin with."""

    def __init__(self, page):
        self.sizes, self.addresses = [], {}
        self.line = page.context.new_cdp_session(page)
        self.line.send("Network.enable")
        self.line.send("Network.clearBrowserCache")
        self.line.on("Network.responseReceived", self.named)
        self.line.on("Network.loadingFinished", lambda event: self.sizes.append((event["requestId"], event)))

    def named(self, event):
        self.addresses[event["requestId"]] = event["response"]["url"]

    @property
    def total(self):
        return sum(int(event["encodedDataLength"]) for _request, event in self.sizes)

    def told(self):
        return [(self.addresses.get(request), int(event["encodedDataLength"])) for request, event in self.sizes]


def tap(page, place, taps):
    taps.append(place.inner_text())
    place.tap()


def test_an_item_is_claimed_in_three_taps_and_under_sixty_kilobytes(visit):
    page = visit("fulian", PHONE, has_touch=True, is_mobile=True)
    page.goto("about:blank")
    wire, taps = Wire(page), []
    page.goto("/")
    tap(page, page.locator("[aria-labelledby=claimable-title] .todo-list__title").first, taps)
    page.wait_for_url("**/items/*/")
    title = page.locator("h1").inner_text()
    tap(page, page.get_by_role("link", name="我要认领").first, taps)
    tap(page, page.locator("#sheet").get_by_role("button", name="确认认领"), taps)
    page.wait_for_url("**/claims/?tab=mine")
    page.wait_for_load_state("networkidle")
    assert title in page.locator("main").inner_text()
    assert "认领成功" in page.locator("#toasts").inner_text()
    assert len(taps) == 3
    assert wire.total < WHOLE_FLOW, (wire.total, wire.told())
    print(f"{len(taps)} taps, {wire.total} bytes in {len(wire.sizes)} answers")


def to_the_form(page):
    """The form for a need: on the first list that the branch may add to."""
    page.goto("/items/new/")
    if page.url.endswith("/items/new/"):
        page.goto(page.locator("main a[href*='/items/new/']").first.get_attribute("href"))


def test_a_double_tap_claims_once(visit):
    page = visit("fulian", PHONE, has_touch=True, is_mobile=True)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    page.goto("/claims/")
    page.get_by_role("link", name="我要认领").first.tap()
    button = page.locator("#sheet").get_by_role("button", name="确认认领")
    button.wait_for()
    with page.expect_navigation():
        button.evaluate("button => { button.click(); button.click(); }")
    assert len([url for url in asked if "/claim/" in url]) == 1
    assert "认领成功" in page.locator("#toasts").inner_text()


def test_a_half_written_need_survives_a_closed_page_and_a_lost_session_and_is_nobody_elses(visit, site):
    page = visit("fulian", PHONE)
    to_the_form(page)
    where = page.url
    page.fill("[name=title]", "轮椅坡道太陡")
    page.fill("[name=detail]", "雨天轮椅上不去，扶手也松了")
    page.fill("[name=place]", "五金小区北巷")
    page.goto("/claims/")
    page.context.clear_cookies()
    page.goto(where)
    assert "/login/" in page.url
    sign_in(page, "fulian", site.password)
    page.goto(where)
    kept = [page.input_value(f"[name={name}]") for name in ("title", "detail", "place")]
    assert kept == ["轮椅坡道太陡", "雨天轮椅上不去，扶手也松了", "五金小区北巷"]
    page.context.clear_cookies()
    sign_in(page, "dongshiqiao", site.password)
    page.goto(where)
    assert page.input_value("[name=title]") == ""
    page.context.clear_cookies()
    sign_in(page, "fulian", site.password)
    page.goto(where)
    with page.expect_navigation():
        page.locator("main button[type=submit]").last.click()
    assert "/items/new/" not in page.url
    page.goto(where)
    assert page.input_value("[name=title]") == ""


def test_sent_twice_without_script_a_need_is_written_down_once(visit):
    page = visit("fulian", PHONE, java_script_enabled=False)
    to_the_form(page)
    page.fill("[name=title]", "两次按下的需求")
    form = {
        field.get_attribute("name"): field.input_value()
        for field in page.locator("main form [name]:not([type=checkbox]):not([type=radio])").all()
        if field.get_attribute("name") and field.evaluate("e => e.tagName") != "BUTTON"
    }
    first = page.request.post(page.url, form=form, headers={"Referer": page.url}, max_redirects=0)
    second = page.request.post(page.url, form=form, headers={"Referer": page.url}, max_redirects=0)
    assert first.status == second.status == 302
    assert first.headers["location"] == second.headers["location"]
