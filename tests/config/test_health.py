"""/healthz tells in one word how the house is."""

import pytest
from django.db import OperationalError

from config import health


@pytest.mark.django_db
def test_everything_answers(client, monkeypatch):
    monkeypatch.setattr(health, "worker_answers", lambda: True)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": True, "redis": True, "worker": True}


@pytest.mark.django_db
def test_without_a_worker_it_is_degraded(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "database": True, "redis": True, "worker": False}


@pytest.mark.django_db
def test_without_redis_it_is_degraded_and_still_answers(client, settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "database": True, "redis": False, "worker": False}


@pytest.mark.django_db
def test_without_the_database_it_is_down(client, monkeypatch):
    def away():
        raise OperationalError("the server is away")

    monkeypatch.setattr(health.connection, "cursor", away)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "down"
    assert answer.json()["database"] is False


def test_a_cache_that_is_away_forgets_and_nobody_fails(settings, tmp_path):
    from config.cache import PatientRedisCache

    cache = PatientRedisCache(
        f"unix://{tmp_path}/nobody.sock", {"OPTIONS": {"serializer": "config.cache.JSONSerializer"}}
    )
    cache.set("word", "said")
    assert cache.get("word") is None
    assert cache.get("word", "nothing") == "nothing"
    assert cache.add("word", 1) is True
    assert cache.incr("word") == 1
    assert cache.get_many(["word"]) == {}
    assert cache.get_or_set("word", "computed") == "computed"
    assert cache.set_many({"word": 1}) == ["word"]
    assert cache.delete("word") is False
    assert "word" not in cache


def test_the_cache_keeps_plain_data_and_refuses_objects():
    from django.core.cache import cache

    cache.set("数据", {"名": ["值", 1, 2.5, None, True]})
    assert cache.get("数据") == {"名": ["值", 1, 2.5, None, True]}
    cache.set("count", 1)
    assert cache.incr("count") == 2
    with pytest.raises(TypeError):
        cache.set("object", object())
