"""A place of its own for tests that start, kill and restart servers."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded import Place
from config.embedded.place import BASE_DIR


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine has no PostgreSQL and no Redis of its own."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)


@pytest.fixture
def folder() -> Iterator[Path]:
    """With a space and Chinese characters in its name; a server's account may enter it, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="数据 folder ", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture
def place(folder: Path, embedded: None) -> Iterator[Place]:
    place = Place(folder / "数据")
    yield place
    if place.sockets.is_symlink():
        place.sockets.unlink()
    shutil.rmtree(place.sockets, ignore_errors=True)


@pytest.fixture
def python():
    """Runs Python in a clone's environment, with just these settings: `python("-c", "...", HTTPS="1")`."""

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "DATA_DIR", "DATA_SET") if name in os.environ}
        return subprocess.run(
            [sys.executable, *arguments], cwd=BASE_DIR, env=kept | settings, capture_output=True, text=True, check=False
        )

    return run
