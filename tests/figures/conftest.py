import pytest

from tests.figures.world import World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The varied world, made once a module and rolled back after it."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def counted(world, db):
    """The world for a test that only reads."""
    return world
