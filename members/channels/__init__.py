"""The ways out of the house, all with one face: ``send(delivery, events, at)`` returns when the other side took it.

Whoever did not take it raises Undelivered with a reason in words. A channel decides nothing about trying again, keeps
nothing, and gives the message the same id each time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from members.channels import chat, mail, webhook
from members.channels.outgoing import Undelivered
from members.events import Events, Withheld
from members.models import Delivery

__all__ = ["CHANNELS", "Undelivered", "Withheld"]

Send = Callable[[Delivery, Events, datetime], None]

CHANNELS: Mapping[str, Send] = {
    Delivery.Channel.MAIL: mail.send,
    Delivery.Channel.WECOM: chat.send,
    Delivery.Channel.DINGTALK: chat.send,
    Delivery.Channel.WEBHOOK: webhook.send,
}
