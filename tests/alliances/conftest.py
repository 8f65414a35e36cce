"""What the tests of alliances may use: a browser for each of the cast, without a password."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import person


@pytest.fixture
def browse(cast):
    """``browse("chifeng")``: a client logged in as that one of the cast."""

    def logged_in(name):
        client = Client()
        client.force_login(getattr(cast, name))
        return client

    return logged_in


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def people(cast):
    """Two Party members of 东石桥, one of 妇联."""
    return [person("张三", cast.dongshiqiao_org), person("李四", cast.dongshiqiao_org), person("王五", cast.fulian_org)]
