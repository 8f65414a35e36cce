"""Throw-away PostgreSQL and Valkey for a test run, unless the environment names real ones."""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

_servers = ExitStack()


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Before Django reads its settings: the run has a data folder, servers and a key of its own."""
    folder = tempfile.TemporaryDirectory(prefix="alliances-tests-", ignore_cleanup_errors=True)
    early_config.add_cleanup(_servers.close)
    os.environ["DATA_DIR"] = _servers.enter_context(folder)
    Path(folder.name).chmod(0o711)
    os.environ["DATA_SET"] = "tests"
    os.environ.setdefault("SECRET_KEY", "a-key-for-the-tests-that-is-long-enough-and-protects-nothing-0123456789")
    os.environ |= {"HTTPS": "0", "SERVE_SOURCE_FILES": "1"}
    if "--collect-only" in early_config.invocation_params.args:
        return
    from config.embedded import Place, hold, running

    place = Place.current()
    _servers.enter_context(hold(place))
    _servers.enter_context(running(place, durable=False))


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    # scrypt costs a quarter of a second on purpose; the tests log in thousands of times.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
