"""Programs of other bureaux and the keys that they call with."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from members.querysets.client import ApiClientQuerySet
from members.scope import Rights

NOTICE = timedelta(days=30)


class ApiClient(models.Model):
    """A program with one key (接口客户端): hashed at rest, expiring, revocable, limited to a region and scopes.

    Stands where a user stands: ``rights`` says what it may fetch. A key ``asked_by`` somebody on a page is known to
    nobody until that person has drawn it; the operator's are drawn at once.
    """

    class Standing(models.TextChoices):
        DRAWABLE = "drawable", _("待领取")
        VALID = "valid", _("有效")
        EXPIRED = "expired", _("已过期")
        REVOKED = "revoked", _("已吊销")

    class Scope(models.TextChoices):
        STATISTICS_READ = "statistics:read", _("读统计")
        REGISTER_READ = "register:read", _("读信息库")
        LISTS_READ = "lists:read", _("读清单")
        ITEMS_WRITE = "items:write", _("推送事项")
        ITEMS_CONFIRM = "items:confirm", _("确认自己推送的事项")
        CLAIMS_WRITE = "claims:write", _("代本组织认领")

    is_authenticated = True
    is_anonymous = False
    is_active = True

    name = models.CharField(_("名称"), max_length=80)
    asked_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    drawn_at = models.DateTimeField(_("领取时间"), null=True, blank=True)
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+", verbose_name=_("区划"))
    organization = models.ForeignKey("members.Organization", models.PROTECT, null=True, blank=True, related_name="+")
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices), verbose_name=_("权限范围"))
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(_("密钥尾号"), max_length=6)
    created_at = models.DateTimeField(_("创建时间"))
    expires_at = models.DateTimeField(_("到期时间"))
    revoked_at = models.DateTimeField(_("吊销时间"), null=True, blank=True)
    per_minute = models.PositiveIntegerField(_("每分钟次数"), default=120)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = ApiClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("接口客户端")
        verbose_name_plural = _("接口客户端")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("keys:list")

    def standing(self, now: datetime) -> Standing:
        """What the key opens at this moment, and why not."""
        if self.revoked_at is not None:
            return self.Standing.REVOKED
        if self.expires_at <= now:
            return self.Standing.EXPIRED
        return self.Standing.DRAWABLE if self.asked_by_id and self.drawn_at is None else self.Standing.VALID

    @property
    def scope_words(self) -> list[str]:
        """The scopes in words."""
        return [str(self.Scope(scope).label) for scope in self.scopes]

    def ends_soon(self, now: datetime) -> bool:
        """Whether a new key should be asked for: within the last thirty days."""
        return self.expires_at - now <= NOTICE

    @cached_property
    def rights(self) -> Rights:
        own = frozenset([self.organization_id]) if self.organization_id else frozenset()
        return Rights(readable=(self.region_id,), organizations=own, scopes=frozenset(self.scopes))


def digest_of(key: str) -> str:
    """The stored form of a key: keys are long and random, so a plain SHA-256 is enough."""
    return hashlib.sha256(key.encode()).hexdigest()
