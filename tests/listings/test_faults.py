"""What breaks around a claim: PostgreSQL killed, Redis absent. What was acknowledged stays; nothing is half done."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.urls import reverse

from config.embedded.place import BASE_DIR
from listings import transitions as verbs
from listings.models import Claim
from tests.cast import NOW

ROOT = Path(BASE_DIR)


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="kills-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        yield name


@pytest.mark.faults
@pytest.mark.slow
def test_no_acknowledged_claim_is_lost_nor_doubled_when_postgres_is_killed_five_times(folder, monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    said = subprocess.run(
        [sys.executable, "-m", "tests.listings.kill_postgres", folder, "5"],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr[-3000:]
    words = said.stdout.split()[-8:]
    found = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    assert found["ACKNOWLEDGED"] > 0
    assert (found["LOST"], found["DOUBLE"], found["HALF"]) == (0, 0, 0)


@pytest.fixture
def no_redis(settings):
    away = settings.CACHES["default"] | {"LOCATION": "unix:///nowhere/valkey.sock"}
    settings.CACHES = {"default": away}
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/valkey.sock"


def test_the_whole_loop_goes_round_without_redis(cast, item, client, no_redis):
    def press(user, name, pk, **words):
        client.force_login(user)
        answer = client.post(reverse(name, args=[pk]), words)
        assert answer.status_code == 302, answer.content

    press(cast.fulian, "items:claim", item.pk, organization=cast.fulian_org.pk)
    claim = Claim.objects.get()
    press(cast.fulian, "claims:report", claim.pk, text="已到现场")
    press(cast.fulian, "claims:finish", claim.pk, outcome="已疏通")
    press(cast.dongshiqiao, "items:confirm", item.pk)
    item.refresh_from_db()
    assert item.state == "confirmed"
    for name in ("items:list", "claims:list", "listings:list"):
        assert client.get(reverse(name)).status_code == 200


def test_rest_claims_without_redis(cast, item, client, no_redis):
    client.force_login(cast.fulian)
    body = {"organization": cast.fulian_org.pk}
    answer = client.post(f"/api/v1/items/{item.pk}/claims/", body, content_type="application/json")
    assert answer.status_code == 201


def test_a_verb_that_fails_in_its_middle_leaves_nothing(cast, item, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the machine has stopped here")

    monkeypatch.setattr(sys.modules["listings.transitions.places"], "take_up", broken)
    with pytest.raises(RuntimeError):
        verbs.claim(item, cast.fulian_org, at=NOW)
    item.refresh_from_db()
    assert (Claim.objects.count(), item.state) == (0, "open")
