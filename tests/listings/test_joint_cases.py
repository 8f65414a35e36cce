"""联动办案: several departments, measures of the case's own by period, corrected by counter entry only."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from listings.case_tables import by_department, by_period
from listings.models import JointCase, Record
from listings.periods import label_of
from listings.transitions import case as verbs
from listings.transitions import leave
from members.states import Refused
from tests.cast import NOW, again, join, organization
from tests.listings.projects import helpers

pytestmark = pytest.mark.django_db

HALF = {"period_from": date(2018, 7, 1), "period_to": date(2018, 12, 31)}


def refused(code):
    return pytest.raises(Refused, check=lambda error: error.code == code)


@pytest.fixture
def case(cast):
    """东石桥 leads, 妇联 takes part; measured by cases and by yuan."""
    return verbs.begin(
        cast.alliance, kind="joint", title="联动执行", lead=cast.dongshiqiao_org, departments=[cast.fulian_org],
        measures=[{"name": "执结案件", "unit": "件"}, {"name": "执行到位", "unit": "元", "exact": True}],
        begun_on=date(2018, 1, 1), by=cast.dongshiqiao, at=NOW,
    )  # fmt: skip


def reach(case, cast, value, name="执结案件", organ=None, **period):
    return verbs.record(
        case, measure=case.measures.get(name=name), organization=organ or cast.fulian_org, value=Decimal(value),
        **(HALF | period), by=cast.fulian, at=NOW,
    )  # fmt: skip


def sums(case, table=by_period):
    """Label -> the values of the measures."""
    return {line.label: [value for _m, value in line.values] for line in table(case, list(case.measures.all()))}


def test_totals_by_period_and_by_department(cast, case):
    reach(case, cast, "42")
    reach(case, cast, "31", organ=cast.dongshiqiao_org)
    reach(case, cast, "204000000.05", name="执行到位")
    reach(case, cast, "5", period_from=date(2019, 1, 1), period_to=date(2019, 3, 31))
    assert sums(case) == {"2019年第1季度": [5, None], "2018年下半年": [73, Decimal("204000000.05")]}
    assert sums(case, by_department) == {
        cast.dongshiqiao_org.label: [31, None], cast.fulian_org.label: [47, Decimal("204000000.05")],
    }  # fmt: skip


def test_a_wrong_line_is_taken_back_by_a_counter_entry_and_the_totals_follow(cast, case):
    wrong = reach(case, cast, "420")
    right = verbs.correct(wrong, value=Decimal(42), reason="多写一个零", by=cast.fulian, at=NOW)
    assert sums(case) == {"2018年下半年": [42, None]}
    assert list(Record.objects.order_by("pk").values_list("value", "standing")) == [
        (420, False), (-420, False), (42, True),
    ]  # fmt: skip
    with refused("reversed"):
        verbs.correct(wrong, reason="再来", by=cast.fulian, at=NOW)
    verbs.correct(right, reason="不该由我们登记", by=cast.fulian, at=NOW)
    assert sums(case) == {}
    assert reach(case, cast, "40").standing, "what was taken back may be entered anew"


@pytest.mark.parametrize(
    "period",
    [{}, {"period_from": date(2018, 9, 1)}, {"period_from": date(2018, 1, 1)}, {"period_to": date(2019, 1, 31)}],
)
def test_no_part_of_a_period_is_entered_twice(cast, case, period):
    reach(case, cast, "42")
    with refused("already_recorded"):
        reach(case, cast, "1", **period)


@pytest.mark.parametrize(
    ("name", "value", "period"),
    [
        ("执结案件", "-1", {}), ("执结案件", "1.5", {}), ("执行到位", "0.001", {}), ("执结案件", "NaN", {}),
        ("执结案件", "1", {"period_to": date(2019, 12, 31)}), ("执结案件", "1", {"period_from": date(2019, 1, 1)}),
        ("执结案件", "1", {"period_from": date(2017, 1, 1), "period_to": date(2017, 12, 31)}),
        ("执行到位", "1" * 17, {}),
    ],
)  # fmt: skip
def test_what_is_no_record_of_what_was_is_refused(cast, case, name, value, period):
    with pytest.raises(ValidationError):
        reach(case, cast, value, name=name, **period)


def test_only_who_takes_part_records_and_only_members_take_part(cast, case):
    with refused("not_taking_part"):
        reach(case, cast, "1", organ=cast.lushan_org)
    with refused("not_member"):
        verbs.take_in(case, departments=[cast.lushan_org], by=cast.dongshiqiao, at=NOW)
    with refused("known"):
        verbs.measure_by(case, name="执结案件", unit="件", by=cast.dongshiqiao, at=NOW)


def test_who_has_left_records_no_more_and_is_taken_in_once_however_often_named(cast, case):
    org, head = helpers(cast)
    verbs.take_in(case, departments=[org, org], by=cast.dongshiqiao, at=NOW)
    leave(cast.alliance.memberships.get(organization=org), by=again(head), at=NOW, reason="搬走")
    with refused("not_taking_part"):
        reach(case, cast, "1", organ=org)


def test_two_departments_of_one_name_keep_a_line_each(cast, case):
    twins = [organization("联动中队党支部", code) for code in ("150422", "1504")]
    for twin in twins:
        join(cast.alliance, twin)
    verbs.take_in(case, departments=twins, by=cast.dongshiqiao, at=NOW)
    for twin in twins:
        reach(case, cast, "7", organ=twin)
    lines = by_department(case, list(case.measures.all()))
    assert [line.values[0][1] for line in lines] == [7, 7]


def test_a_closed_case_takes_no_more_but_can_be_corrected(cast, case):
    line = reach(case, cast, "42")
    verbs.close_case(case, outcome="告一段落", by=cast.dongshiqiao, at=NOW)
    with refused("closed"):
        reach(case, cast, "1", period_from=date(2019, 1, 1), period_to=date(2019, 3, 31))
    verbs.correct(line, value=Decimal(43), reason="漏一件", by=cast.fulian, at=NOW)
    assert sums(case) == {"2018年下半年": [43, None]}


def test_nanyang_sees_nothing_and_records_nothing(cast, case, client):
    line = reach(case, cast, "42")
    for account, may in ((cast.chifeng, True), (cast.fulian, True), (cast.nanyang, False), (cast.lushan, False)):
        assert JointCase.objects.visible_to(again(account)).filter(pk=case.pk).exists() is may, account
        client.force_login(account)
        assert client.get(reverse("cases:export", args=[case.pk])).status_code == (200 if may else 404)
        assert client.get(f"/api/v1/case-records/{line.pk}/").status_code == (200 if may else 404)


def test_page_and_rest_take_the_same_step_and_say_the_same(cast, case, client):
    client.force_login(cast.fulian)
    words = {"organization": cast.fulian_org.pk, "measure": case.measures.first().pk, "value": "42", **HALF}
    assert client.post(reverse("cases:record", args=[case.pk]), words).status_code == 302
    other = words | {"period_from": "2019-01-01", "period_to": "2019-03-31"}
    answer = client.post(f"/api/v1/cases/{case.pk}/record/", other, content_type="application/json")
    assert [row["total"] for row in answer.json()["totals"]] == ["42.00", "42.00"]
    assert client.post(f"/api/v1/cases/{case.pk}/record/", other, content_type="application/json").status_code == 409
    assert "42" in client.get(reverse("cases:detail", args=[case.pk])).content.decode()
    sheet = client.get(reverse("cases:export", args=[case.pk]), {"format": "csv"})
    assert "执结案件" in b"".join(sheet.streaming_content).decode()
    theirs = other | {"organization": cast.dongshiqiao_org.pk}
    assert client.post(f"/api/v1/cases/{case.pk}/record/", theirs, content_type="application/json").status_code == 403


def test_lists_cost_the_same_with_one_case_and_with_three(cast, case, client, django_assert_max_num_queries):
    client.force_login(cast.chifeng)
    for _more in range(2):
        for url in (reverse("cases:list"), "/api/v1/cases/", reverse("cases:detail", args=[case.pk])):
            with django_assert_max_num_queries(32):
                assert client.get(url).status_code == 200
        for title in ("一", "二"):
            verbs.begin(
                cast.alliance, kind="joint", title=title, lead=cast.fulian_org, begun_on=date(2019, 1, 1),
                by=cast.dongshiqiao, at=NOW,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2020, 1, 1), date(2020, 6, 30), "2020年上半年"), (date(2018, 1, 1), date(2020, 12, 31), "2018—2020年"),
        (date(2019, 1, 1), date(2019, 12, 31), "2019年"), (date(2020, 2, 1), date(2020, 2, 29), "2020年2月"),
        (date(2019, 10, 1), date(2019, 12, 31), "2019年第4季度"), (date(2019, 1, 2), date(9999, 12, 31),
         "2019-01-02至9999-12-31"),
    ],
)  # fmt: skip
def test_a_period_is_named_as_offices_name_it(first, last, words):
    assert str(label_of(first, last)) == words
