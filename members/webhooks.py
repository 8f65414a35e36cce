"""The verbs of programs' subscriptions: to subscribe, to change the secret, to try, to end; and what is due to them."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.channels.outgoing import demand_address
from members.channels.webhook import PING, PREFIX, PURPOSE
from members.events import Events, of_deed, sheltered
from members.lifecycle import lock, note
from members.models import ApiClient, Delivery, Step, Webhook
from members.sealing import seal
from members.states import Refused

MOST = 10
NOTHING: list[int] = []


def subscribe(
    client: ApiClient, url: str, wanted: Sequence[str], *, events: Events, at: datetime
) -> tuple[Webhook, str]:
    """A subscription and its secret, which is told this once.

    Raises ValidationError for an address that may not be called and for events that the key's scopes do not read;
    Refused ``too_many`` beyond ten in use.
    """
    try:
        demand_address(url)
    except ValidationError as refused:
        raise ValidationError({"url": refused.messages}) from refused
    unread = [name for name in wanted if name not in events or not events[name].scopes & set(client.scopes)]
    if unread:
        raise ValidationError({"events": [_("密钥不能读这些事件：%(names)s") % {"names": "、".join(unread)}]})
    secret = _new_secret()
    with transaction.atomic():
        lock(client)
        if client.webhooks.in_use().count() >= MOST:
            raise Refused("too_many", _("一个密钥最多 %(most)s 个订阅，请先停用不用的。") % {"most": MOST})
        hook = Webhook.objects.create(
            client=client, url=url, events=sorted(set(wanted)), secret=seal(secret, PURPOSE), created_at=at
        )
        note(hook, "subscribe", at=at, by=client, detail={"events": hook.events})
    return hook, secret


def rotate_secret(hook: Webhook, *, by: ApiClient, at: datetime) -> str:
    """A new secret, told this once; what leaves from now on is signed with it."""
    secret = _new_secret()
    with transaction.atomic():
        lock(hook)
        hook.secret = seal(secret, PURPOSE)
        hook.save(update_fields=["secret", "updated_at"])
        note(hook, "rotate_secret", at=at, by=by)
    return secret


def ping(hook: Webhook, *, by: ApiClient, at: datetime) -> Delivery:
    """Let a message that says nothing go the whole way."""
    with transaction.atomic():
        note(hook, "ping", at=at, by=by)
        return Delivery.objects.create(
            channel=Delivery.Channel.WEBHOOK, content=Delivery.Content.TEST, event=PING, webhook=hook, made_at=at,
            next_at=at,
        )  # fmt: skip


def unsubscribe(hook: Webhook, *, by: ApiClient, at: datetime) -> Webhook:
    """Nothing more is sent, nor what is still on its way."""
    with transaction.atomic():
        lock(hook)
        hook.ended_at = hook.ended_at or at
        hook.save(update_fields=["ended_at", "updated_at"])
        note(hook, "unsubscribe", at=at, by=by)
    return hook


def enqueue(steps: Iterable[Step], events: Events, at: datetime) -> int:
    """Write down what programs are to be told of these deeds: to each what it wants and may see."""
    happened = [(step, event) for step in steps for event in of_deed(events, step)]
    if not happened:
        return 0
    hooks = list(Webhook.objects.heard_at(at).select_related("client"))
    wanted = [
        (hook, event, step)
        for step, event in happened
        for hook in hooks
        if event.name in hook.events and event.scopes & set(hook.client.scopes)
    ]
    seen = _seen((hook.client, step) for hook, _event, step in wanted)
    made = [
        Delivery(
            channel=Delivery.Channel.WEBHOOK, content=Delivery.Content.EVENT, event=event.name, webhook=hook, step=step,
            made_at=at, next_at=at,
        )
        for hook, event, step in wanted
        if (hook.client_id, step.thing_type_id, step.thing_id) in seen
    ]  # fmt: skip
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _seen(wanted: Iterable[tuple[ApiClient, Step]]) -> set[tuple[int, int, int]]:
    """Client, kind and id of each thing that the client may see now: one statement a client and kind of thing,
    however many deeds there are."""
    asked: dict[tuple[ApiClient, ContentType], set[int]] = {}
    for client, step in wanted:
        asked.setdefault((client, step.thing_type), set()).add(step.thing_id)
    return {
        (client.pk, kind.pk, pk)
        for (client, kind), ids in asked.items()
        for pk in sheltered(NOTHING, _visible, client, kind, ids)
    }


def _visible(client: ApiClient, kind: ContentType, ids: set[int]) -> list[int]:
    model: Any = kind.model_class()
    return list(model._default_manager.visible_to(client).filter(pk__in=ids).values_list("pk", flat=True))


def _new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
