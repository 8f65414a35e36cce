"""党员 from and to spreadsheets: the least data, one's own people, persons out only with four eyes."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from assessments import approvals, exports
from members.importing.people import PartyMemberImporter
from members.models import ImportDeed, ImportFault, ImportRun, PartyMember, Step
from members.spreadsheets import csv_lines
from tests.cast import NOW, again, person
from tests.imports.conftest import counts, faults, handed_in, loaded, taken_back

pytestmark = pytest.mark.django_db
IMPORTER = PartyMemberImporter()
NUMBER = "11010519491231002X"


def one(cast, name="张三", **fields):
    return {"organization_code": cast.fulian_org.code, "name": name, "post": "委员", "since": "2018-05-01", **fields}


def test_an_organisation_brings_in_its_own_people_and_a_department_those_of_its_subtree(cast):
    theirs = one(cast, "李四", organization_code=cast.lushan_org.code)
    run = loaded(IMPORTER, [one(cast), theirs], cast.fulian)
    assert counts(run) == (1, 0, 0, 1)
    assert faults(run)[0][1] == "组织代码"
    assert counts(loaded(IMPORTER, [one(cast), theirs], cast.chifeng)) == (1, 0, 1, 0)
    assert PartyMember.objects.count() == 2


def test_an_identity_number_is_refused_by_name_and_kept_nowhere(cast):
    for fields, column in (
        ({"post": f"委员 {NUMBER}"}, "职务"), ({"phone": NUMBER}, "工作电话"), ({"post": "123456789012345678"}, "职务"),
        ({"name": "110105 1949 1231 002X"}, "姓名"),
    ):  # fmt: skip
        run = handed_in(IMPORTER, [{**one(cast), **fields}], cast.fulian)
        assert [fault[1] for fault in faults(run)] == [column]
    heads = [*IMPORTER.heads, "身份证号码"]
    refused = handed_in(IMPORTER, "".join(csv_lines(heads, [["a"]])).encode(), cast.fulian)
    assert refused.state == "failed"
    assert "身份证号码" in refused.trouble
    runs = ImportRun.objects.values("remarks", "trouble")
    kept = [*ImportFault.objects.values(), *ImportDeed.objects.values(), *runs]
    assert "1949" not in str(kept)
    assert not PartyMember.objects.exists()


def test_two_of_one_name_are_told_apart_by_their_numbers(cast):
    first, second = person("张三", cast.fulian_org), person("张三", cast.fulian_org)
    run = handed_in(IMPORTER, [one(cast)], cast.fulian)
    assert "同名" in faults(run)[0][3]
    run = loaded(IMPORTER, [one(cast, number=f"DY-{second.pk:06d}", post="书记")], cast.fulian)
    assert counts(run) == (0, 1, 0, 0)
    assert [PartyMember.objects.get(pk=p.pk).post for p in (first, second)] == ["", "书记"]
    theirs = person("王五", cast.lushan_org)
    other = handed_in(IMPORTER, [one(cast, number=f"DY-{theirs.pk:06d}")], cast.fulian)
    nobody = handed_in(IMPORTER, [one(cast, number="DY-999999")], cast.fulian)
    assert faults(other)[0][3] == faults(nobody)[0][3]


def test_a_masked_phone_that_comes_back_changes_nothing(cast):
    person("张三", cast.fulian_org, phone="13812345678", post="委员")
    rows = [one(cast, phone="138****5678", since="2018-01-01")]
    assert counts(handed_in(IMPORTER, rows, cast.fulian)) == (0, 0, 1, 0)
    rows[0]["phone"] = "0476-8888888"
    run = loaded(IMPORTER, rows, cast.fulian)
    assert counts(run) == (0, 1, 0, 0)
    taken_back(run)
    assert PartyMember.objects.get().phone == "13812345678"


def test_faults_show_no_full_phone(cast):
    run = handed_in(IMPORTER, [one(cast, phone="13812345678转分机")], cast.fulian)
    assert "12345" not in run.faults.get().value


def test_exported_and_imported_again_nothing_changes(cast):
    loaded(IMPORTER, [one(cast), one(cast, "李四", phone="0476-7654321", post="=书记")], cast.fulian)
    people = PartyMember.objects.order_by("pk")
    before = "".join(csv_lines(IMPORTER.heads, IMPORTER.exported(people)))
    run = handed_in(IMPORTER, before.encode(), cast.fulian)
    assert (run.bad, run.good, run.same) == (0, 0, 2)


def test_a_department_fetches_persons_only_with_a_second_person_and_only_for_a_day(cast):
    person("张三", cast.fulian_org)
    person("外地人", cast.dongguan_org)
    with pytest.raises(PermissionDenied):
        exports.people_of(cast.balinzuo, at=NOW)
    asked = exports.ask_for_people(cast.balinzuo, at=NOW, reason="核对名单")
    with pytest.raises(PermissionDenied):
        approvals.approve(asked, by=cast.balinzuo, at=NOW)
    approvals.approve(asked, by=cast.chifeng, at=NOW)
    rows = list(exports.export_people(cast.balinzuo, at=NOW))
    assert [row[2] for row in rows] == ["张三"]
    step = Step.objects.get(verb="export_people")
    assert (step.by, step.detail["people"], step.reason) == (cast.balinzuo, 1, "核对名单")
    for who, when in ((cast.balinzuo, NOW + timedelta(hours=25)), (cast.chifeng, NOW)):
        with pytest.raises(PermissionDenied):
            exports.people_of(who, at=when)


def test_who_loses_the_post_loses_the_file(cast):
    approvals.approve(exports.ask_for_people(cast.balinzuo, at=NOW, reason="x"), by=cast.chifeng, at=NOW)
    cast.balinzuo.roles.update(until=NOW.date())
    with pytest.raises(PermissionDenied):
        exports.people_of(again(cast.balinzuo), at=NOW)


def test_an_organisation_fetches_its_own_people_and_no_others(cast):
    person("张三", cast.fulian_org)
    person("李四", cast.lushan_org)
    assert [row[2] for row in exports.export_people(cast.fulian, at=NOW)] == ["张三"]
    with pytest.raises(PermissionDenied):
        exports.ask_for_people(cast.fulian, at=NOW, reason="x")
