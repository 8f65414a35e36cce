"""What every test may use: the cast, each of them under their own name."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import cast as people_of_the_tests
from tests.cast import cast  # noqa: F401

globals().update(people_of_the_tests.FIXTURES)

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")  # tests never assert times

SHARED_BY_A_FOLDER = ("browser", "demo")
"""Folders whose tests share something that is dear to make: a running demo, a loaded city."""


@pytest.hookimpl(tryfirst=True)  # before the plugin that reads the groups
def pytest_collection_modifyitems(items):
    """Tests that share what a module (or such a folder) makes once stay together when several workers test."""
    for item in items:
        within = item.path.relative_to(Path(__file__).parent)
        group = within.parts[0] if within.parts[0] in SHARED_BY_A_FOLDER else within.as_posix()
        item.add_marker(pytest.mark.xdist_group(group))
