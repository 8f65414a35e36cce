"""What a person wants to be told outside of the inbox (消息设置): by default nothing leaves the house."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.querysets.messages import PreferenceQuerySet

HOURS = [(hour, f"{hour}:00") for hour in range(8, 18)]


class Preference(models.Model):
    """One person's choice: whether the day's digest also comes by e-mail, where to, and from which hour on.

    ``since`` is when it was last switched on: nothing older is sent.
    """

    user = models.OneToOneField("members.User", models.CASCADE, related_name="preference")
    email = models.EmailField(_("工作邮箱"), blank=True)
    email_on = models.BooleanField(_("每天一封摘要邮件"), default=False)
    digest_hour = models.PositiveSmallIntegerField(_("几点以后发"), choices=HOURS, default=9)
    since = models.DateTimeField(null=True, blank=True)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("消息设置")
        verbose_name_plural = _("消息设置")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email_on=False) | (~models.Q(email="") & models.Q(since__isnull=False)),
                name="digest_has_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}"
