"""The working calendar: holidays and make-up days as data, counted in a second way, and extended by an operator."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as some

from alliances.models import Holiday
from alliances.working_days import Calendar, comes_late, shipped, working_days_after
from tests.alliances.notices_on_holidays import counted_between, counted_on, worked
from tests.cast import at

TABLE = [line.split() for line in """
2024-01-02 5  2024-01-09
2024-02-02 1  2024-02-04
2024-02-02 5  2024-02-08
2024-02-09 1  2024-02-18
2024-02-08 3  2024-02-19
2024-04-03 1  2024-04-07
2024-04-03 6  2024-04-12
2024-04-26 2  2024-04-29
2024-04-30 1  2024-05-06
2024-04-30 6  2024-05-11
2024-06-07 1  2024-06-11
2024-09-13 1  2024-09-14
2024-09-14 3  2024-09-20
2024-09-27 2  2024-09-30
2024-09-30 5  2024-10-12
2024-12-31 1  2025-01-02
2025-01-24 1  2025-01-26
2025-01-26 2  2025-02-05
2025-01-27 4  2025-02-08
2025-04-03 1  2025-04-07
2025-04-25 1  2025-04-27
2025-04-30 1  2025-05-06
2025-05-30 1  2025-06-03
2025-09-26 3  2025-09-30
2025-09-30 1  2025-10-09
2025-09-30 3  2025-10-11
2025-12-31 1  2026-01-04
2026-02-13 1  2026-02-14
2026-02-14 1  2026-02-24
2026-02-24 4  2026-02-28
2026-04-03 1  2026-04-07
2026-04-30 4  2026-05-09
2026-06-18 1  2026-06-22
2026-09-18 1  2026-09-20
2026-09-24 1  2026-09-28
2026-09-30 3  2026-10-10
2026-10-10 1  2026-10-12
2026-12-01 20 2026-12-29
""".strip().splitlines()]  # fmt: skip
SHIPPED = Calendar(shipped())
DAYS = some.dates(date(2024, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(("first", "count", "last"), TABLE)
def test_terms_over_the_holidays_of_2024_to_2026(first, count, last):
    first, count, last = date.fromisoformat(first), int(count), date.fromisoformat(last)
    assert SHIPPED.after(first, count) == counted_on(first, count) == last
    assert SHIPPED.between(first, last) == counted_between(first, last) == count


def test_every_day_of_the_three_years_is_worked_or_not_as_the_notices_say():
    days = (date(2024, 1, 1) + timedelta(days=n) for n in range(3 * 365 + 1))
    assert [day for day in days if SHIPPED.works_on(day) != worked(day)] == []


@given(DAYS, DAYS)
def test_what_lies_between_two_days_is_what_one_counts_one_by_one(one, other):
    first, last = sorted((one, other))
    assert SHIPPED.between(first, last) == counted_between(first, last) == -SHIPPED.between(last, first)


def test_the_notices_of_2018_to_2026_are_shipped_each_with_its_new_year():
    assert [year for year in range(2018, 2028) if not SHIPPED.knows(year)] == [2027]
    assert SHIPPED.unannounced(date(2026, 12, 20), date(2027, 1, 5)) == [2027]


def test_a_term_ends_with_the_calendar_at_the_latest():
    assert SHIPPED.after(date(9999, 12, 30), 20) == date.max
    assert SHIPPED.between(date(2024, 1, 1), date(9999, 12, 31)) > 2_000_000


@pytest.mark.parametrize(("day", "hour", "minute", "open_"), [
    (date(2026, 3, 2), 8, 59, False), (date(2026, 3, 2), 9, 0, True), (date(2026, 3, 2), 16, 59, True),
    (date(2026, 3, 2), 17, 0, False), (date(2026, 3, 2), 0, 0, False), (date(2026, 3, 1), 10, 0, False),
    (date(2026, 2, 28), 10, 0, True), (date(2026, 2, 17), 10, 0, False),
])  # fmt: skip
def test_office_hours_are_nine_to_five_on_working_days_and_make_up_days(day, hour, minute, open_):
    assert SHIPPED.in_office_hours(at(day, hour).replace(minute=minute)) is open_


# 2019: Qingming is 5-7 April; 1-4 May off, 28 April and 5 May are make-up days; 7-9 June off
@pytest.mark.parametrize(("held_on", "recorded_on", "late"), [
    (date(2019, 6, 3), date(2019, 6, 3), False),
    (date(2019, 6, 3), date(2019, 6, 11), False),  # 4, 5, 6, 10, 11: the fifth working day
    (date(2019, 6, 3), date(2019, 6, 12), True),
    (date(2019, 4, 26), date(2019, 5, 6), False),  # 28, 29, 30 April, 5, 6 May
    (date(2019, 4, 26), date(2019, 5, 7), True),
    (date(2019, 3, 1), date(2019, 12, 31), True),
])  # fmt: skip
def test_late_is_counted_in_working_days_with_holidays_and_make_up_days(db, held_on, recorded_on, late):
    assert comes_late(held_on, recorded_on, 5) is late


def test_a_year_without_a_notice_on_holidays_is_refused_by_name(db):
    with pytest.raises(ValidationError) as wrong:
        comes_late(date(2003, 5, 1), date(2003, 6, 1), 5)
    assert "2003" in wrong.value.messages[0]
    assert comes_late(date(2003, 5, 1), date(2003, 5, 3), 5) is False


def test_a_calendar_is_one_query_however_many_days_are_asked(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        working_days_after(date(2026, 3, 2), 250)
    with django_assert_num_queries(1):
        comes_late(date(2024, 3, 1), date(2026, 3, 2), 200)


def load(tmp_path, text, encoding="utf-8"):
    path, out, err = tmp_path / "2027.csv", StringIO(), StringIO()
    path.write_text("day,name,working\n" + text, encoding=encoding)
    try:
        call_command("load_holidays", path, stdout=out, stderr=err)
    except CommandError as refused:
        return out.getvalue(), err.getvalue() + str(refused)
    return out.getvalue(), err.getvalue()


def test_an_operator_loads_the_notice_of_a_new_year_twice_and_corrects_it(db, tmp_path):
    notice = "2027-01-01,元旦,放假\n2027-01-04,元旦,0\n2027-01-09,元旦,上班\n"
    with pytest.raises(ValidationError, match="2027"):
        comes_late(date(2026, 12, 28), date(2027, 1, 15), 5)
    assert "3 new or changed" in load(tmp_path, notice, "gb18030")[0]
    assert " 0 new or changed" in load(tmp_path, notice)[0]
    assert working_days_after(date(2026, 12, 31), 5) == date(2027, 1, 9)  # 5, 6, 7, 8 and the make-up Saturday
    load(tmp_path, "2027-01-04,元旦,1\n")
    assert working_days_after(date(2026, 12, 31), 5) == date(2027, 1, 8)
    assert Holiday.objects.count() == 3


def test_bad_rows_are_named_by_line_and_the_good_ones_are_loaded(db, tmp_path):
    rows = "2027-02-30,春节,0\n2027-02-06,春节,maybe\n2027-02-07,,0\n2027-02-08,春节,0\n2027-02-08,春节,1\n早,春节,0\n"
    _out, err = load(tmp_path, rows)
    assert [line.partition(":")[0] for line in err.splitlines()[:5]] == [f"line {n}" for n in (2, 3, 4, 6, 7)]
    assert "2027 has no 1 January" in err
    assert "5 rows were refused" in err
    assert Holiday.objects.values_list("day", flat=True).get() == date(2027, 2, 8)


@pytest.mark.parametrize("raw", [b"", b"date,name\n2027-01-01,x\n", b"\xff\xfe\x00\x01"])
def test_what_is_no_such_file_is_said_to_be_none(db, tmp_path, raw):
    (tmp_path / "odd.csv").write_bytes(raw)
    with pytest.raises(CommandError, match=r"odd\.csv"):
        call_command("load_holidays", tmp_path / "odd.csv")
