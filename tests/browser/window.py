"""What is looked at without being touched: one page for an account, which remembers what came over the wire."""

import gzip
import re
from html import unescape
from urllib.parse import urljoin

import pytest

from tests.browser.axe import AXE

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


class Window:
    """The page of one account, and what it has asked for since it was cleaned."""

    def __init__(self, page):
        self.page = page
        self.asked = []
        self._weights, self._links = {}, {}
        page.add_init_script(AXE)
        page.on("response", lambda response: self.asked.append(response))  # noqa: PLW0108 a built-in is refused

    def cleaned(self):
        self.page.set_viewport_size(DESK)
        self.page.complaints.clear()
        self.asked.clear()
        return self

    def go(self, where):
        return go(self.page, where, self._links)

    def weight(self, response):
        """Bytes over the wire with a cold cache: what lies in the cache weighs what it weighed when it came, or what it
        weighs packed again."""
        came = response.request.sizes()["responseBodySize"]
        if came <= 0 and response.url not in self._weights:
            body = response.body()
            came = len(gzip.compress(body)) if "content-encoding" in response.headers else len(body)
        if came > 0:
            self._weights[response.url] = came
        return self._weights.get(response.url, 0)


def go(page, where, known=None):
    """Open an address; ``LIST > PATTERN`` is the first such link of a page, ``+ REST`` an address beneath it."""
    known = {} if known is None else known
    address, *ways = where.split(" > ")
    for way in ways:
        pattern, _, rest = way.partition(" + ")
        if address not in known:
            main = page.request.get(address).text().partition("<main")[2]
            known[address] = [unescape(href) for href in re.findall(r'href="([^"]+)"', main)]
        href = next((href for href in known[address] if re.fullmatch(pattern, href)), None)
        if href is None:
            pytest.fail(f"nothing in {address} to open")
        address = urljoin(address, href) + rest
    return page.goto(address)
