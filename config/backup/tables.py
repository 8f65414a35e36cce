"""What is in a database, in a form that can be compared: rows and digest of each table, its walls, its migrations.

The statements about tables are written by the database itself, which knows how its names are quoted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

# However a server is set up, the same row is the same text there; and nobody ends a long look for being long.
SPOKEN = """
SELECT set_config(name, said, true)
FROM (VALUES ('timezone', 'UTC'), ('datestyle', 'ISO, YMD'), ('intervalstyle', 'postgres'), ('extra_float_digits', '1'),
             ('bytea_output', 'hex'), ('search_path', 'public'), ('statement_timeout', '0'), ('lock_timeout', '0'),
             ('idle_in_transaction_session_timeout', '0'), ('transaction_timeout', '0')) AS wanted (name, said)
WHERE EXISTS (SELECT FROM pg_settings WHERE pg_settings.name = wanted.name)
"""
OWN = """
WITH own AS (
    SELECT c.oid, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relpersistence <> 't'
    AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
)
"""
# The rows' digests in their own order, not in that of the disk; in 256 parts, so that none outgrows a value.
STATEMENTS = f"""{OWN}
SELECT oid::regclass::text, format($statement$
    WITH r AS (SELECT sha256(convert_to("this row"::text, 'UTF8')) AS d FROM ONLY %s "this row"),
    p AS (SELECT get_byte(d, 0) AS b, count(*) AS n, sha256(string_agg(d, '' ORDER BY d)) AS d FROM r GROUP BY 1)
    SELECT coalesce(sum(n), 0)::bigint, encode(sha256(coalesce(string_agg(d, '' ORDER BY b), '')), 'hex') FROM p
$statement$, oid::regclass) FROM own WHERE relkind = 'r' ORDER BY 1
"""  # noqa: S608  (both parts are above)
# What holds the data together, by name: its definition may be spelt another way after it has come back.
WALLS = f"""{OWN}
SELECT conrelid::regclass::text || ' ' || conname FROM pg_constraint JOIN own ON own.oid = conrelid
WHERE contype IN ('c', 'f', 'p', 'u', 'x') AND convalidated
UNION SELECT indrelid::regclass::text || ' ' || indexrelid::regclass::text FROM pg_index JOIN own ON own.oid = indrelid
WHERE indisvalid
UNION SELECT tgrelid::regclass::text || ' ' || tgname FROM pg_trigger JOIN own ON own.oid = tgrelid
WHERE NOT tgisinternal AND tgenabled <> 'D'
ORDER BY 1
"""  # noqa: S608
# Where the next row would get a key that is taken.
SEQUENCES = f"""{OWN}
SELECT s.oid::regclass::text, format($statement$
    SELECT coalesce(max(%I), 0) > (SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM %s) FROM %s
$statement$, a.attname, s.oid::regclass, d.refobjid::regclass)
FROM own s JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype IN ('a', 'i')
JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE s.relkind = 'S' ORDER BY 1
"""  # noqa: S608
MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"
DOCUMENTS = "SELECT file, sha256 FROM members_document"


class Look:
    """One look at a database: whatever is asked, it is answered of the same moment."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        self.cursor.execute(question)
        return self.cursor.fetchall()

    def snapshot(self) -> str:
        """The moment's name, under which another program can look at it too while we do."""
        return self.ask("SELECT pg_export_snapshot()")[0][0]

    def tables(self) -> dict[str, dict[str, Any]]:
        return {name: self._table(question) for name, question in self.ask(STATEMENTS)}

    def names(self) -> list[str]:
        return [name for name, _question in self.ask(STATEMENTS)]

    def _table(self, question: str) -> dict[str, Any]:
        [(rows, digest)] = self.ask(question)
        return {"rows": rows, "digest": digest}

    def walls(self) -> list[str]:
        return [wall for (wall,) in self.ask(WALLS)]

    def migrations(self) -> list[str]:
        """The version of the schema: the migrations that have made it; none in an empty database."""
        return [name for (name,) in self.ask(MIGRATIONS)] if self._has("django_migrations") else []

    def sequences_behind(self) -> list[str]:
        return [name for name, question in self.ask(SEQUENCES) if self.ask(question) == [(True,)]]

    def documents(self) -> dict[str, str]:
        """The digest of each uploaded file that a row names."""
        return dict(self.ask(DOCUMENTS)) if self._has("members_document") else {}

    def _has(self, table: str) -> bool:
        self.cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        return bool(self.cursor.fetchone()[0])


@contextmanager
def looking(connection: BaseDatabaseWrapper) -> Iterator[Look]:
    """A look by a session of its own, which changes nothing and is not disturbed by what we do otherwise."""
    with closing(connection.copy()) as own, own.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute(SPOKEN)
        yield Look(cursor)


def of_this_code() -> tuple[set[str], set[str]]:
    """The migrations that this code has, and all that it knows of: also those that others have taken the place of."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = loader.disk_migrations or {}
    replaced = {".".join(key) for migration in known.values() for key in migration.replaces}
    return {".".join(key) for key in loader.graph.nodes}, {".".join(key) for key in known} | replaced
