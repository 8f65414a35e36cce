"""PostgreSQL and Valkey for a machine that has none: started by us, ended with us, reached by nobody else."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from typing import TextIO

from config.embedded.place import Place, make_enterable
from config.embedded.postgres import Postgres
from config.embedded.process import ServerFailed, until
from config.embedded.valkey import Valkey

__all__ = ["InUse", "Place", "Postgres", "ServerFailed", "Valkey", "hold", "present", "running", "wanted"]


class InUse(RuntimeError):
    """Another process runs the servers of this set of data."""


def wanted() -> tuple[bool, bool]:
    """Which of the two, PostgreSQL and Valkey, the environment does not provide."""
    return not os.environ.get("DATABASE_URL"), not os.environ.get("REDIS_URL")


@contextlib.contextmanager
def hold(place: Place) -> Iterator[TextIO]:
    """The place is ours as long as this lasts, and free again the moment we die."""
    make_enterable(place.folder)
    with place.lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(str(place.folder)) from None
        yield file


@contextlib.contextmanager
def running(place: Place, *, durable: bool = True) -> Iterator[list[Postgres | Valkey]]:
    """The servers that the environment does not provide answer. Call it under `hold`."""
    with contextlib.ExitStack() as stack:
        servers: list[Postgres | Valkey] = []
        database, messages = wanted()
        if database:
            servers.append(Postgres(place, durable=durable))
        if messages:
            servers.append(Valkey(place))
        for server in servers:
            stack.callback(server.stop)
            server.start()
        yield servers


@contextlib.contextmanager
def present(place: Place) -> Iterator[None]:
    """The servers answer: the demo's if it runs, else our own, for as long as this or whoever borrows them lasts."""
    if not any(wanted()):
        yield
        return
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(hold(place))
        except InUse:
            borrowers = stack.enter_context(place.borrowers.open("a"))
            fcntl.flock(borrowers, fcntl.LOCK_SH)
            if not until(Postgres(place).answers if wanted()[0] else Valkey(place).answers, 60):
                raise
        else:
            stack.enter_context(running(place))
            stack.callback(_wait_for_borrowers, place)
        yield


def _wait_for_borrowers(place: Place) -> None:
    with place.borrowers.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
