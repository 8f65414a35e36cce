"""Backup, drill and restore (G23, F22): what comes back is what was there, and whatever is amiss is named."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from config.backup import Backup, Trouble, back_up, drill, keep_newest, making, programs, restore
from config.backup.drilling import examine, throw_away, trail
from config.backup.folder import DUMP, FILES, MANIFEST
from config.embedded import Place, hold, running
from config.embedded.place import BASE_DIR
from config.embedded.process import until
from config.tasks import back_up_tonight
from members.documents import keep
from members.models import Region, Role, User
from tests.cast import NOW, alliance, people
from tests.trust.files import PDF, upload

pytestmark = [pytest.mark.faults, pytest.mark.django_db]  # also of a single test: else no database is made for it
LATER = NOW + timedelta(days=1)


@pytest.fixture(scope="module")
def place():
    return Place.current()


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker, tmp_path_factory):
    """A small world that other sessions see too, with an uploaded file; gone with the last test of this file."""
    assert connection.settings_dict["NAME"].startswith("test_"), "what is emptied below is nobody's"
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("office") / "files")  # tells storages that are open
    with django_db_blocker.unblock(), files:
        try:
            cast = people()
            made = alliance("东石桥联合体", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org])
            keep(upload(PDF, "章程.pdf"), made, by=cast.dongshiqiao, at=NOW)
            yield cast
        finally:
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def taken(office, place, tmp_path_factory):
    """A backup of the small world, and one of the next day, when rows had been changed, removed and added."""
    into = tmp_path_factory.mktemp("taken")
    first = back_up(into, at=NOW, connection=connection, place=place)
    User.objects.filter(username="lindong").update(name="别人")
    Role.objects.filter(user__username="nanyang2").delete()
    Region.objects.create(code="99", name="新的")
    call_command("audit_seal", verbosity=0)
    second = back_up(into, at=LATER, connection=connection, place=place)
    return first, second


@pytest.fixture
def first(taken, tmp_path):
    """The first backup, in a copy that a test may spoil."""
    return Backup.read(shutil.copytree(taken[0].folder, tmp_path / taken[0].folder.name))


def said_of(findings):
    return [finding.text for finding in findings if not finding.good]


def spoil(backup, **said):
    path = backup.folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | said))
    return Backup.read(backup.folder)


def nothing_in(folder):
    return [path.name for path in folder.iterdir() if path.name != ".lock"] == []


@pytest.mark.usefixtures("office")
class TestAWorld:
    """One world for all of these; a test changes only copies of its backups."""

    def test_a_good_backup_comes_back_row_by_row(self, taken, place):
        findings = list(drill(taken[0], place))
        assert said_of(findings) == []
        assert any(f"{taken[0].rows:,} 行" in finding.text for finding in findings)
        assert taken[0].manifest["tables"]["members_user"]["rows"] == User.objects.count()
        assert not (place.folder / "drill").exists(), "nothing of it stays"

    def test_a_row_changed_removed_or_added_is_named(self, first, taken, place):
        shutil.copyfile(taken[1].folder / DUMP, first.folder / DUMP)
        roles = first.manifest["tables"]["members_role"]["rows"]
        regions = first.manifest["tables"]["members_region"]["rows"]
        dump, rows = said_of(drill(first, place))
        assert DUMP in dump
        assert "members_user：行数相同，内容不同" in rows
        assert f"members_role：应有 {roles} 行，实有 {roles - 1} 行" in rows
        assert f"members_region：应有 {regions} 行，实有 {regions + 1} 行" in rows
        assert "members_organization：" not in rows

    def test_a_trail_that_was_changed_under_its_seals_is_named(self, taken, place):
        with throw_away(place) as restored:
            assert programs.put_back(taken[1], restored, place) is None
            assert trail(taken[1], restored).text == "留痕封条复核无误"
            with restored.cursor() as cursor:
                cursor.execute("SET session_replication_role = replica")
                cursor.execute("UPDATE members_step SET reason = '改过' WHERE id = (SELECT min(id) FROM members_step)")
            found = trail(taken[1], restored)
            assert not found.good
            assert "内容不符" in found.text

    def test_a_dump_cut_short_is_named_and_older_backups_stay(self, first, place):
        older = shutil.copytree(first.folder, first.folder.with_name("alliances-tests-20190101-000000"))
        os.truncate(first.folder / DUMP, first.manifest["dump"]["size"] * 2 // 3)
        with pytest.raises(Trouble, match="旧备份全部保留") as refused:
            keep_newest(first, 1, place=place)
        assert "未能完整恢复" in str(refused.value)
        assert f"备份时 {first.manifest['dump']['size']} 字节" in str(refused.value)
        assert older.exists()

    def test_a_file_changed_or_missing_is_named(self, first):
        [name] = first.manifest["files"]
        (first.folder / FILES / name).write_bytes(PDF + b"!")
        assert said_of(examine(first)) == [f"上传文件与备份时不同：{name} 内容改变"]
        (first.folder / FILES / name).unlink()
        assert said_of(examine(first)) == [f"上传文件与备份时不同：{name} 缺失"]
        (first.folder / DUMP).unlink()
        assert f"缺少数据库导出文件 {DUMP}。" in said_of(examine(first))

    def test_a_manifest_that_somebody_changed_or_another_key_made_is_named(self, first, settings):
        changed = spoil(first, files={})
        assert said_of(examine(changed)) == ["清单被改动过：签名不符。"]
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, []
        [other] = said_of(examine(first))
        assert "SECRET_KEY" in other
        settings.SECRET_KEY_FALLBACKS = [os.environ["SECRET_KEY"]]
        assert said_of(examine(first)) == []

    def test_another_version_of_the_schema_is_named(self, first):
        done = first.manifest["migrations"]
        assert "members.0009_tomorrow" in said_of(examine(spoil(first, migrations=[*done, "members.0009_tomorrow"])))[1]
        older = list(examine(spoil(first, migrations=[one for one in done if one != "listings.0001_initial"])))
        assert any(finding.good and "migrate：listings.0001_initial" in finding.text for finding in older)

    def test_a_row_whose_file_was_never_there_is_named(self, place, settings, tmp_path):
        """As where the data folder is another one for the clock's commands than for the office."""
        settings.MEDIA_ROOT = tmp_path / "elsewhere"
        [lost] = said_of(drill(back_up(tmp_path, at=NOW, connection=connection, place=place), place))
        assert lost.startswith("附件没有文件")

    @pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "made_at": "x"}'])
    def test_what_is_no_backup_is_refused_in_words(self, first, manifest):
        (first.folder / MANIFEST).write_text(manifest)
        with pytest.raises(Trouble, match="清单"):
            Backup.read(first.folder)

    def test_a_name_that_leads_out_is_refused(self, first):
        for name in ("../outside", "/etc/passwd", ""):
            with pytest.raises(Trouble, match="格式"):
                spoil(first, files={name: {"size": 1, "sha256": "0"}})

    def test_a_backup_is_for_its_owner_only(self, taken):
        for path in (taken[0].folder, *taken[0].folder.rglob("*")):
            assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path

    def test_while_others_write_it_is_of_one_moment(self, place, tmp_path):
        with writers() as written:
            made = back_up(tmp_path, at=NOW, connection=connection, place=place)
            seen = made.manifest["tables"]["members_region"]["rows"]
            assert until(lambda: written[-1] > seen, 30), "they go on"
        assert said_of(drill(made, place)) == []

    def test_the_night_backs_up_drills_and_keeps_the_newest(self, first, settings):
        settings.BACKUP_DIR = ""
        assert back_up_tonight() == 0
        into = first.folder.parent
        settings.BACKUP_DIR, settings.BACKUP_KEEP = str(into), 1
        later = shutil.copytree(first.folder, into / "alliances-tests-29990101-000000")
        assert back_up_tonight() == 1
        tonight, last = sorted(path for path in into.iterdir() if path.name.startswith("alliances-"))
        assert tonight.name > first.folder.name
        assert last == later, "nobody has drilled it yet: it takes no place, and none for it goes"
        assert Backup.found(into, "tests").folder == later

    def test_it_is_restored_into_an_empty_database_and_no_other(self, first, place, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "restored" / "files"
        with pytest.raises(Trouble, match="不是空的"):
            list(restore(first, connection=connection, place=place))
        with throw_away(place) as empty:
            settings.SECRET_KEY = "another" * 10
            with pytest.raises(Trouble, match="SECRET_KEY"):
                list(restore(first, connection=empty, place=place))
            settings.SECRET_KEY = os.environ["SECRET_KEY"]
            with empty.cursor() as cursor:
                cursor.execute("CREATE SEQUENCE members_user_id_seq")  # no table, and in the way
            with pytest.raises(Trouble, match="数据库仍为空"):
                list(restore(first, connection=empty, place=place))
            with empty.cursor() as cursor:
                cursor.execute("DROP SEQUENCE members_user_id_seq")
            assert not settings.MEDIA_ROOT.exists(), "what is refused or fails changes nothing"
            assert said_of(restore(first, connection=empty, place=place)) == []
            with empty.cursor() as cursor:
                cursor.execute("SELECT name FROM members_user WHERE username = 'chifeng'")
                assert cursor.fetchone() == (User.objects.get(username="chifeng").name,)
            with pytest.raises(Trouble, match="不是空的"):
                list(restore(first, connection=empty, place=place))
        [name] = first.manifest["files"]
        assert (settings.MEDIA_ROOT / name).read_bytes() == PDF


@contextmanager
def writers():
    """Somebody writes a row and reckons all of them, again and again, until the block ends."""
    over, written = Event(), [0]

    def write():
        try:
            while not over.is_set():
                Region.objects.create(code=f"98{len(written):04d}", name="正在写")
                written.append(Region.objects.count())
        finally:
            connection.close()

    thread = Thread(target=write)
    thread.start()
    try:
        assert until(lambda: len(written) > 5, 30)
        yield written
    finally:
        over.set()
        thread.join()


def test_a_folder_that_cannot_be_written_is_named(place, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble, match="无法写入备份目录"):
        back_up(tmp_path / "file" / "backups", at=NOW, connection=connection, place=place)


@pytest.mark.parametrize("bytes_left", [0, 20_000])
def test_a_full_disk_is_told_and_leaves_nothing(place, tmp_path, bytes_left):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, limits[1]))
    try:
        with pytest.raises(Trouble, match="pg_dump"):
            back_up(tmp_path, at=NOW, connection=connection, place=place)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert nothing_in(tmp_path)


