"""Secrets that the house must read again (a robot's address, a webhook's key), sealed at rest.

Only what a program gives us or needs from us to sign is kept like this; passwords and keys that callers show us are
hashed. The standard library has no cipher, so the stream is HMAC-SHA256 in counter mode under a nonce of its own, and
a second HMAC over the whole refuses what was changed (encrypt, then authenticate). Both keys come from
``SECRET_KEY``: a copy of the database alone opens nothing. Former keys (``SECRET_KEY_FALLBACKS``) still open.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Iterator
from hashlib import sha256

from django.conf import settings

NONCE, TAG = 16, 32


class Unsealable(Exception):
    """Sealed under a key that is no longer known, or changed since."""


def seal(text: str, purpose: str) -> str:
    """The text, readable again only by :func:`unseal` with the same purpose."""
    nonce, plain = secrets.token_bytes(NONCE), text.encode()
    body = nonce + _crossed(plain, _key(settings.SECRET_KEY, "stream", purpose), nonce)
    tag = hmac.digest(_key(settings.SECRET_KEY, "tag", purpose), body, sha256)
    return base64.urlsafe_b64encode(body + tag).decode()


def unseal(sealed: str, purpose: str) -> str:
    """What was sealed. Raises Unsealable."""
    try:
        whole = base64.urlsafe_b64decode(sealed.encode())
    except ValueError as odd:
        raise Unsealable from odd
    body, tag = whole[:-TAG], whole[-TAG:]
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if hmac.compare_digest(tag, hmac.digest(_key(key, "tag", purpose), body, sha256)):
            return _crossed(body[NONCE:], _key(key, "stream", purpose), body[:NONCE]).decode()
    raise Unsealable


def _key(secret: str, use: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), f"members.sealing:{use}:{purpose}".encode(), sha256)


def _crossed(text: bytes, key: bytes, nonce: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(text, _stream(key, nonce, len(text)), strict=True))


def _stream(key: bytes, nonce: bytes, length: int) -> Iterator[int]:
    for counter in range(0, length, 32):
        block = hmac.digest(key, nonce + counter.to_bytes(8), sha256)
        yield from block[: length - counter]
