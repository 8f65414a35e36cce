"""The report without a crowd around it: what was late then, what stands out, the file, the number of statements."""

import io
from datetime import date

import openpyxl
import pytest
from django.contrib.contenttypes.models import ContentType

from alliances.models import Alliance
from listings.metrics.terms import overdue_at
from listings.models import Extension, Item, Listing, Pause
from members.models import Step
from tests.cast import again, alliance, at


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to("2020-06-01T02:00:00Z")


@pytest.fixture
def see(see):
    return lambda account, path="/reports/", **params: see(account, path, **params)


def grid(page, key):
    return next(one for one in page.context["report"].grids if one.key == key)


def test_no_name_becomes_a_formula_in_the_workbook(see, cast):
    Alliance.objects.filter(pk=cast.alliance.pk).update(name='=HYPERLINK("http://x")')
    answer = see(cast.chifeng, "/reports/workbook/", region="150422404002", period="2019-04")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cell = book["各联合体情况"]["A2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")', "s")


@pytest.fixture
def late(cast):
    """An item that was due on 10 April 2019 and stood claimed from 1 April on."""
    listing = Listing.objects.create(
        alliance=cast.alliance, region_id=cast.alliance.region_id, kind="supply_demand",
        created_at=at(date(2019, 1, 1)), period_from=date(2019, 1, 1), period_to=date(2019, 6, 30),
    )  # fmt: skip
    item = Item.objects.create(
        listing=listing, alliance=cast.alliance, region_id=listing.region_id, kind=listing.kind, title="修路灯",
        state="claimed", asked_by=cast.alliance.lead, collected_on=date(2019, 3, 20), due_on=date(2019, 4, 10),
    )  # fmt: skip
    kind = ContentType.objects.get_for_model(Item)
    Step.objects.create(thing_type=kind, thing_id=item.pk, verb="claim", to_state="claimed", at=at(date(2019, 4, 1)))
    return item


def test_what_was_late_then_is_late_whatever_was_granted_since(see, cast, late):
    def rows():
        return [(row[0].words, row[4].value) for row in grid(see(cast.chifeng, period="2019-04"), "overdue").rows]

    assert rows() == [("修路灯", 20)]
    Extension.objects.create(
        item=late, state="granted", organization=cast.fulian_org, due_on=late.due_on, until=date(2019, 6, 30),
        reason="等料", asked_at=at(date(2019, 5, 2)), decided_at=at(date(2019, 5, 3)),
    )  # fmt: skip
    Item.objects.filter(pk=late.pk).update(due_on=date(2019, 6, 30))
    assert rows() == [("修路灯", 20)]
    assert not overdue_at(date(2019, 5, 31)).exists()
    Pause.objects.create(
        item=late, waits_for="供电", reason="停电", due_on=late.due_on, days_left=0, paused_at=at(date(2019, 4, 20))
    )
    assert rows() == [], "who waits for others is not late"


def test_of_two_who_asked_for_longer_the_term_that_the_first_was_granted_held_meanwhile(cast, late):
    """Both asked while it was due on the same day; the second is granted after the first has moved the term."""
    asked = {"item": late, "due_on": late.due_on, "reason": "等料", "state": "granted"}
    asked["asked_at"] = at(date(2019, 4, 2))
    Extension.objects.create(
        **asked, organization=cast.fulian_org, until=date(2019, 6, 30), decided_at=at(date(2019, 4, 5)),
        stood_on=late.due_on,
    )  # fmt: skip
    Extension.objects.create(
        **asked, organization=cast.dongshiqiao_org, until=date(2019, 7, 31), decided_at=at(date(2019, 5, 10)),
        stood_on=date(2019, 6, 30),
    )  # fmt: skip
    Item.objects.filter(pk=late.pk).update(due_on=date(2019, 7, 31))
    assert not overdue_at(date(2019, 4, 30)).exists()


def test_what_stands_out_is_said_with_its_number(see, cast, late):
    said = "".join(see(cast.chifeng, period="2019-07").context["report"].standouts)
    assert "到期末 90 天内既没有活动也没有会议的联合体 1 个：五金小区基层治理共同体。" in said
    assert "期末逾期未办结的事项 1 项。" in said
    assert "有联合体而期内没有认领事项的地区 1 个：巴林左旗。" in said


def test_the_number_of_statements_does_not_grow_with_the_data(cast, client, django_assert_max_num_queries):
    for more in (0, 2):
        for n in range(more):
            alliance(f"又一个{more}{n}", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org])
        client.force_login(again(cast.chifeng))
        with django_assert_max_num_queries(125):
            client.get("/reports/", {"period": "2019-04"})
