"""党组织 from a spreadsheet: bad cells are named, good rows come in alone, twice is once, and it can be undone."""

import pytest

from members.importing import runs
from members.importing.organizations import OrganizationImporter
from members.models import ImportRun, Organization, Step
from members.spreadsheets import csv_lines
from members.states import Refused
from tests.cast import NOW, person
from tests.imports.conftest import counts, excel, faults, handed_in, loaded, taken_back

pytestmark = pytest.mark.django_db
IMPORTER = OrganizationImporter()


def org(known, **fields):
    """A good row; fields by column key."""
    return {
        "code": known, "name": f"{known}党支部", "kind": "党支部", "sector": "机关", "industry": "其他",
        "level": "旗县级", "ownership": "公有", "region_id": "150422", **fields,
    }  # fmt: skip


def test_new_changed_and_same_are_told_apart_and_nothing_is_written_before_the_confirmation(cast):
    fulian = cast.fulian_org
    above, top = cast.banner_org, cast.city_org
    run = handed_in(IMPORTER, [
        org("N-1"),
        org(fulian.code, name="巴林左旗妇女联合会党支部", industry="民政社会", parent_code=cast.banner_org.code),
        org(above.code, name=above.name, kind="党委", industry="党务", parent_code=top.code),
    ], cast.chifeng)  # fmt: skip
    assert counts(run) == (1, 1, 1, 0)
    assert not Organization.objects.filter(code="N-1").exists()
    fulian.refresh_from_db()
    assert fulian.name == "巴林左旗妇联党支部"


def test_applied_twice_is_applied_once(cast):
    rows = [org("N-1"), org("N-2", parent_code="N-1")]
    first = loaded(IMPORTER, rows, cast.chifeng)
    assert (first.state, counts(first)) == ("applied", (2, 0, 0, 0))
    again = handed_in(IMPORTER, rows, cast.chifeng)
    assert counts(again) == (0, 0, 2, 0)
    with pytest.raises(Refused):
        runs.order(again, by=cast.chifeng, at=NOW)
    made = Organization.objects.get(code="N-2")
    assert made.parent.code == "N-1"
    assert made.pinyin
    assert Step.objects.of(made).get().verb == "register"


def test_parents_may_come_after_their_children(cast):
    run = loaded(IMPORTER, [org("C", parent_code="B"), org("B", parent_code="A"), org("A")], cast.chifeng)
    assert counts(run) == (3, 0, 0, 0)
    assert Organization.objects.get(code="C").parent.parent.code == "A"


@pytest.mark.parametrize(
    ("field", "value", "column"),
    [
        ("name", "", "全称"),
        ("name", "长" * 121, "全称"),
        ("name", "妇联\u200b党支部", "全称"),
        ("name", "妇联\u202e党支部", "全称"),
        ("name", "两行\n名称", "全称"),
        ("code", "有汉字", "组织代码"),
        ("code", "X" * 33, "组织代码"),
        ("kind", "党小组", "组织类别"),
        ("sector", "工厂", "领域"),
        ("region_id", "999999", "区划代码"),
        ("region_id", "4113", "区划代码"),
        ("parent_code", "NIEMAND", "上级组织代码"),
        ("parent_code", "N-1", "上级组织代码"),
        ("short_name", "110105194912310 02X", "简称"),
    ],
)
def test_a_bad_cell_is_named_by_place_column_value_and_remedy(cast, field, value, column):
    run = handed_in(IMPORTER, [org("N-0"), org("N-1", **{field: value})], cast.chifeng)
    assert counts(run) == (1, 0, 0, 1)
    fault = run.faults.get()
    assert (fault.row, fault.column) == (3, column)
    assert fault.letter == "ABCDEFGHIJ"[[c.key for c in IMPORTER.columns].index(field)]
    assert fault.wrong
    assert fault.mend
    assert "1949" not in fault.value


def test_rows_beneath_a_bad_row_and_rows_in_a_circle_stay_outside(cast):
    run = handed_in(IMPORTER, [
        org("A", region_id="4113"), org("B", parent_code="A"), org("C", parent_code="B"),
        org("X", parent_code="Y"), org("Y", parent_code="X"), org("Z"),
    ], cast.chifeng)  # fmt: skip
    assert counts(run) == (1, 0, 0, 5)


def test_a_second_row_of_a_code_names_the_first(cast):
    run = handed_in(IMPORTER, [org("A"), org("A", name="另一个")], cast.chifeng)
    assert faults(run) == [("A3", "组织代码", "A", "与第 2 行重复")]


