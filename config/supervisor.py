"""`make demo` and `make run`: servers, data, web, worker and beat as children of one process, gone when it goes.

python -m config.supervisor demo --scale cases | run | reset
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import FrameType
from typing import IO, NoReturn

from config.embedded import InUse, Place, ServerFailed, hold, running
from config.embedded.place import BASE_DIR, OFFICE, SCALES, data_root
from config.embedded.process import dying_with_us, kill_group, until

ACCOUNTS = {
    "chifeng": "city organisation department 1504 (chifeng2: the second pair of eyes)",
    "balinzuo": "banner organisation department 150422",
    "lindong": "street committee 150422404",
    "dongshiqiao": "community lead 150422404002",
    "fulian": "member branch, women's federation of 150422",
    "nanyang": "city organisation department 4113; never sees Chifeng's",
    "sysadmin": "system administrator (secadmin: security, auditor: audit)",
}
# Each queue is served by somebody who has nothing else to do. Who sends mostly waits for others: threads are enough.
WORKERS = {
    "worker": ("-Q", "celery", "--concurrency", "2"),
    "sender": ("-Q", "outgoing", "--pool", "threads", "--concurrency", "4"),
}
PATIENCE = 15.0
# A child that dies is started again; one that dies this often within a minute is broken.
TOO_OFTEN = 5


class Trouble(RuntimeError):
    """Why it cannot start, in words for the person at the terminal."""


class Part:
    """One process of the product: web, worker or beat. It writes into a log file of its own.

    ``death`` is the signal that ends it when we are killed: those with children of their own must be asked.
    """

    def __init__(self, place: Place, name: str, *command: str, death: signal.Signals = signal.SIGTERM) -> None:
        self.name = name
        self.death = death
        self.command = [sys.executable, "-m", *command]
        self.log = place.log / f"{name}.log"
        self.deaths: list[float] = []
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as out:
            self.process = _child(self.command, out, self.death)

    def keep(self) -> None:
        """It runs; if it has died it is started again, unless it does nothing but die."""
        if self.process.poll() is None:
            return
        kill_group(self.process.pid)
        now = time.monotonic()
        self.deaths = [died for died in self.deaths if now - died < 60] + [now]
        if len(self.deaths) >= TOO_OFTEN:
            raise Trouble(f"{self.name} does not stay up; see {self.log}")
        self.start()


def main() -> None:
    parser = argparse.ArgumentParser(prog="supervisor")
    verbs = parser.add_subparsers(dest="verb", required=True)
    demo = verbs.add_parser("demo")
    demo.add_argument("--scale", choices=SCALES, default="chifeng-2019")
    verbs.add_parser("run")
    verbs.add_parser("reset")
    asked = parser.parse_args()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _leave)
    try:
        if asked.verb == "reset":
            reset()
        else:
            serve(getattr(asked, "scale", None))
    except (Trouble, ServerFailed) as trouble:
        sys.exit(f"✗ {trouble}")
    except InUse as folder:
        sys.exit(f"✗ The servers of {folder} are running already; stop them first.")


def serve(scale: str | None) -> NoReturn:
    """Everything runs until a signal comes. Without a scale: a real office."""
    os.environ["DATA_SET"] = scale or OFFICE
    place = Place.current()
    port = int(os.environ.get("PORT") or 8000)
    with ExitStack() as stack:
        stack.enter_context(hold(place))
        _port_is_free(port)
        _settle(place)
        print("· database and message servers", flush=True)
        servers = stack.enter_context(running(place))
        _prepare(scale)
        parts = stack.enter_context(_parts(place, port))
        _wait_for_first_answer(parts, port)
        _welcome(place, port, scale)
        while True:
            time.sleep(0.5)
            for child in (*servers, *parts):
                child.keep()


def reset() -> None:
    """No demo data remain; a real office's stay."""
    for scale in SCALES:
        place = Place(data_root() / scale)
        if not place.folder.exists():
            continue
        with hold(place):
            for folder in (place.home, place.sockets, place.folder):
                shutil.rmtree(folder, ignore_errors=True)
        print(f"· removed {place.folder}")


def _settle(place: Place) -> None:
    """What the children inherit. Plain HTTP is right here: the browser sits on this machine."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("HTTPS", "0")
    os.environ.setdefault("SERVE_SOURCE_FILES", "1")
    if not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = place.secret("secret-key")
    place.log.mkdir(exist_ok=True)
    (data_root() / "current").write_text(place.folder.name + "\n")


def _prepare(scale: str | None) -> None:
    command = [sys.executable, "-m", "config.prepare", *(("--scale", scale) if scale else ())]
    process = _child(command, None)
    try:
        if process.wait():
            raise Trouble("The data could not be prepared; the reason stands above.")
    finally:
        process.kill()


@contextmanager
def _parts(place: Place, port: int) -> Iterator[list[Part]]:
    """Web, worker and beat run; afterwards none of them, nor a child of theirs, does."""
    level = ("--loglevel", "WARNING")
    parts: list[Part] = []
    try:
        parts.append(Part(place, "web", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--preload",
                          "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning",
                          "--graceful-timeout", "5"))  # fmt: skip
        for name, of_its_own in WORKERS.items():
            parts.append(Part(place, name, "celery", "-A", "config", "worker", "--without-gossip", "--without-mingle",
                              "--hostname", f"{name}@%h", *of_its_own, *level))  # fmt: skip
        # Beat has no children; asked politely it would first try to write to a database that dies with us.
        parts.append(Part(place, "beat", "celery", "-A", "config", "beat", "--pidfile", "", *level,
                          death=signal.SIGKILL))  # fmt: skip
        yield parts
    finally:
        for part in reversed(parts):
            part.process.terminate()
        end = time.monotonic() + PATIENCE
        for part in reversed(parts):
            _end(part.process, max(end - time.monotonic(), 0.1))


def _wait_for_first_answer(parts: list[Part], port: int) -> None:
    def answered() -> bool:
        for part in parts:
            part.keep()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    if not until(answered, 60):
        raise Trouble(f"The web server does not answer; see {parts[0].log}")


def _welcome(place: Place, port: int, scale: str | None) -> None:
    print(f"\n  http://127.0.0.1:{port}/\n")
    if scale:
        for account, who in ACCOUNTS.items():
            print(f"  {account:<12} {who}")
        print(f"\n  password of all: {(place.folder / 'demo-password').read_text().strip()}")
    else:
        print("  Regions first:  .venv/bin/python manage.py load_regions FILE.csv")
    print(f"  logs: {place.log}\n  Ctrl-C stops everything and keeps the data.\n", flush=True)


def _port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Trouble(f"Port {port} is taken; choose another: make demo PORT=8001") from None


def _child(
    command: list[str], log: IO[bytes] | None, death: signal.Signals = signal.SIGTERM
) -> subprocess.Popen[bytes]:
    """A child that dies with us. One with a log has a session of its own, where Ctrl-C in the terminal does not
    reach it; one without speaks to the terminal."""
    return subprocess.Popen(  # noqa: S603
        command,
        cwd=BASE_DIR,
        stdin=subprocess.DEVNULL if log else None,
        stdout=log,
        stderr=log,
        start_new_session=log is not None,
        preexec_fn=dying_with_us(death),
    )


def _end(process: subprocess.Popen[bytes], patience: float) -> None:
    """The process and all of its group are gone, by force once patience ends."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    kill_group(process.pid)
    process.wait()


def _leave(number: int, frame: FrameType | None) -> None:
    """Stop everything, once: a second signal does not interrupt the stopping."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    print("\n· stopping", flush=True)
    sys.exit(0)


if __name__ == "__main__":
    main()
