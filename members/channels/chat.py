"""Robots of group chats: WeCom (企业微信) and DingTalk (钉钉). A line with a number, nothing of what it is about."""

from __future__ import annotations

import base64
import hmac
import json
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.channels.outgoing import Undelivered, demand_address, demand_taken, post
from members.events import Events, Withheld
from members.models import Delivery, Robot
from members.sealing import Unsealable, unseal

PURPOSE = "robot"


def send(delivery: Delivery, events: Events, at: datetime) -> None:
    """One line; these platforms answer 200 also when they refuse, and say so in ``errcode``."""
    robot: Robot = delivery.robot  # type: ignore[assignment]
    if robot.ended_at is not None:
        raise Withheld
    try:
        address, secret = unseal(robot.address, PURPOSE), robot.secret and unseal(robot.secret, PURPOSE)
    except Unsealable as lost:
        raise Undelivered(_("系统密钥已更换，请重新填写机器人地址。"), final=True) from lost
    said = {"msgtype": "text", "text": {"content": f"{words(delivery)}（{str(delivery.message_id)[:8]}）"}}
    body = json.dumps(said, ensure_ascii=False).encode()
    answer = post(signed(address, secret, at) if secret else address, body, {"Content-Type": "application/json"})
    demand_taken(answer)
    try:
        code: Any = json.loads(answer.body).get("errcode")
    except (ValueError, AttributeError) as odd:
        raise Undelivered(_("对方的答复看不懂。")) from odd
    if code != 0:
        raise Undelivered(_("群机器人拒绝了消息（%(code)s）。") % {"code": str(code)[:20]})


def words(delivery: Delivery) -> str:
    """What the chat reads: everybody in it reads it, so it names no affair and no person."""
    if delivery.content == Delivery.Content.TEST:
        return _("党建联合体平台：测试消息，群机器人设置成功。")
    if delivery.content == Delivery.Content.URGENT:
        return _("党建联合体平台：有一件紧急事项等待办理，请登录查看。")
    return _("党建联合体平台：有新消息，请登录查看。每个工作日最多提醒一次。")


def signed(address: str, secret: str, at: datetime) -> str:
    """DingTalk's signature (加签): the time in milliseconds and its HMAC under the robot's secret."""
    stamp = str(int(at.timestamp() * 1000))
    digest = hmac.digest(secret.encode(), f"{stamp}\n{secret}".encode(), sha256)
    return f"{address}&timestamp={stamp}&sign={quote_plus(base64.b64encode(digest))}"


def demand_robot(address: str) -> None:
    """Only the platforms' own hosts (and those that the operator added). Raises ValidationError."""
    parts = demand_address(address)
    if (parts.hostname or "").lower() not in settings.ROBOT_HOSTS or not parts.query:
        raise ValidationError(_("请填写企业微信或钉钉给出的机器人 Webhook 地址。"), code="robot")
