"""Where one set of data lies on this machine, and under which addresses its embedded servers answer.

Every process of a clone computes the same addresses from the folder alone, so that a command finds the
servers which the demo has started. Nothing here starts anything.
"""

import hashlib
import os
import pwd
import secrets
from dataclasses import dataclass
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
OFFICE = "office"
SCALES = ("cases", "chifeng-2019", "chifeng-2021")
DATABASE = "alliances"

# Sockets lie here and not under TMPDIR: it may differ between two processes of one clone, and a socket's
# path ends at 107 bytes.
SOCKETS_ROOT = Path("/tmp")  # noqa: S108
# Where root's servers keep their files if the server's own account cannot enter the clone.
SYSTEM_ROOT = Path("/var/lib/party-alliances")


def data_root() -> Path:
    """The folder above all sets of data: `DATA_DIR`, or `var/` in the clone."""
    return Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").expanduser().resolve()


def current_set() -> str:
    """The set of data that is meant: named by the supervisor, else the one started last, else the office's own."""
    named = os.environ.get("DATA_SET")
    if named:
        return named
    try:
        return (data_root() / "current").read_text().strip() or OFFICE
    except FileNotFoundError:
        return OFFICE


@dataclass(frozen=True)
class Place:
    """One set of data: its folder, its secrets, its server account, its addresses."""

    folder: Path

    @classmethod
    def current(cls) -> "Place":
        return cls(data_root() / current_set())

    @property
    def _mark(self) -> str:
        return hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]

    @property
    def account(self) -> pwd.struct_passwd | None:
        """The account that the servers run as: nobody where we are root (PostgreSQL refuses root), else ours (None)."""
        return pwd.getpwnam("nobody") if os.geteuid() == 0 else None

    @property
    def server_uid(self) -> int:
        return self.account.pw_uid if self.account else os.geteuid()

    @property
    def sockets(self) -> Path:
        return SOCKETS_ROOT / f"alliances-{os.geteuid()}-{self._mark}"

    @property
    def home(self) -> Path:
        """Where the servers keep their files: in the folder, if their account can reach it."""
        if self.account and not all(_enterable_by_all(parent) for parent in self.folder.parents):
            return SYSTEM_ROOT / self._mark
        return self.folder / "servers"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def borrowers(self) -> Path:
        """Locked by each command that uses servers which another command has started."""
        return self.folder / "borrowers"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def secret(self, name: str) -> str:
        """The secret kept in the folder under this name, made at first use, readable by its owner only."""
        path = self.folder / name
        try:
            return path.read_text().strip()
        except FileNotFoundError:
            make_enterable(self.folder)
        # Written aside and linked: two processes that come at once read the same secret, never half of one.
        draft = path.with_name(f"{name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50) + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path.read_text().strip()

    def database(self, name: str = DATABASE) -> dict[str, str]:
        """What Django, and libpq, must know to reach the embedded PostgreSQL."""
        return {"NAME": name, "USER": DATABASE, "PASSWORD": self.secret("database-secret"), "HOST": str(self.sockets)}

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"


def make_enterable(folder: Path) -> Path:
    """The folder exists, and the servers' account may walk through what was made for it, whatever our umask."""
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir(exist_ok=True)
        part.chmod(0o711)
    return folder


def _enterable_by_all(folder: Path) -> bool:
    return not folder.exists() or bool(folder.stat().st_mode & 0o001)
