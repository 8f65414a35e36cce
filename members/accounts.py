"""The verbs of accounts: open, equip with a slip, activate, grant and end roles, hand over, disable.

Whatever changes what an account may do moves ``rights_changed_at``: every session opened before is out at once.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import keys
from members.lifecycle import lock, note
from members.models import Approval, Organization, Role, Session, Slip, User
from members.passwords import HISTORY
from members.states import Refused
from members.transitions import Verb, propose

SLIP_TERM = timedelta(days=14)
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that reads like something else
ADMINISTRATORS = {"system", "security", "audit"}


def open_account(*, username: str, name: str, by: User | None, at: datetime, duty: str = "business") -> User:
    """A new account without roles and without a password: a slip opens it, an approved role makes it useful."""
    with transaction.atomic():
        user = User(username=username, name=name, duty=duty)
        user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save()
        note(user, "open_account", at=at, by=by)
    return user


def issue_slip(user: User, *, by: User | None, at: datetime) -> str:
    """A new activation slip; older ones are void. Returns the code: it is stored nowhere."""
    code = "-".join("".join(secrets.choice(ALPHABET) for _place in range(4)) for _group in range(4))
    with transaction.atomic():
        lock(user)
        if not user.is_active:
            raise Refused("disabled", _("账号已停用，请先启用。"))
        user.slips.filter(used_at=None, expires_at__gt=at).update(expires_at=at)
        Slip.objects.create(user=user, digest=digest_of(code), issued_by=by, issued_at=at, expires_at=at + SLIP_TERM)
        note(user, "issue_slip", at=at, by=by)
    return code


def reset(user: User, *, by: User, at: datetime) -> str:
    """The superior takes the old password away, ends all sessions, and hands over a new slip. Returns its code."""
    with transaction.atomic():
        lock(user)
        user.set_unusable_password()
        user.save(update_fields=["password", "updated_at"])
        _out_of_all_sessions(user, at)
        note(user, "reset", at=at, by=by)
        return issue_slip(user, by=by, at=at)


def activate(username: str, code: str, password: str, *, at: datetime) -> User:
    """Set the account's password with a slip. Refused ``slip_refused`` when account and slip do not belong together."""
    with transaction.atomic():
        fitting = Slip.objects.select_for_update().filter(used_at=None, expires_at__gt=at, user__is_active=True)
        slip = fitting.filter(user__username=username, digest=digest_of(code)).select_related("user").first()
        if slip is None:
            raise Refused("slip_refused", _("账号与激活码不符，或激活码已用过、已过期。"))
        set_password(slip.user, password, at=at, by=slip.user, verb="activate")
        slip.used_at = at
        slip.save(update_fields=["used_at"])
    return slip.user


def set_password(user: User, password: str, *, at: datetime, by: User | None, verb: str = "set_password") -> None:
    """Give the account a password that its profile allows, and remember the last ones. Every other session is out."""
    validate_password(password, user)
    with transaction.atomic():
        if user.has_usable_password():
            user.past_passwords = [*user.past_passwords, user.password][-HISTORY:]
        user.set_password(password)
        user.password_changed_at, user.must_change_password = at, False
        user.save()
        note(user, verb, at=at, by=by)


def grant_role(
    user: User, *, by: User | None, at: datetime, role: str, reason: str = "", region: str | None = None,
    organization: int | None = None, since: str | None = None, until: str | None = None,
) -> Role:  # fmt: skip
    """The account holds the role from now on. With a second person: through ``propose_role``.

    Raises Refused ``two_duties`` where the role belongs to another duty than the account (三员分立).
    """
    duty = role if role in ADMINISTRATORS else "business"
    with transaction.atomic():
        lock(user)
        if duty != user.duty:
            raise Refused("two_duties", _("三员分立：一个账号不能兼任业务角色与管理员，也不能兼任两种管理员。"))
        granted = Role(
            user=user, role=role, duty=duty, region_id=region, organization_id=organization,
            since=date.fromisoformat(since) if since else timezone.localdate(at),
            until=date.fromisoformat(until) if until else None,
        )  # fmt: skip
        granted.full_clean()
        granted.save()
        _rights_changed(user, at)
        note(
            user,
            "grant_role",
            at=at,
            by=by,
            reason=reason,
            organization=granted.organization,
            detail={"role": str(granted)},
        )
    return granted


