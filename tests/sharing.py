"""Which tests stay together when several workers test: those that share what a file (or a folder) makes once."""

import pytest
from xdist.scheduler import LoadScopeScheduling

SHARED_BY_A_FOLDER = ("browser", "demo")
"""Folders whose tests share something that is dear to make: a running demo, a loaded city."""


class Together(LoadScopeScheduling):
    """A worker gets a file at a time, or such a folder."""

    def _split_scope(self, nodeid):
        path = nodeid.partition("::")[0]
        folder = path.split("/")[1]
        return folder if folder in SHARED_BY_A_FOLDER else path


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Together(config, log)
