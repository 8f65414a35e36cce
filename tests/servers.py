"""Throw-away PostgreSQL and Valkey for a test run, unless the environment names real ones."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

KEY = "a-key-for-the-tests-that-is-long-enough-and-protects-nothing-0123456789"
_servers = ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Around pytest-django, which reads the settings here: the run has a data folder, servers and a key of its own."""
    gc.disable()  # until all is loaded, there is little to throw away: see tests/conftest.py
    folder = tempfile.TemporaryDirectory(prefix="alliances-tests-", ignore_cleanup_errors=True)
    early_config.add_cleanup(_servers.close)
    root = Path(_servers.enter_context(folder))
    root.chmod(0o711)
    os.environ |= {
        "DATA_DIR": str(root),
        "DATA_SET": "tests",
        "SECRET_KEY": KEY,
        "HTTPS": "0",
        "REQUIRE_SECOND_FACTOR": "0",
        "SERVE_SOURCE_FILES": "1",
    }
    from config.embedded import Place, hold, running

    place = Place.current()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker and "REDIS_URL" in os.environ:  # a shared server: each worker counts and queues in a database of its own
        number = int(worker.removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}").geturl()
    asked = early_config.known_args_namespace
    directs = bool(getattr(asked, "numprocesses", None)) and not worker  # the workers test; who directs them does not
    if not directs and "--collect-only" not in early_config.invocation_params.args:
        _servers.enter_context(hold(place))
        _servers.enter_context(running(place, durable=False))
        _servers.callback(shutil.rmtree, place.sockets, ignore_errors=True)
    yield


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    # scrypt costs a quarter of a second on purpose; the tests log in thousands of times.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    look_for_static_files_once()


def look_for_static_files_once() -> None:
    """Each test's browser loads the middleware anew; the files that lie on the disk are the same for all of them."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def remembered(self: WhiteNoiseMiddleware) -> None:
        if not found:
            look(self)
            found.update(self.files)
        self.files.update(found)

    WhiteNoiseMiddleware.add_files_from_finders = remembered
