"""Redis is away (G29): people log in, look, claim, report and confirm; health says what is missing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from alliances.models import Booking
from listings.models import Claim
from members.accounts import set_password
from tests.alliances.means import hall
from tests.listings.conftest import item_on, list_of
from tests.matrix.rows import PAGES

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


def test_every_page_of_no_one_thing_opens_without_redis(cast, no_redis):
    browser, opened = Client(), 0
    browser.force_login(cast.dongshiqiao)
    for name, row in PAGES.items():
        if row.thing is None and "GET" in row.methods and "dongshiqiao" in row.can and not row.public:
            try:
                address = reverse(name)
            except NoReverseMatch:
                continue
            answer = browser.get(address)
            assert answer.status_code in {200, 204, 302, 404}, (name, answer.status_code)
            opened += answer.status_code == 200
    assert opened > 20


def test_meeting_and_booking_without_redis(cast, no_redis):
    browser = Client()
    browser.force_login(cast.dongshiqiao)
    day = timezone.localdate() + timedelta(days=3)
    words = {
        "kind": "regular", "title": "例会", "host": cast.dongshiqiao_org.pk, "planned_on": day, "topics": "垃圾清运",
    }  # fmt: skip
    assert browser.post(reverse("alliances:convene", args=[cast.alliance.pk]), words).status_code == 302
    assert cast.alliance.meetings.get().topics.count() == 1
    place = hall(cast, at=timezone.now())
    body = {
        "organization": cast.dongshiqiao_org.pk, "starts_at": f"{day}T14:00", "ends_at": f"{day}T15:00",
        "purpose": "会",
    }  # fmt: skip
    for status in (201, 409):
        answer = browser.post(f"/api/v1/venues/{place.pk}/book/", body, content_type="application/json")
        assert answer.status_code == status
    assert Booking.objects.count() == 1
