"""Accounts (账号), the roles that they hold, and the slips that open them."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from members.querysets import RoleQuerySet, UserQuerySet
from members.scope import Rights


class Duty(models.TextChoices):
    """三员分立: what kind of account this is. Business roles and the three administrators never meet in one account."""

    BUSINESS = "business", _("业务账号")
    SYSTEM = "system", _("系统管理员")
    SECURITY = "security", _("安全管理员")
    AUDIT = "audit", _("审计管理员")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts; there is no superuser."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        user: User = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["password", "past_passwords", "last_login"])
class User(AbstractBaseUser):
    """An account. ``rights_changed_at`` moves when its roles change: sessions opened before are out at once."""

    username = models.CharField(_("账号"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    duty = models.CharField(_("类别"), max_length=10, choices=Duty.choices, default=Duty.BUSINESS)
    party_member = models.OneToOneField(
        "members.PartyMember", models.PROTECT, null=True, blank=True, related_name="account", verbose_name=_("党员")
    )
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    past_passwords = models.JSONField(default=list, blank=True)
    rights_changed_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = _("账号")
        ordering = ("username",)
        constraints = [models.UniqueConstraint(fields=["id", "duty"], name="user_with_its_duty")]

    def __str__(self) -> str:
        return self.name or self.username

    def get_absolute_url(self) -> str:
        return reverse("accounts:detail", args=[self.pk])

    def get_session_auth_hash(self) -> str:
        """Changes with the password and with the rights, so that either ends every other session."""
        return f"{super().get_session_auth_hash()}{self.rights_changed_at.timestamp():.6f}"

    @cached_property
    def current_roles(self) -> list[Role]:
        """The roles held today, read once a request."""
        return list(self.roles.as_of(timezone.localdate()).select_related("region", "organization__place"))

    @cached_property
    def rights(self) -> Rights:
        """The union of what the current roles allow (one query)."""
        roles: list[Any] = self.current_roles
        own = [role.organization for role in roles if role.role == Role.Kind.BRANCH]
        return Rights(
            departments=tuple(r.region_id for r in roles if r.role in Role.DEPARTMENTS),
            towns=tuple(r.region_id for r in roles if r.role == Role.Kind.TOWN),
            organizations=frozenset(org.pk for org in own),
            membership=frozenset(r.organization_id for r in roles if r.role == Role.Kind.MEMBER),
            places=tuple(o.place_id for o in own if o.place_id and len(o.place_id) == 12),
        )


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Role(models.Model):
    """What a person is, where, and from when to when (both days included; ``until`` None = open).

    City, banner and town roles stand over a region; branch and member roles belong to an organisation. Whether a
    branch leads or joins an alliance is its relation to that alliance, not a role.
    """

    class Kind(models.TextChoices):
        CITY = "city", _("市委组织部")
        BANNER = "banner", _("旗县区委组织部")
        TOWN = "town", _("乡镇街道党（工）委")
        BRANCH = "branch", _("党组织负责人")
        MEMBER = "member", _("党员")
        SYSTEM = "system", _("系统管理员")
        SECURITY = "security", _("安全管理员")
        AUDIT = "audit", _("审计管理员")

    DEPARTMENTS = (Kind.CITY, Kind.BANNER)
    OF_REGION = (Kind.CITY, Kind.BANNER, Kind.TOWN)
    OF_ORGANIZATION = (Kind.BRANCH, Kind.MEMBER)

    user = models.ForeignKey(User, models.PROTECT, related_name="roles", verbose_name=_("账号"))
    role = models.CharField(_("角色"), max_length=10, choices=Kind.choices)
    duty = models.CharField(max_length=10, choices=Duty.choices, default=Duty.BUSINESS)
    region = models.ForeignKey("members.Region", models.PROTECT, null=True, blank=True, related_name="roles")
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, null=True, blank=True, related_name="roles"
    )
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("角色")
        verbose_name_plural = _("角色")
        ordering = ("user_id", "id")
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(role__in=("city", "banner", "town"), region__isnull=False, duty="business")
                    | models.Q(role__in=("branch", "member"), organization__isnull=False, duty="business")
                    | models.Q(role="system", duty="system")
                    | models.Q(role="security", duty="security")
                    | models.Q(role="audit", duty="audit")
                ),
                name="role_fits_its_duty_and_place",
            ),
        ]

    def __str__(self) -> str:
        where = self.organization or self.region
        return f"{where} · {self.get_role_display()}" if where else self.get_role_display()


class Slip(models.Model):
    """An activation slip (激活单): a one-time code, shown once on paper, with which an account sets its password."""

    user = models.ForeignKey(User, models.PROTECT, related_name="slips")
    digest = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("激活单")
        verbose_name_plural = _("激活单")
        ordering = ("-issued_at",)

    def __str__(self) -> str:
        return f"{self.user} {self.issued_at:%Y-%m-%d}"
