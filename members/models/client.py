"""Programs of other bureaux and the keys that they call with."""

from __future__ import annotations

import hashlib

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from members.scope import Rights


class ApiClient(models.Model):
    """A program with one key (接口客户端): hashed at rest, expiring, revocable, limited to a region and scopes.

    Stands where a user stands: ``rights`` says what it may fetch.
    """

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
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+", verbose_name=_("区划"))
    organization = models.ForeignKey("members.Organization", models.PROTECT, null=True, blank=True, related_name="+")
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices), verbose_name=_("权限范围"))
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(_("密钥尾号"), max_length=6)
    created_at = models.DateTimeField(_("创建时间"))
    expires_at = models.DateTimeField(_("到期时间"))
    revoked_at = models.DateTimeField(_("吊销时间"), null=True, blank=True)
    per_minute = models.PositiveIntegerField(_("每分钟次数"), default=120)

    class Meta:
        verbose_name = _("接口客户端")
        verbose_name_plural = _("接口客户端")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    @cached_property
    def rights(self) -> Rights:
        own = frozenset([self.organization_id]) if self.organization_id else frozenset()
        return Rights(readable=(self.region_id,), organizations=own, scopes=frozenset(self.scopes))


def digest_of(key: str) -> str:
    """The stored form of a key: keys are long and random, so a plain SHA-256 is enough."""
    return hashlib.sha256(key.encode()).hexdigest()
