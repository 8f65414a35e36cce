"""The product as its users meet it: `make demo SCALE=cases` in a folder of its own, and a real Chromium before it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from config.embedded.place import Place
from tests.browser.window import DESK, Window

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


class Site:
    """A running demo: its address, the demo accounts' one password, and how libpq reaches its database."""

    def __init__(self, url, folder):
        self.url = url
        self.password = (folder / "demo-password").read_text().strip()
        there = Place(folder).database()
        self.database = {"dbname" if key == "NAME" else key.lower(): value for key, value in there.items()}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="package")
def site():
    if not CHROMIUM:
        pytest.skip("no chromium on this machine (set CHROMIUM, or install it)")
    if "DATABASE_URL" in os.environ:
        pytest.skip("the demo loads into a database of its own: run these with the embedded servers")
    folder = Path(tempfile.mkdtemp(prefix="alliances-demo-"))
    folder.chmod(0o711)  # the servers' own account passes through, and reads nothing
    port = free_port()
    kept_out = ("DATA_SET", "SECRET_KEY", "DATABASE_URL", "REDIS_URL")
    env = {key: value for key, value in os.environ.items() if key not in kept_out}
    env |= {"DATA_DIR": str(folder), "PORT": str(port)}
    said = (folder / "said").open("wb")
    demo = subprocess.Popen(
        [sys.executable, "-m", "config.supervisor", "demo", "--scale", "cases"],
        cwd=ROOT,
        env=env,
        stdout=said,
        stderr=said,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _until_it_serves(demo, url, folder / "said")
        yield Site(url, folder / "cases")
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(60)
        said.close()
        shutil.rmtree(folder, ignore_errors=True)


def _until_it_serves(demo, url, said):
    for _attempt in range(600):
        if demo.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    pytest.fail(f"the demo does not serve:\n{said.read_text()}")


@pytest.fixture(scope="package")
def playwright(site):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def chromium(playwright):
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def opened(chromium, playwright, site):
    """``opened("fulian", PHONE)`` is a new page, signed in; console errors are collected in ``page.complaints``.

    An account signs in once for all tests, by its form but without a window; ``sign_in`` is for those whom the
    window concerns.
    """
    keys = {None: None}

    def open_as(account=None, viewport=DESK, **options):
        if account not in keys:
            keys[account] = key(playwright, site, account)
        context = chromium.new_context(
            base_url=site.url, viewport=viewport, locale="zh-CN", timezone_id="Asia/Shanghai",
            storage_state=keys[account], **options,
        )  # fmt: skip
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    return open_as


@pytest.fixture
def visit(opened):
    """``visit("fulian", PHONE)`` gives a page to click on, which nobody else has had."""
    pages = []

    def open_as(*asked, **options):
        pages.append(opened(*asked, **options))
        return pages[-1]

    yield open_as
    for page in pages:
        page.context.close()


@pytest.fixture(scope="package")
def window(opened):
    """``window("fulian")`` is the one page of an account for all tests that look and touch nothing."""
    windows = {}

    def of(account):
        if account not in windows:
            windows[account] = Window(opened(account))
        return windows[account].cleaned()

    return of


def key(playwright, site, account):
    """The signed-in state of an account."""
    request = playwright.request.new_context(base_url=site.url)
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', request.get("/login/").text()).group(1)
    form = {"csrfmiddlewaretoken": token, "username": account, "password": site.password}
    assert "/login/" not in request.post("/login/", form=form).url
    state = request.storage_state()
    request.dispose()
    return state


def sign_in(page, account, password):
    page.goto("/login/")
    page.fill("input[name=username]", account)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/login/" not in url)