def test_two_at_once_and_a_folder_inside_the_files_are_refused(place, settings, tmp_path):
    with making._alone_in(tmp_path), pytest.raises(Trouble, match="另一次备份"):
        back_up(tmp_path, at=NOW, connection=connection, place=place)
    with pytest.raises(Trouble, match="上传文件目录之内"):
        back_up(Path(settings.MEDIA_ROOT) / "backups", at=NOW, connection=connection, place=place)


@pytest.mark.parametrize(
    ("says", "words"),
    [("pg_dump (PostgreSQL) 9.6.24", "属于 PostgreSQL 9，"), (None, "找不到 pg_dump")],
    ids=["older than the server", "missing"],
)
def test_a_program_that_cannot_do_it_is_named_with_the_setting(place, tmp_path, monkeypatch, says, words):
    if says:
        (tmp_path / "pg_dump").write_text(f"#!/bin/sh\necho '{says}'\n")
        (tmp_path / "pg_dump").chmod(0o700)
    monkeypatch.setattr(programs, "postgres_bin", lambda _place: tmp_path)
    with pytest.raises(Trouble, match=words) as refused:
        back_up(tmp_path / "backups", at=NOW, connection=connection, place=place)
    assert "PG_BINDIR" in str(refused.value)
    assert nothing_in(tmp_path / "backups")


