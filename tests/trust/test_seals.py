"""The trail is what it was: whatever is changed, taken out, put in or cut off is found, and nothing else is (G11)."""

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError, connection, transaction
from django.utils import timezone

from members import purging
from members.checks import open_tables, what_was_said_stays
from members.lifecycle import note
from members.models import Denial, Organization, Session, Step, TrailSeal
from members.models.step import SAID
from members.pouring import drawn, pour
from members.tasks import seal_trail as task
from members.trail import tables
from members.trail.proof import anchors_in, head, prove
from members.trail.seals import seal_trail

ROOT = Path(__file__).resolve().parents[2]
APPS = ("members", "alliances", "listings", "assessments", "config")
LATER = timezone.now() + timedelta(hours=1)
"""By then no request is under way whose context could still change."""


def seal(batch=10):
    return seal_trail(LATER, batch=batch, patience=0)


def verified(*arguments):
    out = io.StringIO()
    try:
        call_command("audit_verify", *arguments, stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def deeds(cast, many=25):
    """A fresh chain of three seals over so many Steps, their ids in order."""
    with pgtrigger.ignore():
        Step.objects.all().delete()
    made = [note(cast.fulian_org, f"deed{n}", at=LATER, by=cast.fulian, reason="为什么").pk for n in range(many)]
    seal()
    return made


def altered(sql, *values):
    """By somebody who has got past the walls of the database."""
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount


@pytest.fixture
def trail(cast):
    return deeds(cast)


def test_every_history_of_the_house_is_a_table_of_the_trail(db):
    names = {table.name for table in tables()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.columns WHERE column_name = 'pgh_obj_id'")
        histories = {name for (name,) in cursor.fetchall()}
    assert len(histories) > 50
    assert names == histories | {"members_step", "members_denial"}


def test_an_untouched_trail_verifies_and_what_is_sealed_is_not_sealed_again(trail):
    assert [seal.rows for seal in TrailSeal.objects.filter(table="members_step")] == [10, 10, 5]
    assert prove().findings == []
    assert seal().seals == 0
    assert verified()[0] == 0


def test_what_is_written_later_goes_on_where_the_last_seal_ended(cast, trail):
    note(cast.fulian_org, "later", at=LATER)
    assert (seal().rows, seal().rows) == (1, 0)
    last = TrailSeal.objects.last()
    assert last.above == trail[-1]
    assert prove().findings == []


@pytest.mark.parametrize(
    "column, value",
    [
        ("reason", "另一个理由"),
        ("by_id", None),
        ("at", LATER - timedelta(days=1)),
        ("detail", '{"x": 1}'),
        ("verb", "x"),
    ],
)
def test_a_changed_row_is_found_and_named(trail, column, value):
    altered(f'UPDATE members_step SET "{column}" = %s WHERE id = %s', value, trail[14])  # noqa: S608
    code, said = verified()
    assert code == 1
    assert f"members_step（办理记录） 编号 {trail[9] + 1} 至 {trail[19]}（第 2 号封条）：" in said
    assert "行数相符（10 行）而内容不符" in said


def test_what_legally_changes_later_is_no_finding(trail):
    altered("UPDATE members_step SET until = now(), told_at = now()")
    assert prove().findings == []


def test_a_removed_row_is_found_and_named(trail):
    altered("DELETE FROM members_step WHERE id = %s", trail[3])
    [finding] = prove().findings
    assert "第 1 号封条" in finding and "少了 1 行，有记录被删除" in finding and f"至 {trail[9]}" in finding


def test_a_row_put_into_the_past_is_found_also_where_an_id_was_free(cast, trail):
    free = drawn(Step, 1)[0]  # as a transaction that was rolled back leaves it
    note(cast.fulian_org, "later", at=LATER)
    seal()
    altered(
        "INSERT INTO members_step (id, verb, from_state, to_state, at, reason, detail, thing_type_id, thing_id) "
        "SELECT %s, verb, '', '', at, '', '{}', thing_type_id, thing_id FROM members_step LIMIT 1",
        free,
    )
    [finding] = prove().findings
    assert "第 4 号封条" in finding and "多了 1 行，有记录是事后插入的" in finding


def test_a_cut_tail_of_rows_is_found(trail):
    altered("DELETE FROM members_step WHERE id > %s", trail[21])
    assert "第 3 号封条" in prove().findings[0] and "少了 3 行" in prove().findings[0]


def test_a_removed_seal_is_found_and_what_it_covered_is_named(trail):
    altered("DELETE FROM members_trailseal WHERE number = 2")
    missing, uncovered = prove().findings
    assert missing == "第 2 号封条不见了：封条被删除。"
    assert uncovered == f"members_step（办理记录） 编号 {trail[9] + 1} 至 {trail[19]} 没有封条。"


def test_a_changed_seal_is_found(trail):
    altered("UPDATE members_trailseal SET content = repeat('0', 64) WHERE number = 2")
    assert any("第 2 号封条（members_step）与自己的摘要不符" in finding for finding in prove().findings)


def test_a_seal_that_was_put_in_anothers_place_does_not_join_the_next(trail):
    forged = TrailSeal.objects.get(number=2)
    forged.content = "0" * 64
    forged.digest = forged.reckoned()
    with pgtrigger.ignore():
        forged.save()
    assert "第 3 号封条与前一号不衔接：前一号或它自己被换过。" in prove().findings


def test_a_chain_that_was_rewritten_whole_is_found_by_the_anchor_alone(trail, tmp_path):
    kept = tmp_path / "anchors"
    kept.write_text(f"# 每天一行\n{head()}\n", "utf-8")
    assert verified("--anchor", str(kept))[0] == 0
    altered("UPDATE members_step SET reason = '改过' WHERE id = %s", trail[0])
    altered("DELETE FROM members_trailseal")
    seal()
    assert verified()[0] == 0
    code, said = verified("--anchor", str(kept))
    assert code == 1 and "第 3 号封条与锚点" in said and "封条链被重写" in said


def test_a_chain_whose_tail_was_cut_with_its_rows_is_found_by_the_anchor_alone(trail):
    [anchor] = anchors_in(str(head()))
    altered("DELETE FROM members_step WHERE id > %s", trail[19])
    altered("DELETE FROM members_trailseal WHERE number = 3")
    assert prove().findings == []
    [finding] = prove([anchor]).findings
    assert "第 3 号封条" in finding and "只到第 2 号：链尾被截去" in finding


def test_older_anchors_hold_for_ever(cast, trail):
    first = head()
    note(cast.fulian_org, "later", at=LATER)
    seal()
    assert prove([first, head()]).findings == []


@pytest.mark.parametrize("text", ["", "# nothing\n", "1 abc 2026-01-01", f"0 {'0' * 64} 2026"])
def test_an_anchor_that_is_none_is_refused_with_how_to_mend_it(trail, tmp_path, text):
    kept = tmp_path / "anchors"
    kept.write_text(text, "utf-8")
    with pytest.raises(CommandError, match="audit_anchor"):
        verified("--anchor", str(kept))
    with pytest.raises(CommandError, match="读不到锚点文件"):
        verified("--anchor", str(tmp_path / "absent"))


def test_who_asked_is_sealed_with_each_history(cast):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', '6f1f38c4-64cb-4b11-9ab5-5b8f9d2a0a11', true)")
        cursor.execute("SELECT set_config('pghistory.context_metadata', '{\"user\": 1}', true)")
    Organization.objects.filter(pk=cast.fulian_org.pk).update(contact="另一人")
    seal()
    assert prove().findings == []
    altered("UPDATE pghistory_context SET metadata = '{\"user\": 2}'")
    [finding] = prove().findings
    assert finding.startswith("members_organizationevent（党组织）") and "内容不符" in finding


def test_a_history_waits_while_its_context_can_still_change(cast):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', '6f1f38c4-64cb-4b11-9ab5-5b8f9d2a0a12', true)")
        cursor.execute("SELECT set_config('pghistory.context_metadata', '{}', true)")
    Organization.objects.filter(pk=cast.fulian_org.pk).update(contact="另一人")
    seal_trail(timezone.now(), patience=0)
    assert not TrailSeal.objects.filter(table="members_organizationevent").exists()
    assert prove().unsealed == 1
    seal()
    assert prove().unsealed == 0


def test_what_is_poured_by_copy_is_sealed_as_well(cast, trail):
    first = Step.objects.get(pk=trail[0])
    same = {"thing_type_id": first.thing_type_id, "verb": "poured", "at": LATER, "detail": {"import": 1}}
    pour(Step, {"thing_id": list(range(1, 31))}, **same)
    assert seal().rows == 30
    altered("UPDATE members_step SET thing_id = -thing_id WHERE thing_id = 17 AND verb = 'poured'")
    assert len(prove().findings) == 1


def test_refusals_are_sealed(cast, trail):
    Denial.objects.create(at=LATER, method="POST", path="/x/", status=403, request_id="r")
    seal()
    altered("UPDATE members_denial SET status = 404")
    assert "members_denial（拒绝记录）" in prove().findings[0]


def test_the_purge_takes_nothing_of_the_trail(client, cast, trail):
    client.force_login(cast.fulian)
    assert Session.objects.count() == 1
    assert purging.purge(LATER + timedelta(days=4000)) > 0
    assert prove().findings == []


def test_task_and_commands_speak_the_same_verb(cast):
    with pytest.raises(CommandError, match="还没有封条"):
        call_command("audit_anchor")
    task()
    sealed, said = TrailSeal.objects.count(), io.StringIO()
    assert sealed
    call_command("audit_seal", stdout=said)
    assert said.getvalue() == "0 rows sealed by 0 seals\n"
    call_command("audit_anchor", stdout=said)
    assert anchors_in(said.getvalue().splitlines()[-1]) == [head()]


def test_a_table_that_went_cannot_be_proved_and_that_is_said(trail):
    altered("UPDATE members_trailseal SET columns = array_append(columns, 'gone')")
    assert any("无法复核：表或列（gone）已不存在" in finding for finding in prove().findings)


def test_a_column_that_came_later_is_sealed_from_then_on(cast, trail, monkeypatch):
    note(cast.fulian_org, "later", at=LATER)
    now = tables()
    before = [replace(table, columns=tuple(c for c in table.columns if c != "reason")) for table in now]
    monkeypatch.setattr("members.trail.seals.tables", lambda: before)
    assert seal().rows == 1
    monkeypatch.setattr("members.trail.seals.tables", lambda: now)
    note(cast.fulian_org, "last", at=LATER)
    assert seal().rows == 1
    assert prove().findings == []
    altered("UPDATE members_step SET reason = 'x' WHERE verb = 'later'")
    assert prove().findings == []
    altered("UPDATE members_step SET reason = 'x' WHERE verb = 'last'")
    assert len(prove().findings) == 1


def test_the_wall_and_the_seals_speak_of_the_same_columns_of_a_deed():
    [step] = [table for table in tables() if table.name == "members_step"]
    assert step.columns == SAID


# The walls -------------------------------------------------------------------------------------------------------


def test_every_table_of_the_trail_has_its_wall_and_the_deploy_check_names_one_that_is_down(db):
    assert open_tables("default") == []
    assert what_was_said_stays(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE listings_itemevent DISABLE TRIGGER USER")
    [found] = what_was_said_stays(databases=["default"])
    assert found.id == "members.E004" and "listings_itemevent" in found.msg


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE members_step SET reason = 'x'",
        "UPDATE members_step SET until = now(), detail = '{}'",
        "DELETE FROM members_step",
        "UPDATE members_denial SET status = 200",
        "DELETE FROM members_denial",
        "UPDATE members_organizationevent SET name = 'x'",
        "DELETE FROM members_organizationevent",
        "UPDATE members_trailseal SET rows = 0",
        "DELETE FROM members_trailseal",
    ],
)
def test_the_database_refuses_to_change_or_delete_what_was_said(cast, trail, deed):
    Denial.objects.create(at=LATER, method="POST", path="/x/", status=403, request_id="r")
    Organization.objects.filter(pk=cast.fulian_org.pk).update(contact="另一人")
    with pytest.raises(InternalError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)
    assert prove().findings == []


def test_nothing_in_the_house_goes_past_the_walls():
    """Whoever has the database can; no code of ours does."""
    sources = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    assert len(sources) > 500
    past = "pgtrigger.ignore", "session_replication_role", "DISABLE TRIGGER"
    assert not [path for path in sources if any(word in path.read_text("utf-8") for word in past)]
