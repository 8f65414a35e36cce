"""A client for programs of other bureaux, in one file, with nothing but Python's standard library (3.11 and later).

Copy it and change what does not fit. It shows the five things that such programs do: read lists page by page, keep a
copy up to date, ask for figures without loading the same twice, push an item and confirm it, and check that a message
that claims to come from the platform does.

    client = Client("https://alliances.example.org/", key)
    for listing in client.rows("listings/", state="signed"):
        print(listing["id"], listing["title"])

Run it with the environment variables ALLIANCES_URL and ALLIANCES_KEY to see the figures of the key's own region.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

OVERLAP = timedelta(minutes=5)
"""How far behind the newest known change the next round begins: a deed is dated when it begins, seen when it ends."""


class Problem(Exception):
    """What the platform did not do, and why: ``status``, ``code`` for programs, ``detail`` for people, ``errors``."""

    def __init__(self, status: int, said: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {said.get('code')}: {said.get('detail')} {said.get('errors') or ''}".rstrip())
        self.status, self.code = status, said.get("code")
        self.detail, self.errors = said.get("detail"), said.get("errors") or {}


class Client:
    """One key. ``key_expires`` is set in the last thirty days of its life: ask for a new one then."""

    def __init__(self, address: str, key: str, *, timeout: float = 30, tries: int = 4) -> None:
        self.root = urllib.parse.urljoin(address, "/api/v1/")
        self.key, self.timeout, self.tries = key, timeout, tries
        self.key_expires: str | None = None
        self._seen: dict[str, tuple[str, Any]] = {}

    # Lists ---------------------------------------------------------------------------------------------------

    def rows(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """Every row of a list, page by page; ``query``: the list's filters and ``ordering``."""
        url: str | None = f"{path}?{urllib.parse.urlencode({'page_size': 100, **query})}"
        while url:
            page = self.get(url)
            yield from page["results"]
            url = page["next"]

    def changes(self, path: str, since: str | None, **query: Any) -> tuple[list[dict[str, Any]], str | None]:
        """What was added or changed, and from when to ask the next time. Some rows come twice: keep them by ``id``.

            rows, since = client.changes("items/", since)
        """
        asked = {"updated_since": since} if since else {}
        found = list(self.rows(path, ordering="updated_at", **asked, **query))
        if not found:
            return [], since
        newest = datetime.fromisoformat(found[-1]["updated_at"]) - OVERLAP
        return found, max(newest, datetime.fromisoformat(since)).isoformat() if since else newest.isoformat()

    # Figures -------------------------------------------------------------------------------------------------

    def statistics(self, **question: str) -> dict[str, Any]:
        """``region``, ``from``, ``to``, ``figures``, ``by``. The same answer is not sent twice (ETag, 304)."""
        path = f"statistics/?{urllib.parse.urlencode(sorted(question.items()))}"
        known = self._seen.get(path)
        status, headers, said = self.ask("GET", path, headers={"If-None-Match": known[0]} if known else {})
        if status == 304 and known:
            return known[1]
        self._seen[path] = headers["ETag"], said
        return said

    # Items ---------------------------------------------------------------------------------------------------

    def push(self, external_id: str, **item: Any) -> dict[str, Any]:
        """Write an item down on a list (``listing``, ``asked_by``, ``title``, …); the same again is the same item."""
        return self.post("items/", {"external_id": external_id, **item})

    def confirm(self, item: Mapping[str, Any], satisfaction: str = "satisfied") -> dict[str, Any]:
        """Say for who called that it is done; Problem 412 where the item changes between our reading and our word."""
        path = f"items/{item['id']}/"
        _status, headers, _now = self.ask("GET", path)
        return self.post(f"{path}confirm/", {"satisfaction": satisfaction}, **{"If-Match": headers["ETag"]})

    # The wire ------------------------------------------------------------------------------------------------

    def get(self, path: str) -> Any:
        return self.ask("GET", path)[2]

    def post(self, path: str, body: Mapping[str, Any], **headers: str) -> Any:
        """Done once, however often the wire makes us ask: the tries of one call share an Idempotency-Key."""
        raw = json.dumps(body, ensure_ascii=False).encode()
        once = {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"}
        return self.ask("POST", path, raw, once | headers)[2]

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Mapping[str, str], Any]:
        """Status, headers, body. Waits and asks again where the platform is busy (429, 503) or cannot be reached."""
        url = urllib.parse.urljoin(self.root, path)
        given = {"Authorization": f"Bearer {self.key}", "Accept": "application/json", **(headers or {})}
        for left in reversed(range(self.tries)):
            request = urllib.request.Request(url, body, given, method=method)  # noqa: S310 - the address is our own
            try:
                with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                    return self._read(answer.status, answer.headers, answer.read())
            except urllib.error.HTTPError as refused:
                with refused:
                    status, told, said = self._read(refused.code, refused.headers, refused.read())
                if status == 304:
                    return status, told, said
                if status not in {429, 503} or not left:
                    raise Problem(status, said or {}) from None
                time.sleep(min(float(told.get("Retry-After", 1)), 60))
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                if not left:
                    raise
                time.sleep(2 ** (self.tries - left) / 2)
        raise AssertionError("unreachable")

    def _read(self, status: int, headers: Mapping[str, str], raw: bytes) -> tuple[int, Mapping[str, str], Any]:
        self.key_expires = headers.get("Key-Expires") or self.key_expires
        try:
            return status, headers, json.loads(raw) if raw else None
        except ValueError:  # a proxy's page
            return status, headers, {"code": "unreadable", "detail": raw[:200].decode(errors="replace")}


def verified(secret: str, headers: Mapping[str, str], body: bytes, *, now: float | None = None) -> dict[str, Any]:
    """The message of a webhook, if the platform signed it within the last five minutes; ValueError otherwise.

    ``secret`` as it was told when the program subscribed (``whsec_…``). Remember ``id``: a message may come twice.
    """
    named = {name.lower(): value for name, value in headers.items()}
    stamp = named.get("webhook-timestamp", "")
    if not stamp.isascii() or not stamp.isdigit() or abs((now or time.time()) - int(stamp)) > 300:
        raise ValueError("too old, or from the future")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{named.get('webhook-id', '')}.{stamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    if not any(hmac.compare_digest(expected, given) for given in named.get("webhook-signature", "").split()):
        raise ValueError("not signed by the platform")
    return json.loads(body)


if __name__ == "__main__":
    own = Client(os.environ["ALLIANCES_URL"], os.environ["ALLIANCES_KEY"])
    labels = {figure["key"]: f"{figure['label']}（{figure['unit']}）" for figure in own.get("figures/")}
    for name, value in own.statistics()["figures"].items():
        print(labels[name], "—" if value is None else value)
