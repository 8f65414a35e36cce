"""清单 and 活动 from spreadsheets: needs come in, what became of them does not; late records wait for another."""

import pytest

from alliances.importing.activity import ActivityImporter
from alliances.models import Activity, Session
from assessments.exports import BY_NAME
from listings import transitions as verbs
from listings.importing.listing import ListingImporter
from listings.models import Item, Listing
from members.models import Step
from members.spreadsheets import csv_lines
from members.states import Refused
from tests.cast import NOW
from tests.imports.conftest import counts, faults, handed_in, loaded, taken_back

pytestmark = pytest.mark.django_db
LISTS, ACTIVITIES = ListingImporter(), ActivityImporter()


def item(cast, **fields):
    """A problem of 东石桥 on the list of the first half of 2019."""
    return {
        "alliance_code": cast.alliance.code, "kind": "问题清单", "period_from": "2019-01-01", "period_to": "2019-06-30",
        "title": "井盖破损", "asked_code": cast.dongshiqiao_org.code, **fields,
    }  # fmt: skip


def activity(cast, **fields):
    """A theme day of 五金小区 held on the Friday before."""
    return {
        "alliance_code": cast.alliance.code, "kind": "主题党日", "title": "清理楼道", "planned_on": "2019-05-31",
        "host_code": cast.dongshiqiao_org.code, "held_on": "2019-05-31", "attended": cast.fulian_org.code, **fields,
    }  # fmt: skip


def out(kind, importer, things, user):
    return "".join(csv_lines(importer.heads, importer.exported(BY_NAME[kind].rows(user, things))))


def test_a_list_is_drawn_up_once_and_its_items_are_collected(cast):
    rows = [
        item(cast), item(cast, title="路灯不亮", collected_on="2019-05-20", capacity="2", for_resident="是"),
        item(cast, kind="供需", title="疏通管网", category="基础设施"),
    ]  # fmt: skip
    run = loaded(LISTS, rows, cast.lindong)
    assert counts(run) == (3, 0, 0, 0), faults(run)
    assert set(Listing.objects.values_list("kind", "state")) == {("problem", "draft"), ("supply_demand", "draft")}
    light = Item.objects.get(title="路灯不亮")
    assert (light.state, str(light.collected_on), light.capacity) == ("collected", "2019-05-20", 2)
    assert [(s.verb, s.to_state) for s in Step.objects.of(light)] == [("collect", "collected")]
    assert counts(handed_in(LISTS, rows, cast.lindong)) == (0, 0, 3, 0)


def test_a_member_writes_its_own_needs_on_a_list_that_is_there(cast):
    own = item(cast, title="妇联的需求", asked_code=cast.fulian_org.code)
    assert [fault[1] for fault in faults(handed_in(LISTS, [own], cast.fulian))] == ["清单起"]
    loaded(LISTS, [item(cast)], cast.dongshiqiao)
    run = handed_in(LISTS, [own, item(cast, title="替别人写")], cast.fulian)
    assert counts(run) == (1, 0, 0, 1)
    assert faults(run)[0][1] == "提出单位代码"


def test_words_are_corrected_until_the_item_is_open(cast):
    loaded(LISTS, [item(cast)], cast.dongshiqiao)
    changed = loaded(LISTS, [item(cast, detail="小区门口")], cast.dongshiqiao)
    assert counts(changed) == (0, 1, 0, 0)
    one = Item.objects.get()
    verbs.open_(one, by=cast.dongshiqiao, at=NOW)
    again = handed_in(LISTS, [item(cast, detail="另一处")], cast.dongshiqiao)
    assert faults(again)[0][1] == "说明"
    with pytest.raises(Refused):
        taken_back(changed)


def test_two_lists_of_a_kind_do_not_overlap(cast):
    rows = [item(cast), item(cast, title="另一件", period_to="2019-12-31")]
    assert [fault[1] for fault in faults(handed_in(LISTS, rows, cast.dongshiqiao))] == ["清单起"]


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"alliance_code": "LHT-411302-000001"}, "联合体编号"),
        ({"period_to": "2018-06-30"}, "清单止"),
        ({"due_on": "2019-06-02"}, "办理期限"),
        ({"collected_on": "2019-06-04"}, "提出日期"),
        ({"collected_on": "2018-12-31"}, "提出日期"),
        ({"capacity": "100"}, "需要几家"),
        ({"capacity": "-1"}, "需要几家"),
        ({"for_resident": "也许"}, "代居民提出"),
        ({"number": "WT-2019-999999"}, "事项编号"),
        ({"title": "长" * 81}, "事项"),
    ],
)
def test_a_bad_cell_of_an_item_is_named(cast, fields, column):
    assert [fault[1] for fault in faults(handed_in(LISTS, [item(cast, **fields)], cast.dongshiqiao))] == [column]


def test_what_lies_in_nanyang_answers_like_what_is_unknown(cast):
    for importer, make in ((LISTS, item), (ACTIVITIES, activity)):
        theirs, nobody = (
            faults(handed_in(importer, [make(cast, alliance_code=code)], cast.chifeng))
            for code in (cast.nanyang_alliance.code, "LHT-999999-000001")
        )
        assert [fault[1::2] for fault in theirs] == [fault[1::2] for fault in nobody]
        assert len(theirs) == 1


