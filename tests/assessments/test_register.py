"""一表通: all that the house knows of an alliance on one sheet, for those who may see it; and the list as a file."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from alliances import transitions as together
from alliances.models import Alliance, Arrangement, Fact, Post
from assessments.register import SECTIONS, sheet_of
from tests.cast import NOW, again, alliance, join, organization
from tests.listings.conftest import item_on, list_of

TODAY = date(2019, 6, 20)


def a_full_alliance(cast, n=1):
    """Something for every section that needs no year to pass."""
    needs = list_of(cast.alliance, cast.dongshiqiao, kind=("supply_demand", "project", "resource")[n - 1])
    item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="垃圾清运")
    activity = together.plan(
        cast.alliance, kind="theme_day", title="清洁楼道", host=cast.fulian_org, planned_on=NOW.date(), by=cast.fulian,
        at=NOW,
    )  # fmt: skip
    together.hold(activity, held_on=NOW.date(), organizations=[cast.fulian_org], by=cast.fulian, at=NOW)
    Post.objects.create(
        alliance=cast.alliance, person="牛志国", title="第一书记", organization=cast.fulian_org, state="standing",
        since=date(2019, 3, 1), until=date(2022, 2, 28),
    )  # fmt: skip
    Arrangement.objects.create(alliance=cast.alliance, text="每月一次例会")
    Fact.objects.create(alliance=cast.alliance, name="覆盖居民", value=1200, unit="户", source="PD2009")
    alliance(f"第{n}联合党支部", cast.dongshiqiao_org, cast.town_org, parent=cast.alliance)


def told(cast, user):
    row = Alliance.objects.with_counts().get(pk=cast.alliance.pk)
    return {section.key: body for section, body in sheet_of(row, again(user), TODAY)}


def test_the_sheet_tells_all_that_is_known(cast):
    a_full_alliance(cast)
    sheet = told(cast, cast.balinzuo)
    assert set(sheet) >= {
        "identity", "members", "leadership", "nested", "arrangements", "figures", "lists", "items", "activities",
        "facts",
    }  # fmt: skip
    pairs = {str(name): str(value) for name, value in sheet["identity"].pairs}
    assert pairs["牵头党组织"] == "东石桥社区党总支"
    assert pairs["联建方式"] == "跨领域、跨行业、跨层级"
    assert [row[1] for row in sheet["members"].rows] == ["牵头", "成员"]
    assert {str(k): v for k, v in sheet["figures"].pairs}["活动"] == "1 场"
    assert sheet["facts"].rows[0][1] == "1200户"
    assert list(sheet) == [section.key for section in SECTIONS if section.key in sheet]


def test_a_bare_alliance_leaves_empty_sections_out(cast):
    assert set(told(cast, cast.balinzuo)) == {"identity", "members", "figures"}


def test_who_is_only_invited_reads_no_work_on_the_sheet(cast):
    a_full_alliance(cast)
    together.invite(cast.alliance, cast.lushan_org, by=cast.dongshiqiao, at=NOW)
    assert not {"lists", "items", "activities"} & set(told(cast, cast.lushan))


def test_the_sheet_costs_as_many_queries_for_three_rows_as_for_one(client, cast, time_machine):
    time_machine.move_to("2019-06-20T02:00:00Z")
    client.force_login(cast.balinzuo)
    url, counts = reverse("register:sheet", args=[cast.alliance.pk]), []
    for n in (1, 2, 3):
        a_full_alliance(cast, n)
        join(cast.alliance, organization(f"成员{n}党支部", "150422"))
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2], counts
    assert counts[0] <= 60


def test_long_lists_are_cut_and_say_so(cast):
    for n in range(65):
        join(cast.alliance, organization(f"成员{n}党支部", "150422"))
    members = told(cast, cast.balinzuo)["members"]
    assert len(members.rows) == 60
    assert "67" in members.note


def test_what_people_typed_is_shown_as_text(client, cast):
    Alliance.objects.filter(pk=cast.alliance.pk).update(purpose="<script>alert(1)</script>")
    client.force_login(cast.balinzuo)
    text = client.get(reverse("register:sheet", args=[cast.alliance.pk])).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def exported(client, user, kind="csv", **params):
    client.force_login(again(user))
    answer = client.get(reverse(f"register:{kind}"), params)
    assert answer.status_code == 200
    if kind == "csv":
        return list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    return [list(row) for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_holds_the_rows_of_the_list_and_no_other(client, cast, form):
    alliance("东关外联盟", cast.dongshiqiao_org, cast.town_org, form="league")
    head, *rows = exported(client, cast.balinzuo, form)
    assert {row[1] for row in rows} == {"五金小区基层治理共同体", "东关外联盟"}
    assert head[:2] == ["编号", "名称"]
    assert [row[1] for row in exported(client, cast.balinzuo, form, form="league")[1:]] == ["东关外联盟"]
    assert [row[1] for row in exported(client, cast.nanyang, form)[1:]] == ["东关片区党建联盟"]
    assert exported(client, cast.lushan, form)[1:] == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_of_the_file_is_a_formula(client, cast, form):
    Alliance.objects.filter(pk=cast.alliance.pk).update(name="=HYPERLINK(1)")
    (row,) = exported(client, cast.balinzuo, form)[1:]
    assert row[1] == ("'=HYPERLINK(1)" if form == "csv" else "=HYPERLINK(1)")


def test_an_odd_question_is_no_file(client, cast):
    client.force_login(cast.balinzuo)
    assert client.get(reverse("register:csv"), {"state": "nonsense"}).status_code == 400
    assert client.get(reverse("register:xlsx"), {"region": "x" * 10_000}).status_code == 400


def test_the_file_costs_the_same_queries_for_three_rows_as_for_one(client, cast):
    counts = []
    for n in range(3):
        alliance(f"第{n}联盟", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org])
        exported(client, cast.balinzuo)
        with CaptureQueriesContext(connection) as asked:
            exported(client, cast.balinzuo)
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2], counts
