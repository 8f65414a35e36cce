"""Redis is away (G29): people log in, look, claim, report and confirm; health says what is missing."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from listings.models import Claim
from members.accounts import set_password
from tests.listings.conftest import item_on, list_of

pytestmark = pytest.mark.django_db
PASSWORD = "Qinghe-7831-Luyuan"


@pytest.fixture
def no_redis(settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "unix:///nowhere/valkey.sock"}}
    settings.REDIS_URL = "unix:///nowhere/valkey.sock"
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/valkey.sock"


def test_a_day_without_redis(cast, no_redis):
    item = item_on(list_of(cast.alliance, cast.dongshiqiao), cast.dongshiqiao, cast.dongshiqiao_org)
    set_password(cast.fulian, PASSWORD, at=timezone.now(), by=None)
    browser = Client()
    assert browser.post("/login/", {"username": "fulian", "password": PASSWORD}).status_code == 302
    for name in ("workbench", "items:list", "claims:list", "alliances:list", "statistics:detail", "inbox:list"):
        assert browser.get(reverse(name)).status_code == 200
    organization = {"organization": cast.fulian_org.pk}
    assert browser.post(reverse("items:claim", args=[item.pk]), organization).status_code == 302
    claim = Claim.objects.get()
    assert browser.post(reverse("claims:report", args=[claim.pk]), {"text": "已到现场"}).status_code == 302
    assert browser.get("/api/v1/items/").status_code == 200
    health = browser.get("/healthz")
    assert (health.status_code, health.json()["status"], health.json()["redis"]) == (200, "degraded", False)
