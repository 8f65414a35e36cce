"""A loaded demo, once for all tests that look at it."""

from contextlib import contextmanager
from datetime import date

import pytest

from config.demo.loading import load

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def cases(django_db_setup, django_db_blocker, tmp_path_factory):
    """The scale ``cases`` as of 2026-11-22, gone again at the end."""
    with loaded("cases", django_db_blocker, tmp_path_factory) as folder:
        yield folder


@pytest.fixture(scope="session")
def chifeng_2019(django_db_setup, django_db_blocker, tmp_path_factory):
    """The scale ``chifeng-2019`` as of 2026-11-22."""
    with loaded("chifeng-2019", django_db_blocker, tmp_path_factory) as folder:
        yield folder
