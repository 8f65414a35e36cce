"""What every test may use: the cast, each of them under their own name."""

import gc

import pytest
from hypothesis import HealthCheck, settings

from tests import cast as people_of_the_tests
from tests.cast import cast  # noqa: F401

globals().update(people_of_the_tests.FIXTURES)

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")  # tests never assert times


def what_is_there_stays():
    """Nobody looks through it for rubbish again and again."""
    gc.enable()
    gc.collect()
    gc.freeze()


def pytest_collection_finish():
    what_is_there_stays()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    what_is_there_stays()