def propose_role(user: User, *, by: User, at: datetime, reason: str, **arguments: Any) -> Approval:
    """Ask the security administrator to grant a role; ``arguments`` as of ``grant_role``."""
    if user.pk == by.pk:
        raise PermissionDenied(_("不能为自己申请角色。"))
    region = arguments.get("region") or _region_of(arguments.get("organization"))
    panel = Approval.Panel.SECURITY
    return propose("roles.grant", user, by=by, at=at, reason=reason, region_id=region, arguments=arguments, panel=panel)


def end_role(role: Role, *, by: User | None, at: datetime, reason: str = "") -> Role:
    """The role was held for the last time yesterday."""
    with transaction.atomic():
        lock(role)
        role.until = timezone.localdate(at) - timedelta(days=1)
        role.save(update_fields=["until"])
        _rights_changed(role.user, at)
        note(
            role.user,
            "end_role",
            at=at,
            by=by,
            reason=reason,
            organization=role.organization,
            detail={"role": str(role)},
        )
    return role


def hand_over(organization: Organization, *, from_user: User | None, to: User, by: User, at: datetime) -> Role:
    """The post of the organisation's head passes to another account; who held it holds it no more.

    No second person is needed: it is the same post. But nobody hands a post to oneself, and a post that nobody ever
    held is a new role (Refused ``no_post``).
    """
    if to.pk == by.pk:
        raise PermissionDenied(_("不能把岗位移交给自己。"))
    if not to.is_active or to.duty != "business":
        raise ValidationError(_("接任账号不可用。"))
    with transaction.atomic():
        lock(organization)
        posts = Role.objects.filter(organization=organization, role=Role.Kind.BRANCH)
        if not posts.exists():
            raise Refused("no_post", _("本组织还没有负责人岗位，请申请角色，由安全管理员复核。"))
        held = posts.as_of(timezone.localdate(at))
        if held.filter(user=to).exists():
            raise Refused("already_head", _("对方已经是本组织的负责人。"))
        for role in held.filter(user=from_user) if from_user else held:
            end_role(role, by=by, at=at, reason=_("岗位移交"))
        granted = grant_role(
            to, by=by, at=at, role=Role.Kind.BRANCH, reason=_("岗位移交"), organization=organization.pk
        )
        note(organization, "hand_over", at=at, by=by, organization=organization, detail={"to": to.username})
    return granted


def pass_on_roles(former: Organization, into: Organization, *, by: User, at: datetime, reason: str) -> None:
    """Who spoke for ``former`` speaks for ``into``: two records of one organisation have become one.

    Who holds the same post in both keeps one of them.
    """
    for role in former.roles.select_related("user").order_by("pk"):
        standing = role.until is None or role.until >= timezone.localdate(at)
        twin = into.roles.as_of(timezone.localdate(at)).filter(user=role.user, role=role.role)
        if standing and twin.exists():
            end_role(role, by=by, at=at, reason=reason)
        role.organization = into
        role.save(update_fields=["organization"])
        _rights_changed(role.user, at)


def disable(user: User, *, by: User, at: datetime, reason: str) -> User:
    """The account cannot be used; its sessions end now."""
    return _switch(user, False, "disable", by, at, reason)


def enable(user: User, *, by: User, at: datetime, reason: str) -> User:
    """The account may be used again."""
    return _switch(user, True, "enable", by, at, reason)


def revoke_session(session: Session, *, by: User, at: datetime) -> None:
    """End one of one's own sessions."""
    with transaction.atomic():
        session.delete()
        note(by, "revoke_session", at=at, by=by)


def digest_of(code: str) -> str:
    """The stored form of a slip's code; blanks, dashes and case do not matter to who types it."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def _switch(user: User, on: bool, verb: str, by: User, at: datetime, reason: str) -> User:
    with transaction.atomic():
        lock(user)
        user.is_active = on
        user.save(update_fields=["is_active", "updated_at"])
        _out_of_all_sessions(user, at)
        note(user, verb, at=at, by=by, reason=reason)
    return user


def _rights_changed(user: User, at: datetime) -> None:
    user.rights_changed_at = at
    user.save(update_fields=["rights_changed_at", "updated_at"])


def _out_of_all_sessions(user: User, at: datetime) -> None:
    _rights_changed(user, at)
    user.sessions.all().delete()


def _region_of(organization: int | None) -> str | None:
    return (
        Organization.objects.filter(pk=organization).values_list("region_id", flat=True).first()
        if organization
        else None
    )


# What two people are needed for on this storey; the storeys above add theirs.
VERBS: Mapping[str, Verb] = {"roles.grant": grant_role, **keys.VERBS}
