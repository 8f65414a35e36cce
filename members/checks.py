"""What the database must guarantee, asked before a deployment (``check --deploy --database default``)."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections
from django.db.models import F

from members.models import Role

WALL = "role_has_the_duty_of_its_account"


@register(Tags.database, deploy=True)
def one_duty_each(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """members.E001: an account holds two duties; members.E002: the wall against it is gone."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        try:
            mixed = Role.objects.using(alias).exclude(duty=F("user__duty")).select_related("user")[:10]
            told = "Account {} holds a role of another duty (one person, one of the three duties)."
            found += [Error(told.format(role.user.username), id="members.E001") for role in mixed]
            if not wall_stands(alias):
                found.append(Error("The constraint of one duty per account is missing.", id="members.E002"))
        except DatabaseError as away:
            found.append(Error(f"The duties of accounts cannot be checked: {away}", id="members.E003"))
    return found


def wall_stands(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s AND convalidated", [WALL])
        return cursor.fetchone() is not None
