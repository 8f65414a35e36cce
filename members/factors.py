"""The verbs of the second factor: to prepare, confirm, prove, renew and remove an authenticator (trust control G6).

A log-in is a password *and*, where the account has an authenticator, a code of it. Administrators and organisation
departments must have one where ``REQUIRE_SECOND_FACTOR`` is on; everybody else may.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pyotp
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from members.accounts import ALPHABET, digest_of
from members.lifecycle import note
from members.models import RecoveryCode, SecondFactor, User
from members.sealing import seal, unseal
from members.states import Refused

PURPOSE = "second-factor"
ISSUER = "党建联合体"
TRIES = 5
LOCK = timedelta(minutes=15)
STEP = 30
"""Seconds for which a code is good; the one before it is accepted too, for slow hands and clocks."""
RECOVERY_CODES = 10
PROVED = "second_factor"
"""What a session holds whose owner has proved a code."""


def required_of(user: Any) -> bool:
    """Whether the account does nothing without a second factor: the three administrators, organisation departments."""
    return settings.REQUIRE_SECOND_FACTOR and (user.duty != "business" or bool(user.rights.departments))


def has_factor(user: User) -> bool:
    """Whether a log-in of the account asks for a code."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def prepare(user: User, *, at: datetime) -> str:
    """A new secret to be scanned, told to its owner alone; it counts for nothing until ``confirm``.

    Refused ``has_factor`` where the account has a confirmed one.
    """
    with transaction.atomic():
        factor = _locked(user)
        if factor is not None and factor.confirmed_at is not None:
            raise Refused("has_factor", _("已经启用了第二因素。"))
        secret = pyotp.random_base32()
        made = {"secret": seal(secret, PURPOSE), "made_at": at, "last_step": 0}
        SecondFactor.objects.update_or_create(user=user, defaults=made)
    return secret


def prepared(user: User) -> str | None:
    """The secret that waits for its first code, None without one."""
    factor = SecondFactor.objects.filter(user=user, confirmed_at=None).first()
    return unseal(factor.secret, PURPOSE) if factor else None


def address_of(user: User, secret: str) -> str:
    """What an authenticator scans: the secret under our name and the account's."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)


def confirm(user: User, code: str, *, at: datetime) -> list[str]:
    """The authenticator counts from now on, and every other session is out. Returns the recovery codes, told this once.

    Refused ``wrong_code``, ``factor_locked``, ``not_prepared``.
    """
    factor = _right(user, code, at, confirmed=False)
    with transaction.atomic():
        factor.confirmed_at = at
        factor.save(update_fields=["confirmed_at"])
        user.rights_changed_at = at
        user.save(update_fields=["rights_changed_at", "updated_at"])
        note(user, "set_up_factor", at=at, by=user)
        return _new_codes(factor)


def prove(user: User, code: str, *, at: datetime) -> None:
    """The code is right: one of the authenticator, newer than any before, or an unused recovery code, used up now.

    Refused ``wrong_code``, ``factor_locked``.
    """
    _right(user, code, at, confirmed=True)


def renew_codes(user: User, code: str, *, at: datetime) -> list[str]:
    """New recovery codes; the old ones are void."""
    factor = _right(user, code, at, confirmed=True)
    with transaction.atomic():
        note(user, "renew_recovery_codes", at=at, by=user)
        return _new_codes(factor)


def give_up(user: User, code: str, *, at: datetime) -> None:
    """The owner removes the authenticator, with a last code of it. Raises PermissionDenied where it is required."""
    if required_of(user):
        raise PermissionDenied(_("这个账号必须使用第二因素。"))
    factor = _right(user, code, at, confirmed=True)
    with transaction.atomic():
        note(user, "give_up_factor", at=at, by=user)
        factor.delete()


def remove(user: User, *, by: User, at: datetime, reason: str) -> User:
    """The security administrator takes a lost authenticator away: every session is out, and where a second factor is
    required the next log-in sets one up. Refused ``no_factor``."""
    with transaction.atomic():
        factor = _locked(user)
        if factor is None:
            raise Refused("no_factor", _("这个账号没有第二因素。"))
        factor.delete()
        user.rights_changed_at = at
        user.save(update_fields=["rights_changed_at", "updated_at"])
        user.sessions.all().delete()
        note(user, "remove_factor", at=at, by=by, reason=reason)
    return user


def _right(user: User, code: str, at: datetime, *, confirmed: bool) -> SecondFactor:
    """The account's factor, when the code is right; the failure is counted also where the caller is refused."""
    with transaction.atomic():
        factor = _locked(user)
        if factor is None or (factor.confirmed_at is not None) != confirmed:
            raise Refused("not_prepared", _("请先设置验证器。"))
        if factor.locked_until is not None and at < factor.locked_until:
            raise Refused("factor_locked", _("验证码错误次数过多，请 15 分钟后再试。"))
        right = _accepts(factor, code, at)
        factor.failures = 0 if right else factor.failures + 1
        if factor.failures >= TRIES:
            factor.failures, factor.locked_until = 0, at + LOCK
        factor.save(update_fields=["last_step", "failures", "locked_until"])
    if not right:
        raise Refused("wrong_code", _("验证码不对，或者已经用过。请等下一个验证码再输入。"))
    return factor


def _accepts(factor: SecondFactor, code: str, at: datetime) -> bool:
    """Whether the code opens; what it used up is marked on the factor or the recovery code."""
    plain = "".join(code.split())
    now = int(at.timestamp()) // STEP
    generator = pyotp.TOTP(unseal(factor.secret, PURPOSE))
    for step in (now, now - 1):
        if step > factor.last_step and secrets.compare_digest(generator.generate_otp(step).encode(), plain.encode()):
            factor.last_step = step
            return True
    return bool(factor.recovery_codes.filter(digest=digest_of(plain), used_at=None).update(used_at=at))


def _new_codes(factor: SecondFactor) -> list[str]:
    codes = ["-".join(_four() for _group in range(3)) for _code in range(RECOVERY_CODES)]
    factor.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=factor, digest=digest_of(code)) for code in codes)
    return codes


def _four() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(4))


def _locked(user: User) -> SecondFactor | None:
    found: Iterable[SecondFactor] = SecondFactor.objects.select_for_update().filter(user=user)
    return next(iter(found), None)