def test_undone_lists_and_items_are_gone_unless_somebody_has_claimed(cast):
    run = loaded(LISTS, [item(cast), item(cast, kind="供需")], cast.dongshiqiao)
    taken_back(run)
    assert not Item.objects.exists()
    assert not Listing.objects.exists()
    run = loaded(LISTS, [item(cast, kind="供需")], cast.dongshiqiao)
    one = Item.objects.get()
    verbs.open_(one, by=cast.dongshiqiao, at=NOW)
    verbs.claim(one, cast.fulian_org, by=cast.fulian, at=NOW)
    with pytest.raises(Refused) as held:
        taken_back(run)
    assert "认领" in held.value.message


def test_items_exported_and_imported_again_are_the_same(cast):
    loaded(
        LISTS,
        [item(cast, detail="一行\n两行", wants="=1+1"), item(cast, title="b", due_on="2019-08-01")],
        cast.dongshiqiao,
    )
    verbs.open_(Item.objects.first(), by=cast.dongshiqiao, at=NOW)
    before = out("listings", LISTS, Listing.objects.all(), cast.chifeng)
    run = handed_in(LISTS, before.encode(), cast.chifeng)
    assert (run.bad, run.good, run.same) == (0, 0, 2), faults(run)
    assert out("listings", LISTS, Listing.objects.all(), cast.chifeng) == before


def test_sessions_come_in_on_time_or_late(cast):
    rows = [
        activity(cast),
        activity(cast, held_on="2019-06-01", attended=f"{cast.fulian_org.code}；{cast.dongshiqiao_org.code}"),
        activity(cast, title="旧事", planned_on="2019-03-05", held_on="2019-03-05"),
        activity(cast, title="将来", planned_on="2019-07-01", held_on="", attended=""),
    ]  # fmt: skip
    run = loaded(ACTIVITIES, rows, cast.lindong)
    assert counts(run) == (4, 0, 0, 0), faults(run)
    assert "1 个场次是补录" in run.remarks[0]
    assert dict(Activity.objects.values_list("title", "state")) == {
        "清理楼道": "held",
        "旧事": "held",
        "将来": "planned",
    }
    assert Session.objects.counted().count() == 2
    late = Session.objects.get(late=True)
    assert Session.objects.confirmable_by(cast.balinzuo).filter(pk=late.pk).exists()
    assert not Session.objects.confirmable_by(cast.lindong).filter(pk=late.pk).exists()
    held = Activity.objects.get(title="清理楼道")
    assert [s.to_state for s in Step.objects.of(held) if s.to_state] == ["planned", "held"]
    assert counts(handed_in(ACTIVITIES, rows, cast.lindong)) == (0, 0, 4, 0)


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"held_on": "2019-06-04"}, "开展日期"),
        ({"held_on": "2019-02-01", "planned_on": "2019-03-01"}, "开展日期"),
        ({"planned_on": "2021-01-01", "held_on": ""}, "计划日期"),
        ({"attended": ""}, "参加组织代码"),
        ({"attended": "ORG-000099"}, "参加组织代码"),
        ({"host_code": "ORG-000007"}, "主办组织代码"),
        ({"kind": "聚餐"}, "类型"),
        ({"number": "HD-999999"}, "活动编号"),
        ({"session": "CC-x"}, "场次编号"),
    ],
)
def test_a_bad_cell_of_an_activity_is_named(cast, fields, column):
    run = handed_in(ACTIVITIES, [activity(cast, **fields)], cast.dongshiqiao)
    assert [fault[1] for fault in faults(run)] == [column]


def test_a_member_hosts_with_its_own_organisation_only(cast):
    run = handed_in(
        ACTIVITIES, [activity(cast), activity(cast, title="b", host_code=cast.fulian_org.code)], cast.fulian
    )
    assert counts(run) == (1, 0, 0, 1)


def test_what_is_recorded_is_not_rewritten_by_a_file(cast):
    loaded(ACTIVITIES, [activity(cast), activity(cast, title="计划", held_on="", attended="")], cast.dongshiqiao)
    rows = [
        activity(cast, place="另一处"),
        activity(cast, attended=cast.dongshiqiao_org.code),
        activity(cast, title="计划"),
    ]  # fmt: skip
    run = handed_in(ACTIVITIES, rows, cast.dongshiqiao)
    assert run.bad == 3
    more = loaded(ACTIVITIES, [activity(cast, held_on="2019-06-02")], cast.dongshiqiao)
    assert counts(more) == (1, 0, 0, 0)
    assert Activity.objects.get(title="清理楼道").sessions.count() == 2


def test_activities_exported_and_imported_again_are_the_same_and_undone_are_gone(cast):
    run = loaded(ACTIVITIES, [activity(cast, note="＝记录"), activity(cast, held_on="2019-06-01")], cast.dongshiqiao)
    before = out("activities", ACTIVITIES, Activity.objects.order_by("pk"), cast.chifeng)
    again = handed_in(ACTIVITIES, before.encode(), cast.chifeng)
    assert (again.bad, again.good, again.same) == (0, 0, 2), faults(again)
    taken_back(run)
    assert not Session.objects.exists()
    assert not Activity.objects.exists()