def test_what_lies_outside_answers_like_what_is_unknown(cast):
    theirs = handed_in(IMPORTER, [org("N-1", parent_code=cast.nanyang_org.code)], cast.chifeng)
    nobody = handed_in(IMPORTER, [org("N-1", parent_code="ORG-999999")], cast.chifeng)
    assert [f[3] for f in faults(theirs)] == [f[3] for f in faults(nobody)]
    taken = handed_in(IMPORTER, [org(cast.nanyang_org.code, name="南阳")], cast.chifeng)
    assert counts(taken) == (0, 0, 0, 1)
    assert cast.nanyang_org.name not in str(faults(taken))


def test_a_banner_imports_its_own_subtree_only(cast):
    run = handed_in(IMPORTER, [org("A"), org("B", region_id="150402")], cast.balinzuo)
    assert counts(run) == (1, 0, 0, 1)
    assert not IMPORTER.open_to(cast.lindong)
    assert not IMPORTER.open_to(cast.fulian)


def test_choices_are_taken_by_word_by_value_and_in_full_width(cast):
    run = handed_in(
        IMPORTER, [org("A", kind="branch"), org("B", kind=" 党支部 "), org("C", region_id="１５０４２２")], cast.chifeng
    )
    assert counts(run) == (3, 0, 0, 0)


def test_undone_what_was_made_goes_and_what_was_changed_is_as_before(cast):
    run = loaded(
        IMPORTER,
        [org("A"), org("B", parent_code="A"), org(cast.fulian_org.code, name="改了名", parent_code="A")],
        cast.chifeng,
    )
    assert counts(run) == (2, 1, 0, 0)
    undone = taken_back(run)
    assert undone.state == "undone"
    assert not Organization.objects.filter(code__in="AB").exists()
    cast.fulian_org.refresh_from_db()
    assert (cast.fulian_org.name, cast.fulian_org.parent) == ("巴林左旗妇联党支部", cast.banner_org)
    assert Step.objects.of(cast.fulian_org).last().verb == "undo_import"
    with pytest.raises(Refused):
        taken_back(run)


def test_what_something_stands_on_cannot_be_undone_and_it_is_said_what(cast):
    run = loaded(IMPORTER, [org("A")], cast.chifeng)
    person("张三", Organization.objects.get(code="A"))
    with pytest.raises(Refused) as held:
        taken_back(run)
    assert "党员" in held.value.message
    assert Organization.objects.filter(code="A").exists()


def test_what_was_changed_since_cannot_be_undone(cast):
    run = loaded(IMPORTER, [org(cast.fulian_org.code, name="改了名")], cast.chifeng)
    Organization.objects.filter(pk=cast.fulian_org.pk).update(name="又改了名")
    with pytest.raises(Refused) as held:
        taken_back(run)
    assert "修改" in held.value.message


def test_headings_that_do_not_fit_are_refused_as_a_whole(cast):
    for heads, word in (
        (["组织代码", "全称"], "缺少"),
        ([*IMPORTER.heads, "身份证号"], "身份证"),
        ([*IMPORTER.heads, "全称"], "两个"),
    ):
        run = handed_in(IMPORTER, "".join(csv_lines(heads, [["a"]])).encode(), cast.chifeng)
        assert run.state == "failed"
        assert word in run.trouble


def test_columns_that_nobody_knows_are_passed_over_and_named(cast):
    rows = [[*[org("A").get(c.key, "") for c in IMPORTER.columns], "x"]]
    run = handed_in(IMPORTER, "".join(csv_lines([*IMPORTER.heads, "备注"], rows)).encode(), cast.chifeng)
    assert counts(run) == (1, 0, 0, 0)
    assert "备注" in run.remarks[0]


def test_names_that_look_like_known_ones_are_remarked_upon(cast):
    run = handed_in(IMPORTER, [org("A", name="巴林左旗（妇联）党支部")], cast.chifeng)
    assert counts(run) == (1, 0, 0, 0)
    assert "看上去一样" in run.remarks[0]


def test_exported_and_imported_again_nothing_changes_and_the_next_export_is_the_same(cast):
    loaded(
        IMPORTER,
        [org("A", name="=1+1"), org("B", name="＋加号党支部", parent_code="A", short_name="'单引号")],
        cast.chifeng,
    )
    things = Organization.objects.directed_by(cast.chifeng).order_by("code")
    before = "".join(csv_lines(IMPORTER.heads, IMPORTER.exported(things)))
    run = handed_in(IMPORTER, before.encode(), cast.chifeng)
    assert (run.bad, run.good, run.same) == (0, 0, things.count())
    assert "".join(csv_lines(IMPORTER.heads, IMPORTER.exported(things.all()))) == before


