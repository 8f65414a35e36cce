"""What an account proves beside its password: the codes of an authenticator (第二因素), and the codes for its loss."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.account import User


class SecondFactor(models.Model):
    """The authenticator of one account: a sealed secret from which codes follow by the clock (RFC 6238).

    It counts from ``confirmed_at``, when a first code was right. ``last_step`` is the thirty seconds of the last
    accepted code: neither that code nor an older one is accepted again. ``failures`` are the wrong codes since the
    last right one; too many of them, and nothing is accepted before ``locked_until``.
    """

    user = models.OneToOneField(User, models.PROTECT, related_name="second_factor", verbose_name=_("账号"))
    secret = models.TextField()
    last_step = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(_("设置时间"))
    confirmed_at = models.DateTimeField(_("启用时间"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("第二因素")
        verbose_name_plural = _("第二因素")
        ordering = ("user_id",)

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """A code for the day on which the authenticator is lost: kept as its digest, good for one log-in."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("恢复码")
        verbose_name_plural = _("恢复码")
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["factor", "digest"], name="one_recovery_code_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.factor} {self.pk}"
