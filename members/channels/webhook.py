"""Webhooks to programs, signed as Standard Webhooks asks: headers ``webhook-id``, ``-timestamp`` and ``-signature``."""

from __future__ import annotations

import base64
import hmac
import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from members.channels.outgoing import Undelivered, demand_taken, post
from members.events import Events, Withheld
from members.models import ApiClient, Delivery, Step, Webhook
from members.sealing import Unsealable, unseal

PURPOSE = "webhook"
PREFIX = "whsec_"
PING = "ping"


def send(delivery: Delivery, events: Events, at: datetime) -> None:
    """The event as the client may see it at this moment, signed; the answer's body is not kept."""
    hook: Webhook = delivery.webhook  # type: ignore[assignment]
    body = json.dumps(payload(delivery, events, at), ensure_ascii=False, separators=(",", ":")).encode()
    try:
        secret = unseal(hook.secret, PURPOSE)
    except Unsealable as lost:
        raise Undelivered(_("系统密钥已更换，请更换订阅的密钥。"), final=True) from lost
    demand_taken(post(hook.url, body, headers(str(delivery.message_id), body, secret, at)))


def payload(delivery: Delivery, events: Events, at: datetime) -> dict[str, Any]:
    """Raises Withheld where the client may not see the thing (any more), or the subscription has ended."""
    hook: Webhook = delivery.webhook  # type: ignore[assignment]
    client: ApiClient = hook.client
    if hook.ended_at or client.revoked_at or client.expires_at <= at:
        raise Withheld
    said = {"id": str(delivery.message_id), "event": delivery.event}
    if delivery.content == Delivery.Content.TEST:
        return said | {"at": localtime(delivery.made_at).isoformat(), "data": {}}
    event, step = events.get(delivery.event), delivery.step
    shown = event.shown_to(client, step) if event and step else None
    if shown is None:
        raise Withheld
    known: Step = step  # type: ignore[assignment]
    return said | {"at": localtime(known.at).isoformat(), "data": shown}


def headers(message_id: str, body: bytes, secret: str, at: datetime) -> dict[str, str]:
    """``v1,`` and the HMAC-SHA256 of ``id.timestamp.body`` in base64, under the bytes behind ``whsec_``."""
    stamp = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.digest(key, f"{message_id}.{stamp}.".encode() + body, sha256)
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
