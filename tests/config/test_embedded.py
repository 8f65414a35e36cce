"""The embedded servers: killed and started again they keep every row; nobody else reaches them."""

import os
import signal
import socket
import stat
import subprocess
import sys

import psycopg2
import pytest

from config import embedded
from config.embedded import InUse, Place, Postgres, ServerFailed, Valkey, hold, running
from config.embedded.process import alive, until

pytestmark = pytest.mark.faults


def ask(place: Place, question: str):
    known = place.database()
    connection = psycopg2.connect(
        dbname=known["NAME"], user=known["USER"], password=known["PASSWORD"], host=known["HOST"]
    )
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def test_rows_outlive_a_kill_of_everything_and_a_restart(place):
    with hold(place), running(place) as servers:
        ask(place, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
        for server in servers:
            os.kill(server.process.pid, signal.SIGKILL)
            server.process.wait()
        for server in servers:
            server.keep()
        assert ask(place, "SELECT count(*) FROM kept") == [(1000,)]
        assert all(server.answers() for server in servers)
    with hold(place), running(place):
        assert ask(place, "SELECT count(*) FROM kept") == [(1000,)]


def test_servers_that_outlive_a_killed_supervisor_end_and_a_new_one_finds_every_row(place):
    script = (
        "import sys, pathlib, time\n"
        "from config.embedded import Place, hold, running\n"
        "place = Place(pathlib.Path(sys.argv[1]))\n"
        "with hold(place), running(place) as servers:\n"
        "    print(*(server.process.pid for server in servers), flush=True)\n"
        "    time.sleep(600)\n"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", script, str(place.folder)], stdout=subprocess.PIPE, text=True)
    with supervisor:
        pids = [int(pid) for pid in supervisor.stdout.readline().split()]
        ask(place, "CREATE TABLE kept AS SELECT 7 AS n")
        supervisor.kill()
    assert until(lambda: not any(map(alive, pids)), 20)
    with hold(place), running(place):
        assert ask(place, "SELECT n FROM kept") == [(7,)]


def test_a_second_supervisor_of_the_same_data_is_refused(place):
    with hold(place), pytest.raises(InUse), hold(place):
        pass
    with hold(place):
        pass


def test_a_command_borrows_the_servers_that_run_and_leaves_them_running(place):
    with hold(place), running(place) as servers:
        with embedded.present(place):
            assert ask(place, "SELECT 1") == [(1,)]
        assert all(server.answers() for server in servers)


def test_a_command_starts_the_servers_where_none_run_and_stops_them(place):
    with embedded.present(place):
        assert Valkey(place).answers()
    assert not Postgres(place).answers()
    assert not Valkey(place).answers()


def test_no_server_listens_on_a_port_and_only_the_owner_enters_the_sockets(place):
    with hold(place), running(place):
        assert ask(place, "SHOW listen_addresses") == [("",)]
        assert stat.S_IMODE(place.sockets.stat().st_mode) == 0o700
        assert stat.S_IMODE((place.folder / "database-secret").stat().st_mode) == 0o600


def test_the_database_asks_for_a_password(place):
    with hold(place), running(place):
        known = place.database()
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            psycopg2.connect(dbname=known["NAME"], user=known["USER"], password="guessed", host=known["HOST"])


def test_acknowledged_rows_are_on_disk_outside_of_tests(place):
    with hold(place), running(place):
        for guard in ("fsync", "full_page_writes", "synchronous_commit"):
            assert ask(place, f"SHOW {guard}") == [("on",)]


def test_a_socket_folder_that_somebody_else_put_there_is_refused(place, tmp_path):
    place.sockets.symlink_to(tmp_path)
    with hold(place), pytest.raises(ServerFailed, match="another account"):
        Valkey(place).start()


def test_a_stale_mark_with_a_strangers_number_does_not_stop_the_start_nor_harm_the_stranger(place):
    with hold(place), running(place):
        pass
    mark = Postgres(place).cluster / "postmaster.pid"
    with subprocess.Popen(["sleep", "600"]) as stranger:
        mark.write_text(f"{stranger.pid}\n")
        with hold(place), running(place):
            assert ask(place, "SELECT 1") == [(1,)]
        assert stranger.poll() is None
        stranger.kill()


def test_the_socket_paths_fit_however_deep_the_clone_lies(tmp_path):
    deep = Place(tmp_path.joinpath(*["很深的文件夹"] * 12))
    assert len(os.fsencode(deep.sockets / ".s.PGSQL.5432.lock")) < 107
    with socket.socket(socket.AF_UNIX) as probe, pytest.raises(FileNotFoundError):
        probe.connect(str(deep.valkey_socket))


def test_two_processes_that_come_at_once_agree_on_one_secret(place):
    script = (
        "import sys, pathlib; from config.embedded import Place; print(Place(pathlib.Path(sys.argv[1])).secret('s'))"
    )
    asking = [
        subprocess.Popen([sys.executable, "-c", script, str(place.folder)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in asking}) == 1


@pytest.mark.parametrize(("url", "needed"), [("DATABASE_URL", (False, True)), ("REDIS_URL", (True, False))])
def test_a_server_that_the_environment_names_is_not_started(place, monkeypatch, url, needed):
    monkeypatch.setenv(url, "somewhere://else")
    assert embedded.wanted() == needed
