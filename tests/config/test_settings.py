"""Production is strict by itself: whoever forgets a setting is refused, not exposed."""

import pytest

STRONG = "nQ7-vH2_kR9wXzT4bLcM8sJdYpGfE1uA5oViW3eBtZqNrKx6hD0"
READ = "import config.settings as s; print({})"
ELSEWHERE = {"DATABASE_URL": "postgres://u:p@db.example/x", "REDIS_URL": "redis://r.example/0", "DATA_SET": "absent"}


def test_production_refuses_to_start_without_a_key(python):
    refused = python("-c", READ.format("s.SECRET_KEY"), **ELSEWHERE)
    assert refused.returncode
    assert "SECRET_KEY is missing or too weak" in refused.stderr


@pytest.mark.parametrize("key", ["changeme", "x" * 80, "django-insecure-" + STRONG])
def test_production_refuses_a_default_or_weak_key(python, key):
    refused = python("-c", READ.format("s.SECRET_KEY"), SECRET_KEY=key, **ELSEWHERE)
    assert "SECRET_KEY is missing or too weak" in refused.stderr


def test_an_unknown_password_profile_is_refused(python):
    refused = python("-c", READ.format("1"), SECRET_KEY=STRONG, PASSWORD_PROFILE="none", **ELSEWHERE)
    assert "PASSWORD_PROFILE" in refused.stderr


def test_nothing_is_insecure_by_default(python):
    on = "s.HTTPS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.REQUIRE_SECOND_FACTOR"
    answer = python("-c", READ.format(f"all([{on}]), s.DEBUG, s.TRUSTED_PROXIES"), SECRET_KEY=STRONG, **ELSEWHERE)
    assert answer.stdout.strip() == "True False 0"


def test_the_demo_asks_for_no_second_factor_and_says_that_it_is_one(python):
    answer = python("-c", READ.format("s.DEMO, s.REQUIRE_SECOND_FACTOR"), SECRET_KEY=STRONG, DATA_SET="cases")
    assert answer.stdout.strip() == "True False"


def test_the_deploy_check_finds_nothing_to_complain_about(python):
    checked = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", SECRET_KEY=STRONG, **ELSEWHERE)
    assert checked.returncode == 0, checked.stderr


def test_a_password_in_an_address_may_have_any_characters(python):
    url = {**ELSEWHERE, "DATABASE_URL": "postgres://u:p%40%2Fs@db.example:5433/x"}
    answer = python("-c", READ.format("s.DATABASES['default']['PASSWORD']"), SECRET_KEY=STRONG, **url)
    assert answer.stdout.strip() == "p@/s"


def test_celery_and_the_cache_read_plain_data_only(settings):
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CACHES["default"]["OPTIONS"]["serializer"] == "config.cache.JSONSerializer"


def test_the_broker_waits_longer_than_any_task(settings):
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] >= 3600
    assert settings.CELERY_TASK_ACKS_LATE


@pytest.mark.django_db
def test_the_policy_lets_a_page_load_from_ourselves_only(client):
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
