"""The cache as something that may be away: then it is empty, forgets what it is told, and nobody fails."""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class JSONSerializer:
    """Plain data only: what lies in a shared store is never executed (unlike pickle)."""

    def dumps(self, value: Any) -> bytes | int:
        return value if type(value) is int else json.dumps(value, ensure_ascii=False).encode()

    def loads(self, stored: bytes) -> Any:
        return json.loads(stored)


def _or(absent: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Answer this where the server is away. A callable is asked, with the same arguments."""

    def wrap(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def patient(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
            try:
                return method(self, *args, **kwargs)
            except (RedisError, OSError) as problem:
                logger.warning("cache away: %s", type(problem).__name__)
                return absent(*args, **kwargs) if callable(absent) else absent

        return patient

    return wrap


def _default(key: str, default: Any = None, version: int | None = None) -> Any:
    return default


class PatientRedisCache(RedisCache):
    """Django's Redis cache that answers as an empty one while the server is away.

    `incr` and `add` then answer as for a first time: whoever must count surely counts in PostgreSQL.
    """

    get = _or(_default)(RedisCache.get)
    add = _or(True)(RedisCache.add)
    set = _or(None)(RedisCache.set)
    touch = _or(False)(RedisCache.touch)
    delete = _or(False)(RedisCache.delete)
    get_many = _or(lambda *args, **kwargs: {})(RedisCache.get_many)
    has_key = _or(False)(RedisCache.has_key)
    incr = _or(lambda key, delta=1, version=None: delta)(RedisCache.incr)
    set_many = _or(lambda data, *args, **kwargs: list(data))(RedisCache.set_many)
    delete_many = _or(None)(RedisCache.delete_many)
    clear = _or(False)(RedisCache.clear)
