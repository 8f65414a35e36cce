"""A loaded demo, rolled back after whoever shares it."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction

from config.demo.loading import load

TODAY = date(2026, 11, 23)


@contextmanager
def demo(scale, blocker, folder):
    """The scale as of 22 November 2026; hands out the folder with the password."""
    with blocker.unblock(), transaction.atomic():
        assert load(scale, seed=1, today=TODAY, folder=folder, say=lambda text: None)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _chifeng(django_db_setup, django_db_blocker, tmp_path_factory):
    with demo("chifeng-2019", django_db_blocker, tmp_path_factory.mktemp("chifeng")) as folder:
        yield folder


@pytest.fixture
def chifeng_2019(_chifeng, db):
    """Chifeng as the reports of 2019 count it, for a test that only reads."""
    return _chifeng
