"""The service catalogue as a sheet: new ones are listed, known ones revised, what went out comes back unchanged."""

import pytest

from assessments.exports import BY_NAME
from assessments.imports import BY_KIND
from listings.models import Service
from listings.transitions import list_service
from members.models import Step
from members.spreadsheets import csv_lines
from tests.cast import NOW
from tests.imports.conftest import counts, faults, handed_in, loaded, taken_back

pytestmark = pytest.mark.django_db
IMPORTER = BY_KIND["services"]
WORDS = {
    "title": "高龄津贴", "basis": "老年人权益保障法", "steps": "登记\n审核\n发放", "documents": "户口簿",
    "working_days": 15, "phone": "0476-1234567",
}  # fmt: skip


@pytest.fixture
def known(cast):
    return list_service(cast.fulian_org, **WORDS, by=cast.fulian, at=NOW)


def line(cast, **words):
    return {"department_code": cast.fulian_org.code} | {key: str(value) for key, value in (WORDS | words).items()}


def test_a_department_lists_and_revises_and_nothing_changes_for_nothing(cast, known):
    sheet = [line(cast), line(cast, title="临时救助", region_code="150422404", working_days="10")]
    run = loaded(IMPORTER, sheet, cast.fulian)
    assert counts(run) == (1, 0, 1, 0)
    made = Service.objects.get(title="临时救助")
    assert (made.region_id, made.step_lines, made.version) == ("150422404", ["登记", "审核", "发放"], 1)
    again = loaded(IMPORTER, [line(cast, steps="登记\n发放")], cast.fulian)
    assert counts(again) == (0, 1, 0, 0)
    known.refresh_from_db()
    assert (known.step_lines, known.version, known.revised_on) == (["登记", "发放"], 2, NOW.date())
    assert Step.objects.of(known).filter(verb="revise_service", detail__version=2).exists()
    taken_back(again)
    known.refresh_from_db()
    assert (known.step_lines, known.version) == (["登记", "审核", "发放"], 1)


def test_what_went_out_comes_back_without_a_change_and_phones_stay_hidden(cast, known):
    rows = list(IMPORTER.exported(BY_NAME["services"].things(cast.fulian)))
    assert "0476-1234567" not in str(rows)
    body = "".join(csv_lines(IMPORTER.heads, rows)).encode()
    assert counts(handed_in(IMPORTER, body, cast.fulian)) == (0, 0, 1, 0)
    known.refresh_from_db()
    assert known.phone == "0476-1234567"
    assert not list(IMPORTER.exported(BY_NAME["services"].things(cast.nanyang)))


@pytest.mark.parametrize(("change", "column"), [
    ({"department_code": "NO-SUCH"}, "承办部门代码"), ({"working_days": "0"}, "办理时限（工作日）"),
    ({"basis": ""}, "依据"),
    ({"region_code": "1504"}, "适用地区代码"), ({"title": "办" * 61}, "服务事项"), ({"phone": "打给小王"}, "工作电话"),
])  # fmt: skip
def test_what_is_wrong_is_named_by_its_cell(cast, change, column):
    run = handed_in(IMPORTER, [line(cast) | change], cast.fulian)
    assert [fault[1] for fault in faults(run)] == [column]
    assert not Service.objects.exists()


def test_nobody_writes_for_a_department_of_others(cast):
    run = handed_in(IMPORTER, [line(cast)], cast.nanyang)
    assert [fault[3] for fault in faults(run)] == ["没有这个代码，或它不在您的范围内"]
