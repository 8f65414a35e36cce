"""One run over one scale: its own PostgreSQL and Valkey in ``var/bench``, the world built once and used again.

    python -m bench.runs SCALE [LINE ...]

writes what it measured to ``var/bench/SCALE.json``.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent / "var" / "bench"


def surroundings(scale: str) -> None:
    """The environment of a server of the bench: its own data, no other database, plain pages."""
    os.environ |= {"DATA_DIR": str(ROOT), "DATA_SET": scale, "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ |= {"HTTPS": "0", "REQUIRE_SECOND_FACTOR": "0", "SERVE_SOURCE_FILES": "1", "LOG_LEVEL": "CRITICAL"}
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)


def recipe() -> str:
    """The fingerprint of what the rows are made from: another one asks for new rows."""
    files = sorted([*HERE.glob("world/*.py"), HERE / "scales.py", HERE / "tables.py"])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def ready(scale: str) -> None:
    """The schema is of today and the world stands; what was built by the same recipe stays."""
    from django.core.management import call_command
    from django.db import connection

    from bench.scales import SCALES
    from bench.world import build

    call_command("migrate", verbosity=0)
    stamp = ROOT / scale / "recipe"
    if stamp.exists() and stamp.read_text() == recipe():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what earlier runs wrote and took back has misled the statistics
        return
    with connection.cursor() as cursor:
        names = [f'"{name}"' for name in connection.introspection.table_names() if name not in KEPT]
        cursor.execute(f"SET session_replication_role = replica; TRUNCATE {', '.join(names)} RESTART IDENTITY")
        cursor.execute("SET session_replication_role = DEFAULT")
    build(SCALES[scale])
    stamp.write_text(recipe())


KEPT = ("django_migrations", "django_content_type", "auth_permission")


def main(scale: str, *wanted: str) -> None:
    surroundings(scale)
    from config.embedded import Place, hold, running

    place = Place.current()
    with hold(place), running(place):
        import django

        django.setup()
        ready(scale)
        from bench.lines import measure

        measure(scale, wanted, ROOT / f"{scale}.json")


if __name__ == "__main__":
    main(*sys.argv[1:])
