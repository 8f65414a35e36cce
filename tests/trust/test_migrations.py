"""A new version comes while people work (G24): it waits for no table for long, and takes nothing from the old one."""

from contextlib import closing

import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate as djangos
from django.db import connection, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader

from members.management.commands import migrate

APPS = ("members", "alliances", "listings", "assessments")
TAKES_AWAY = (migrations.RenameField, migrations.RenameModel, migrations.RemoveField, migrations.DeleteModel)


def fault_of(operation):
    """What the release that still runs beside a migration would stumble over; empty for nothing."""
    if isinstance(operation, TAKES_AWAY):
        return "takes away or renames what the running release reads: do it one release later"
    field = getattr(operation, "field", None)
    if isinstance(operation, migrations.AddField) and not field.null and not field.has_db_default():
        return "NOT NULL without db_default: the running release does not write it"
    if isinstance(operation, migrations.AlterField) and not field.null and not field.has_db_default():
        return "may become NOT NULL: give it a db_default"
    return ""


@pytest.mark.parametrize(
    ("operation", "good"),
    [
        (migrations.RenameField("item", "title", "words"), False),
        (migrations.RemoveField("item", "title"), False),
        (migrations.DeleteModel("item"), False),
        (migrations.AddField("item", "words", models.TextField()), False),
        (migrations.AddField("item", "words", models.TextField(default="")), False),
        (migrations.AlterField("item", "words", models.TextField()), False),
        (migrations.AddField("item", "words", models.TextField(db_default="")), True),
        (migrations.AddField("item", "words", models.TextField(null=True)), True),
        (migrations.AddIndex("item", models.Index(fields=["title"], name="by_title")), True),
    ],
)
def test_what_the_running_release_would_stumble_over_is_known(operation, good):
    assert bool(fault_of(operation)) is not good


def test_no_migration_takes_anything_from_the_release_that_still_runs():
    """The first of each app makes everything; whatever follows comes while people work."""
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    later = {key: made for key, made in found.items() if key[0] in APPS and not key[1].startswith("0001_")}
    assert len(found) > len(later) > 0
    faults = {(*key, str(op)): fault_of(op) for key, made in later.items() for op in made.operations if fault_of(op)}
    assert not faults


def takes_a_table(command, *args, **options):
    """What a migration does: it wants a table for itself."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE members_region IN ACCESS EXCLUSIVE MODE")


def patience():
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_migration_steps_back_from_a_table_that_is_in_use(monkeypatch):
    monkeypatch.setattr(djangos.Command, "handle", takes_a_table)
    monkeypatch.setattr(migrate, "PATIENCE", "50ms")
    with closing(connection.get_new_connection(connection.get_connection_params())) as reader:
        reader.cursor().execute("BEGIN; SELECT * FROM members_region")
        with pytest.raises(CommandError, match="changed nothing"):
            call_command("migrate")
        reader.rollback()
        call_command("migrate")
    assert patience() == "0"


@pytest.mark.django_db
def test_migrate_is_still_djangos_own_in_all_else(capsys):
    call_command("migrate", "--plan")
    assert "No planned migration operations." in capsys.readouterr().out