KILLED = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from django.db import connection
from django.utils import timezone
from config.backup import back_up, folder, making
from config.embedded import Place

def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)

connection.settings_dict["NAME"] = sys.argv[2]
folder.settle = killed
back_up(Path(sys.argv[1]), at=timezone.now(), connection=connection, place=Place.current())
"""


def test_one_killed_at_the_last_moment_is_taken_for_no_backup_and_the_next_one_clears_it_away(place, tmp_path):
    run = [sys.executable, "-c", KILLED, str(tmp_path), connection.settings_dict["NAME"]]
    died = subprocess.run(
        run, cwd=BASE_DIR, env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}, check=False
    )
    assert died.returncode == -signal.SIGKILL
    [left] = [path for path in tmp_path.iterdir() if path.name != ".lock"]
    assert (left / MANIFEST).exists(), "it was all but finished"
    with pytest.raises(Trouble, match="没有 tests 的完整备份"):
        Backup.found(tmp_path, "tests")
    with pytest.raises(CommandError, match="没有 tests 的完整备份"):
        call_command("drill", str(tmp_path))
    made = back_up(tmp_path, at=NOW, connection=connection, place=place)
    assert [path for path in tmp_path.iterdir() if path.name != ".lock"] == [made.folder]


@pytest.mark.slow
def test_the_commands_find_the_office_running_or_not(python, folder, embedded, office, taken):
    """On a machine of its own, where nothing is yet: restored, drilled, backed up, with an exit code each."""
    elsewhere = {"DATA_DIR": str(folder), "DATA_SET": "office", "SECRET_KEY": os.environ["SECRET_KEY"]}
    there = Place(folder / "office")

    def manage(*words):
        return python("manage.py", *map(str, words), **elsewhere)

    try:
        restored = manage("restore", taken[0].folder)
        assert restored.returncode == 0, restored.stderr
        with hold(there), running(there):
            made = manage("backup", folder / "backups")
            assert made.returncode == 0, made.stderr
            drilled = manage("drill")
            assert "结论：这份备份可以恢复。" in drilled.stdout, drilled.stderr
            assert drilled.returncode == 0
        made = Backup.found(folder / "backups", "office")
        (made.folder / FILES / next(iter(made.manifest["files"]))).unlink()
        drilled = manage("drill", folder / "backups")
        assert drilled.returncode == 1
        assert "不能放心使用，有 1 处不符" in drilled.stderr
    finally:
        shutil.rmtree(there.sockets, ignore_errors=True)
