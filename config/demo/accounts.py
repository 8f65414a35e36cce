"""The demo's accounts, one for each chair in the house, and their one password."""

from __future__ import annotations

import os
import secrets
from datetime import date, datetime
from pathlib import Path

from django.contrib.auth.hashers import make_password

from members.models import Organization, Role, User
from members.models.account import Duty

Kind = Role.Kind
LINDONG, DONGSHIQIAO, BANNER = "150422404", "150422404002", "150422"
FULIAN = "巴林左旗妇联党支部"

STAFF = (
    ("chifeng", "赤峰市委组织部（演示）", ((Kind.CITY, "1504"),)),
    ("chifeng2", "赤峰市委组织部二（演示）", ((Kind.CITY, "1504"),)),
    ("balinzuo", "巴林左旗委组织部（演示）", ((Kind.BANNER, BANNER),)),
    ("lindong", "林东东城街道（演示）", ((Kind.TOWN, LINDONG),)),
    ("dongshiqiao", "东石桥社区（演示）", ()),
    ("fulian", "巴林左旗妇联（演示）", ()),
    ("nanyang", "南阳市委组织部（演示）", ((Kind.CITY, "4113"),)),
)
ADMINISTRATORS = (
    ("sysadmin", "系统管理员（演示）", Kind.SYSTEM, Duty.SYSTEM),
    ("secadmin", "安全管理员（演示）", Kind.SECURITY, Duty.SECURITY),
    ("auditor", "审计管理员（演示）", Kind.AUDIT, Duty.AUDIT),
)
SINCE = date(2018, 1, 1)
ACTOR = "demo"


def make_actor() -> User:
    """The account in whose name the synthetic deeds stand; nobody can log in with it."""
    return User.objects.create(username=ACTOR, name="演示数据", is_active=False, password=make_password(None))


def make_accounts(folder: Path, at: datetime) -> dict[str, User]:
    """All accounts with their roles; the one password stands in ``demo-password``, readable by its owner only."""
    hashed = make_password(password_in(folder))
    fields = {"password": hashed, "password_changed_at": at, "rights_changed_at": at, "must_change_password": False}
    made = {}
    for username, name, places in STAFF:
        made[username] = User.objects.create(username=username, name=name, **fields)
        Role.objects.bulk_create(
            Role(user=made[username], role=role, region_id=code, since=SINCE) for role, code in places
        )
    for username, name, role, duty in ADMINISTRATORS:
        made[username] = User.objects.create(username=username, name=name, duty=duty, **fields)
        Role.objects.create(user=made[username], role=role, duty=duty, since=SINCE)
    for username, organization in branches().items():
        Role.objects.create(user=made[username], role=Kind.BRANCH, organization=organization, since=SINCE)
    return made


def branches() -> dict[str, Organization]:
    """For whose organisation the branch accounts speak."""
    return {
        "lindong": Organization.objects.get(place=LINDONG),
        "dongshiqiao": Organization.objects.get(place=DONGSHIQIAO),
        "fulian": Organization.objects.get(name=FULIAN, region=BANNER),
    }


def password_in(folder: Path) -> str:
    """The demo's password, made at first use: long, of four kinds of characters, and no word."""
    path = folder / "demo-password"
    if path.exists():
        return path.read_text().strip()
    folder.mkdir(parents=True, exist_ok=True)
    chosen = f"Qz-{secrets.token_hex(3)}-{secrets.token_hex(3)}-{secrets.randbelow(90) + 10}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{chosen}\n")
    return chosen
