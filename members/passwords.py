"""Which passwords are good enough: two profiles (PASSWORD_PROFILE), djbh3 by default.

``djbh3`` follows the habit of 等级保护三级: twelve characters, three classes, ninety days, not one of the last five.
``asvs`` follows OWASP ASVS 5: fifteen characters, no composition, no rotation. Read by the settings: no models here.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HISTORY = 5
OURS = (
    "党建",
    "联合体",
    "组织部",
    "dangjian",
    "lianheti",
    "zuzhibu",
    "alliance",
    "chifeng",
    "nanyang",
    "password",
    "qwerty",
)


class ThreeClasses:
    """At least three of: upper case, lower case, digits, anything else."""

    def validate(self, password: str, user: Any = None) -> None:
        classes = {
            "upper" if c.isupper() else "lower" if c.islower() else "digit" if c.isdigit() else "other"
            for c in password
        }
        if len(classes) < 3:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return _("大写字母、小写字母、数字、其他字符至少用三类。")


class NotUsedLately:
    """Not the present password and not one of the four before it."""

    def validate(self, password: str, user: Any = None) -> None:
        past = [*getattr(user, "past_passwords", []), getattr(user, "password", "")]
        if any(check_password(password, digest) for digest in past[-HISTORY:] if digest):
            raise ValidationError(self.get_help_text(), code="password_used_lately")

    def get_help_text(self) -> str:
        return _("不能与最近 5 次用过的密码相同。")


class NoContextWords:
    """None of the words that a stranger would try first: the account, the name, the organisation, the product."""

    def validate(self, password: str, user: Any = None) -> None:
        text = plain(password)
        if any(word in text for word in map(plain, context_words(user)) if long_enough(word)):
            raise ValidationError(self.get_help_text(), code="password_of_context")

    def get_help_text(self) -> str:
        return _("不能含有账号、姓名、单位名称等容易猜到的词。")


def context_words(user: Any) -> list[str]:
    """What is publicly known of the person and of this product."""
    words = [*OURS, getattr(user, "username", ""), getattr(user, "name", "")]
    if getattr(user, "pk", None):
        for role in user.current_roles:
            place = role.organization or role.region
            words += [place.name, getattr(place, "short_name", "")] if place else []
    return words


def plain(text: str) -> str:
    """Without the differences that only look clever: width and case."""
    return unicodedata.normalize("NFKC", text).casefold().replace(" ", "")


def long_enough(word: str) -> bool:
    """A word worth refusing: three letters, or two characters of Chinese."""
    return len(word) >= (3 if word.isascii() else 2)


def expired(user: Any, at: datetime) -> bool:
    """Whether the profile's term for a password is over. A password of unknown age is not."""
    term = TERMS[settings.PASSWORD_PROFILE]
    return term is not None and user.password_changed_at is not None and at - user.password_changed_at > term


def must_renew(user: Any, at: datetime) -> bool:
    """Whether the account may do nothing before it has set a new password."""
    return user.must_change_password or expired(user, at)


def _validator(path: str, **options: Any) -> dict[str, Any]:
    return {"NAME": path, "OPTIONS": options}


_MINIMUM = "django.contrib.auth.password_validation.MinimumLengthValidator"
_COMMON = _validator("django.contrib.auth.password_validation.CommonPasswordValidator")
_CONTEXT = _validator("members.passwords.NoContextWords")
PROFILES = {
    "djbh3": [
        _validator(_MINIMUM, min_length=12),
        _validator("members.passwords.ThreeClasses"),
        _COMMON,
        _CONTEXT,
        _validator("members.passwords.NotUsedLately"),
    ],
    "asvs": [_validator(_MINIMUM, min_length=15), _COMMON, _CONTEXT],
}
TERMS: dict[str, timedelta | None] = {"djbh3": timedelta(days=90), "asvs": None}
