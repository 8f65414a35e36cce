"""Who asks, and how: requests straight into the WSGI application, so that nothing of a test client is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import quote

from django.test import Client

from alliances.models import Alliance
from bench.scales import FIRST
from members.keys import issue_key
from members.models import Organization, Region, Role, User


@cache
def application() -> Any:
    from config.wsgi import application as wsgi

    return wsgi


@dataclass(frozen=True)
class Caller:
    """Somebody with what lets them in: a cookie, or the key of a program."""

    headers: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, expected: int = 200) -> bytes:
        return self.send("GET", address, expected=expected)

    def send(self, method: str, address: str, body: bytes = b"", expected: int | None = None) -> bytes:
        """The body of the answer; RuntimeError for another status than the expected one."""
        status, content = self.ask(method, address, body)
        if expected is not None and status != expected:
            raise RuntimeError(f"{method} {address}: {status} {content[:400]!r}")
        return content

    def ask(self, method: str, address: str, body: bytes = b"") -> tuple[int, bytes]:
        path, _mark, query = address.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": quote(query, safe="=&,:+%"),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http", "wsgi.input": BytesIO(body), "wsgi.errors": BytesIO(), "wsgi.multithread": False,
            "wsgi.multiprocess": True, "wsgi.run_once": False, "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/json" if body else "", **self.headers,
        }  # fmt: skip
        said: list[str] = []
        answer = application()(environ, lambda status, headers, *rest: said.append(status))
        try:
            content = b"".join(answer)
        finally:
            answer.close()
        return int(said[0][:3]), content

    def asking(self, address: str) -> Callable[[], bytes]:
        return lambda: self.get(address)


ANYBODY = Caller()


def program(*scopes: str) -> Caller:
    """A new program over everything."""
    client, key = issue_key("bench", Region.objects.get(pk="15"), scopes, at=datetime.now(UTC))
    type(client).objects.filter(pk=client.pk).update(per_minute=10**9)
    return keyed(key)


def member(alliance: int, number: int) -> Caller:
    """The program of one of the first four members of an alliance; it claims for it."""
    return keyed(f"bench-key-{alliance}-{number}")


def keyed(key: str) -> Caller:
    return Caller({"HTTP_AUTHORIZATION": f"Bearer {key}"})


def person(name: str, **role: Any) -> Caller:
    """Somebody who has just logged in."""
    user, new = User.objects.get_or_create(username=name, defaults={"name": name, "duty": "business"})
    if new:
        Role.objects.create(user=user, duty="business", since=FIRST, **role)
    client = Client()
    client.force_login(user)
    cookie = "; ".join(f"{key}={morsel.value}" for key, morsel in client.cookies.items())
    return Caller({"HTTP_COOKIE": cookie})


def city() -> Caller:
    """The organisation department of the first city."""
    return person("city", region_id="1504", role="city")


def town() -> Caller:
    return person("town", region_id="150401001", role="town")


def branch() -> Caller:
    """A member organisation of two alliances, that leads none."""
    first = Alliance.objects.count() + 1  # the first organisations lead, one alliance each
    return person("branch", organization=Organization.objects.get(pk=first + first % 2), role="branch")