def test_the_marked_file_holds_the_bad_rows_with_their_reasons_and_comes_back_once_mended(cast):
    run = handed_in(IMPORTER, [org("A"), org("B", kind="党小组"), org("C", kind="", name="")], cast.chifeng)
    heads, rows = runs.bad_rows(run)
    marked = list(rows)
    assert heads[-1] == "错误原因"
    assert [row[0] for row in marked] == ["B", "C"]
    assert "组织类别：没有这个选项" in marked[0][-1]
    assert marked[1][-1].count("没有填") == 2
    for row in marked:
        row[1], row[3] = "改好了", "党支部"
    mended = handed_in(IMPORTER, "".join(csv_lines(heads, marked)).encode(), cast.chifeng)
    assert counts(mended) == (2, 0, 0, 0)


def test_of_6800_rows_the_hundred_bad_ones_are_named_and_the_rest_come_in(cast, tmp_path):
    rows = [org(f"N-{n:05d}", parent_code=f"N-{n // 10:05d}" if n else "") for n in range(6_800)]
    bad = list(range(700, 6_800, 61))[:100]
    for n in bad:
        rows[n]["region_id"] = "4113"
    body = excel(IMPORTER, rows, tmp_path / "a.xlsx")
    run = loaded(IMPORTER, body, cast.chifeng)
    assert (run.state, counts(run)) == ("applied", (6_700, 0, 0, 100))
    named = list(run.faults.values_list("row", "letter", "column", "value"))
    assert named == [(n + 2, "I", "区划代码", "4113") for n in bad]
    again = handed_in(IMPORTER, body, cast.chifeng)
    assert counts(again) == (0, 0, 6_700, 100)


def test_a_worker_killed_between_two_batches_costs_nothing(cast, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 2)
    rows = [org(f"N-{n}", parent_code="N-0" if n else "") for n in range(5)]
    run = handed_in(IMPORTER, rows, cast.chifeng)
    runs.order(run, by=cast.chifeng, at=NOW)

    class Killed(BaseException):
        pass

    class Dying(OrganizationImporter):
        batches = 0

        def write(self, rows, run, *, at):
            self.batches += 1
            if self.batches == 2:
                raise Killed
            return super().write(rows, run, at=at)

    with pytest.raises(Killed):
        runs.advance(run, Dying(), at=NOW)
    assert Organization.objects.filter(code__startswith="N-").count() == 2
    ImportRun.objects.update(lease_until=None)
    assert runs.sweep({"organizations": IMPORTER}, at=NOW) == 1
    run.refresh_from_db()
    assert (run.state, counts(run)) == ("applied", (5, 0, 0, 0))
    taken_back(run)
    assert not Organization.objects.filter(code__startswith="N-").exists()


def test_a_file_that_nobody_can_finish_is_given_up(cast):
    run = runs.receive(IMPORTER, "a.csv", iter([b"x"]), by=cast.chifeng, at=NOW)
    ImportRun.objects.update(attempts=runs.ATTEMPTS)
    run = runs.advance(run, IMPORTER, at=NOW)
    assert run.state == "failed"
    assert runs.sweep({"organizations": IMPORTER}, at=NOW, wait=False) == 0


def test_after_its_term_the_file_its_faults_and_its_deeds_are_gone_and_the_counts_stay(cast, data_dir):
    run = loaded(IMPORTER, [org("A"), org("B", kind="")], cast.chifeng)
    assert runs.purge(at=NOW + runs.KEPT / 2) == 0
    assert runs.purge(at=NOW + runs.KEPT * 2) == 1
    assert not list((data_dir / "imports").iterdir())
    run.refresh_from_db()
    assert (counts(run), run.faults.count(), run.deeds.count()) == ((1, 0, 0, 1), 0, 0)
    with pytest.raises(Refused):
        taken_back(run)


def test_every_move_of_an_import_is_one_of_its_table(cast):
    run = loaded(IMPORTER, [org("A")], cast.chifeng)
    taken_back(run)
    steps = list(Step.objects.of(run).values_list("from_state", "to_state"))
    assert [to for _from, to in steps] == ["uploaded", "checking", "checked", "applying", "applied", "undone"]
    assert all(to in ImportRun.MOVES[before] for before, to in steps[1:])
