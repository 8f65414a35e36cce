"""The reported alliances, loaded once for all who tell of them: loading takes longer than most of the stories."""

import pytest

from tests.demo.conftest import demo


@pytest.fixture(scope="package")
def _cases(django_db_setup, django_db_blocker, tmp_path_factory):
    with demo("cases", django_db_blocker, tmp_path_factory.mktemp("cases")) as folder:
        yield folder


@pytest.fixture
def cases(_cases, db):
    """The folder of the loaded demo; what a test changes in it is undone."""
    return _cases
