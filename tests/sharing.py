"""Which tests stay together when several workers test, and which are begun first.

A worker gets a file at a time, or a folder whose tests share something that is dear to make: a running demo, a loaded
city. What takes longest is begun first, so that no worker is left alone with it at the end.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

SHARED_BY_A_FOLDER = ("browser", "cases", "demo")
LONGEST = (
    "browser",
    "cases",
    "demo",
    "tests/trust/test_bad_inputs.py",
    "tests/matrix/test_pages.py",
    "tests/matrix/test_rest.py",
    "tests/trust/test_crawl.py",
    "tests/assessments/test_faults.py",
    "tests/listings/test_races.py",
)


def scope_of(nodeid):
    path = nodeid.partition("::")[0]
    folder = path.split("/")[1]
    return folder if folder in SHARED_BY_A_FOLDER else path


class Together(LoadScopeScheduling):
    def _split_scope(self, nodeid):
        return scope_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False  # by how many tests there are, it would be
    return Together(config, log)


def pytest_collection_modifyitems(items):
    rank = {scope: place for place, scope in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(scope_of(item.nodeid), len(rank)))
