"""What leaves the house through a channel: the outbox of digests, of robots' lines and of webhooks, a row a message."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.querysets.messages import DeliveryQuerySet
from members.states import Stateful


class Delivery(Stateful):
    """One message to one address under one ``message_id``, whatever happens on the way (发送).

    pending: it waits for ``next_at`` · published: the bell was rung; where nobody confirms it until ``next_at`` it is
    rung again · confirmed: the other side took it · failed: given up after the last attempt · withheld: when it was
    to leave, the program might no longer see what it is about. ``taken_until``: a worker has it in hand.

    Its progress is the machine's, not a person's deed: only a replay leaves a Step.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("待发送")
        PUBLISHED = "published", _("发送中")
        CONFIRMED = "confirmed", _("已送达")
        FAILED = "failed", _("未送达")
        WITHHELD = "withheld", _("不再发送")

    class Channel(models.TextChoices):
        MAIL = "mail", _("邮件")
        WECOM = "wecom", _("企业微信")
        DINGTALK = "dingtalk", _("钉钉")
        WEBHOOK = "webhook", _("接口订阅")

    class Content(models.TextChoices):
        DIGEST = "digest", _("每日摘要")
        URGENT = "urgent", _("紧急事项")
        EVENT = "event", _("事件")
        TEST = "test", _("测试")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.PENDING: (State.PUBLISHED, State.CONFIRMED, State.FAILED, State.WITHHELD),
        State.PUBLISHED: (State.PENDING, State.CONFIRMED, State.FAILED, State.WITHHELD),
        State.CONFIRMED: (State.PENDING,),
        State.FAILED: (State.PENDING,),
        State.WITHHELD: (State.PENDING,),
    }
    UNDER_WAY = (State.PENDING, State.PUBLISHED)

    message_id = models.UUIDField(_("消息编号"), unique=True, default=uuid.uuid4, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PENDING)
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel.choices)
    content = models.CharField(_("内容"), max_length=10, choices=Content.choices)
    event = models.CharField(_("事件"), max_length=40, blank=True)
    user = models.ForeignKey("members.User", models.CASCADE, null=True, blank=True, related_name="deliveries")
    robot = models.ForeignKey("members.Robot", models.CASCADE, null=True, blank=True, related_name="deliveries")
    webhook = models.ForeignKey("members.Webhook", models.CASCADE, null=True, blank=True, related_name="deliveries")
    step = models.ForeignKey("members.Step", models.CASCADE, null=True, blank=True, related_name="+")
    day = models.DateField(null=True, blank=True)
    covers_from = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(_("产生时间"))
    next_at = models.DateTimeField(_("下次发送"))
    taken_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("已试次数"), default=0)
    last_error = models.CharField(_("上次原因"), max_length=200, blank=True)
    confirmed_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("发送记录")
        verbose_name_plural = _("发送记录")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state__in=("pending", "published")), name="delivery_under_way")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="mail", user__isnull=False, robot=None, webhook=None)
                | Q(channel__in=("wecom", "dingtalk"), user=None, robot__isnull=False, webhook=None)
                | Q(channel="webhook", user=None, robot=None, webhook__isnull=False),
                name="delivery_to_one_address",
            ),
            models.UniqueConstraint(fields=["user", "day"], condition=Q(content="digest"), name="one_digest_a_day"),
            models.UniqueConstraint(fields=["robot", "day"], condition=Q(content="digest"), name="one_line_a_day"),
            models.UniqueConstraint(fields=["user", "step"], name="one_mail_of_a_step"),
            models.UniqueConstraint(fields=["robot", "step"], name="one_line_of_a_step"),
            models.UniqueConstraint(fields=["webhook", "step", "event"], name="one_event_of_a_step"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.message_id}"

    def get_absolute_url(self) -> str:
        return reverse("messages:deliveries")

    @property
    def is_tried_by_hand(self) -> bool:
        """A test of mail or of a robot: whoever pressed the button sees at once how it went, and presses again."""
        return self.content == self.Content.TEST and self.channel != self.Channel.WEBHOOK

    @property
    def target(self) -> Any:
        """The person, robot or subscription that it goes to."""
        return self.user or self.robot or self.webhook
