"""`make run` and `make demo`: all of it answers, and when it goes nothing of it stays."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded.place import BASE_DIR, OFFICE, Place
from config.embedded.process import alive, until

pytestmark = [pytest.mark.faults, pytest.mark.slow]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def office(root: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """A real office's product runs, with data of its own, until the block ends."""
    unwanted = {"DATABASE_URL", "REDIS_URL", "DATA_SET", "SECRET_KEY"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    supervisor = subprocess.Popen(
        [sys.executable, "-m", "config.supervisor", "run"],
        cwd=BASE_DIR,
        env=kept | {"DATA_DIR": str(root), "PORT": str(port)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with supervisor:
        try:
            yield supervisor
        finally:
            supervisor.terminate()
            supervisor.wait(60)
            shutil.rmtree(Place(root / OFFICE).sockets, ignore_errors=True)


def until_ready(supervisor: subprocess.Popen[str]) -> str:
    said = ""
    for line in supervisor.stdout:
        said += line
        if "Ctrl-C" in line:
            return said
    pytest.fail(f"it ended: {said}")


def healthy(port: int) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
        return json.load(answer)["status"] == "ok"
    return False


def descendants(pid: int) -> dict[int, str]:
    """Every process below this one, and what it is."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = {}
    for child in map(int, children):
        with contextlib.suppress(FileNotFoundError):
            found |= {child: Path(f"/proc/{child}/cmdline").read_text().replace("\0", " "), **descendants(child)}
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_however_it_goes_no_process_of_it_stays(folder, port):
    for how in (signal.SIGINT, signal.SIGKILL):
        goes_without_a_trace(folder, port, how)


def goes_without_a_trace(folder: Path, port: int, how: signal.Signals) -> None:
    with office(folder, port) as supervisor:
        assert f"http://127.0.0.1:{port}/" in until_ready(supervisor)
        assert until(lambda: healthy(port), 60)
        family = descendants(supervisor.pid)
        assert len(family) > 5
        supervisor.send_signal(how)
        supervisor.wait(60)
        assert until(lambda: not any(map(alive, family)), 30), {p: w for p, w in family.items() if alive(p)}


def test_a_part_or_server_that_is_killed_comes_back_and_a_second_start_is_refused(folder, port):
    with office(folder, port) as supervisor:
        until_ready(supervisor)
        assert until(lambda: healthy(port), 60)
        for what in ("postgres -D", "valkey-server", "gunicorn", "celery -A config worker"):
            victim = next(pid for pid, command in descendants(supervisor.pid).items() if what in command)
            os.kill(victim, signal.SIGKILL)
            assert until(lambda victim=victim: not alive(victim), 30)
        assert until(lambda: healthy(port), 60)
        with office(folder, port) as second:
            assert second.wait(60) == 1
            assert "running already" in second.stdout.read()


def test_a_taken_port_is_named(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with office(folder, taken.getsockname()[1]) as supervisor:
            assert supervisor.wait(60) == 1
            assert "is taken" in supervisor.stdout.read()
