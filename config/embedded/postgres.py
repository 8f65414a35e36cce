"""PostgreSQL 18 from a wheel: Unix socket only, scram, as an ordinary account, ended with us."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from config.embedded.binaries import postgres_bin
from config.embedded.place import DATABASE, Place, make_enterable
from config.embedded.process import (
    ServerFailed,
    alive,
    as_account,
    dying_with_us,
    own_folder,
    server_environment,
    spawn,
    stop,
    until,
)

_INITDB = (
    "--username", DATABASE, "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C",
    "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--no-instructions",
)  # fmt: skip

# A throw-away database may lose everything when the machine stops; no other may.
_CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Postgres:
    """The server of one place. Whoever starts it holds the place's lock."""

    def __init__(self, place: Place, *, durable: bool = True) -> None:
        self.place = place
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def cluster(self) -> Path:
        return self.place.home / "postgres"

    @property
    def log(self) -> Path:
        return self.place.log / "postgres.log"

    def start(self) -> None:
        """The server answers, and the database exists. What was there before is kept."""
        programs = postgres_bin(self.place)
        own_folder(self.place, self.place.sockets)
        make_enterable(self.place.log)
        if not (self.cluster / "PG_VERSION").exists():
            self._initialise(programs)
        self._forget_dead_postmaster()
        self._launch(programs)
        self._create_database()

    def stop(self) -> None:
        """Sessions are ended and everything is on disk."""
        if self.process:
            stop(self.process, signal.SIGINT)
            self.process = None

    def keep(self) -> None:
        """It runs; if it was killed it is started again."""
        if self.process and self.process.poll() is not None:
            self.start()

    def discard(self) -> None:
        """Nothing of it runs, and nothing of it lies there: for a place that is thrown away."""
        self.stop()
        self._forget_dead_postmaster()
        for folder in (self.place.home, self.place.sockets):
            shutil.rmtree(folder, ignore_errors=True)

    def answers(self) -> bool:
        import psycopg2

        try:
            psycopg2.connect(connect_timeout=5, **self._dsn("postgres")).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _initialise(self, programs: Path) -> None:
        own_folder(self.place, self.cluster)
        with tempfile.NamedTemporaryFile("w", dir=self.place.sockets) as secret:
            secret.write(self.place.secret("database-secret"))
            secret.flush()
            os.chown(secret.name, self.place.server_uid, -1)
            command = [programs / "initdb", "-D", self.cluster, "--pwfile", secret.name, *_INITDB]
            if not self.durable:
                command.append("--no-sync")
            done = subprocess.run(  # noqa: S603
                [str(part) for part in command],
                check=False,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                cwd="/",
                env=server_environment(),
                preexec_fn=dying_with_us(signal.SIGKILL),
                **as_account(self.place),
            )
        if done.returncode:
            raise ServerFailed(f"initdb: {done.stderr.strip()}")

    def _launch(self, programs: Path) -> None:
        options = {
            "listen_addresses": "", "unix_socket_directories": self.place.sockets, "unix_socket_permissions": "0700",
            "password_encryption": "scram-sha-256", "max_connections": "200", "shared_buffers": "256MB",
            "random_page_cost": "1.1",  # a solid-state disk: a banner's rows come by their index, not with all others
            "timezone": "UTC", "log_timezone": "UTC", "lc_messages": "C",
        }  # fmt: skip
        settings = [f"{name}={value}" for name, value in options.items()]
        settings += () if self.durable else _CARELESS
        flags = [part for setting in settings for part in ("-c", setting)]
        command = [programs / "postgres", "-D", self.cluster, *flags]

        def came_up() -> bool:
            if self.process is None or self.process.poll() is not None:
                # After a kill -9 its backends may hold the shared memory for a moment longer: try again.
                self.process = spawn(self.place, command, log=self.log, death=signal.SIGINT)
            return self.answers()

        if not until(came_up, 60):
            self.stop()
            raise ServerFailed(f"PostgreSQL did not start; see {self.log}")

    def _create_database(self) -> None:
        import psycopg2
        from psycopg2 import sql

        connection = psycopg2.connect(**self._dsn("postgres"))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if not cursor.fetchone():
                    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        finally:
            connection.close()

    def _dsn(self, database: str) -> dict[str, str]:
        known = self.place.database(database)
        return {"dbname": database, "user": known["USER"], "password": known["PASSWORD"], "host": known["HOST"]}

    def _forget_dead_postmaster(self) -> None:
        """A server that outlived its supervisor is ended; the mark of one that died is removed.

        We hold the lock, so no other supervisor may own it. A number in the file that is now a stranger's
        is recognised by its command line.
        """
        mark = self.cluster / "postmaster.pid"
        if not mark.exists():
            return
        pid = int(mark.read_text().split()[0])
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if not self._is_ours(pid):
                break
            os.kill(pid, how)
            until(lambda: not self._is_ours(pid), 15)
        mark.unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        if not alive(pid):
            return False
        try:
            return os.fsencode(self.cluster) in Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False
