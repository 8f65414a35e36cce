"""Whether the house works: asked by a proxy, a supervisor, a person in trouble."""

from celery.exceptions import CeleryError
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views import View
from kombu.exceptions import KombuError
from redis import Redis
from redis.exceptions import RedisError

from config.celery import app


class HealthView(View):
    """`ok`; `degraded` without Redis or a worker (people work on undisturbed); `down` without the database."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> JsonResponse:
        database, redis = database_answers(), redis_answers()
        worker = redis and worker_answers()
        status = "down" if not database else "ok" if redis and worker else "degraded"
        body = {"status": status, "database": database, "redis": redis, "worker": worker}
        answer = JsonResponse(body, status=200 if database else 503)
        answer["Cache-Control"] = "no-store"
        return answer


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def redis_answers() -> bool:
    try:
        with Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            return bool(client.ping())
    except (RedisError, OSError):
        return False


def worker_answers() -> bool:
    try:
        return bool(app.control.inspect(timeout=0.5, limit=1).ping())
    except (CeleryError, KombuError, RedisError, OSError):
        return False
