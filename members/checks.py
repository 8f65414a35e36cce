"""What the database must guarantee, asked before a deployment (``check --deploy --database default``)."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections
from django.db.models import F

from members.models import Role, TrailSeal
from members.trail import tables

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


@register(Tags.database, deploy=True)
def what_was_said_stays(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """members.E004: a table of the trail can be changed, because its trigger is missing or switched off."""
    found: list[CheckMessage] = []
    told = "{} can be changed or deleted from: its trigger append_only is missing or switched off."
    for alias in databases or []:
        try:
            found += [Error(told.format(name), id="members.E004") for name in open_tables(alias)]
        except DatabaseError as away:
            found.append(Error(f"The triggers of the trail cannot be checked: {away}", id="members.E003"))
    return found


WALLED = """
SELECT c.relname FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
WHERE g.tgname LIKE 'pgtrigger_append_only%%' AND g.tgenabled IN ('O', 'A') AND c.relname = ANY(%s)
"""


def open_tables(alias: str) -> list[str]:
    """The tables of the trail, and of its seals, that no trigger protects."""
    wanted = [*(table.name for table in tables()), TrailSeal._meta.db_table]
    with connections[alias].cursor() as cursor:
        cursor.execute(WALLED, [wanted])
        walled = {name for (name,) in cursor.fetchall()}
    return [name for name in wanted if name not in walled]


def wall_stands(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s AND convalidated", [WALL])
        return cursor.fetchone() is not None
