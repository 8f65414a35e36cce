"""A server as a child of ours: dies with us, in its own session, as its own account."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypedDict

from config.embedded.place import Place, make_enterable

_PR_SET_PDEATHSIG = 1


class ServerFailed(RuntimeError):
    """A server did not start, or did not stop."""


def dying_with_us(death: signal.Signals) -> Callable[[], None] | None:
    """What a child calls before it becomes the program, so that our own death, even by SIGKILL, ends it too."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def bind() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, death)
        if os.getppid() != parent:  # we died between fork and prctl
            os._exit(1)

    return bind


def spawn(place: Place, command: Sequence[object], *, log: Path, death: signal.Signals) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own, so that Ctrl-C in a terminal reaches the supervisor only."""
    with log.open("ab") as out:
        return subprocess.Popen(  # noqa: S603  (our own programs, no shell)
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd="/",
            env=server_environment(),
            start_new_session=True,
            preexec_fn=dying_with_us(death),
            **as_account(place),
        )


class Account(TypedDict, total=False):
    """Arguments of Popen that change who the child is."""

    user: int
    group: int
    extra_groups: list[int]


def as_account(place: Place) -> Account:
    """Arguments of Popen that make the child run as the servers' account."""
    if not place.account:
        return {}
    return {"user": place.account.pw_uid, "group": place.account.pw_gid, "extra_groups": []}


def server_environment() -> dict[str, str]:
    """No setting of ours and no PG* variable of the user's leaks into a server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def stop(process: subprocess.Popen[bytes], how: signal.Signals, patience: float = 15.0) -> None:
    """End a child: politely, then not."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        kill_group(process.pid)
        process.wait()


def kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def alive(pid: int) -> bool:
    """Whether a process runs under this number; a zombie that nobody has collected does not."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return sys.platform != "linux"


def until(condition: Callable[[], bool], patience: float) -> bool:
    """Ask again and again until it is so, or patience ends."""
    return any(condition() for _ in _moments(patience))


def _moments(patience: float) -> Iterator[None]:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        yield
        time.sleep(0.02)


def own_folder(place: Place, folder: Path) -> Path:
    """A folder that only the servers' account may enter; one that somebody else has put there is refused."""
    make_enterable(folder.parent)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if place.account:
            os.chown(folder, place.account.pw_uid, place.account.pw_gid)
    found = folder.lstat()
    if folder.is_symlink() or not folder.is_dir() or found.st_uid != place.server_uid:
        raise ServerFailed(f"{folder} belongs to another account; remove it or set DATA_DIR")
    folder.chmod(0o700)
    return folder
