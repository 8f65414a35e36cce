"""E-mail (邮件), through whatever Django is told to send with (``EMAIL_URL``)."""

from __future__ import annotations

from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from members.channels.outgoing import Undelivered
from members.events import Events, Withheld
from members.models import Delivery, Notice, Preference, Step, User

MOST = 50


def send(delivery: Delivery, events: Events, at: datetime) -> None:
    """The day's messages in one mail, or the urgent one; to the address that the person has given by now."""
    person: User = delivery.user  # type: ignore[assignment]
    wanted = Preference.objects.in_use().filter(user=person).first()
    if wanted is None and delivery.content != Delivery.Content.TEST:
        raise Withheld
    to = wanted.email if wanted else Preference.objects.get(user=person).email
    if not settings.EMAIL_ON or not to:
        raise Undelivered(_("系统没有配置邮件，或没有填写邮箱。"), final=True)
    subject, body = _words(delivery)
    headers = {"Message-ID": f"<{delivery.message_id}@party-alliances>", "Auto-Submitted": "auto-generated"}
    mail = EmailMessage(subject, body, to=[to], headers=headers)
    try:
        mail.send()
    except SMTPRecipientsRefused as refused:
        final = all(code >= 500 for code, _said in refused.recipients.values())  # 4xx: come again (greylisting)
        raise Undelivered(_("对方邮箱拒收。"), final=final) from refused
    except (SMTPException, OSError) as away:
        raise Undelivered(_("邮件服务器没有接收。")) from away


def _words(delivery: Delivery) -> tuple[str, str]:
    if delivery.content == Delivery.Content.TEST:
        return _("测试邮件"), _("您在党建联合体平台填写的邮箱可以收到邮件。")
    lines = [notice.text for notice in _told(delivery)]
    if not lines:
        raise Withheld
    if delivery.content == Delivery.Content.URGENT:
        step: Step = delivery.step  # type: ignore[assignment]
        return _("紧急事项"), "\n".join([*lines, "", f"{localtime(step.at):%Y-%m-%d %H:%M}", settings.SITE_URL])
    more = [_("……其余请在平台的“消息”里查看。")] if len(lines) > MOST else []
    words = [f"· {line}" for line in lines[:MOST]]
    end = _("每天最多一封，可在“我的”里关闭。")
    return _("今天有 %(count)s 条新消息") % {"count": len(lines)}, "\n".join(
        [*words, *more, "", end, settings.SITE_URL]
    )


def _told(delivery: Delivery) -> list[Notice]:
    """The urgent one, or what came since the last digest and has not been put away by now."""
    own = Notice.objects.filter(user=delivery.user)
    if delivery.content == Delivery.Content.URGENT:
        return list(own.filter(step=delivery.step))
    covered = own.unread().filter(at__gt=delivery.covers_from, at__lte=delivery.made_at)
    return list(covered.order_by("at", "id"))
