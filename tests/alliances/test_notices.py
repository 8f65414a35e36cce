"""Who hears of what: the outbox of alliances, told once, never to who did it."""

from datetime import date

import pytest

from alliances import transitions as verbs
from alliances.notices import WRITERS
from members.models import Notice
from members.notices import tell
from tests import cast as stage
from tests.cast import NOW


@pytest.fixture
def told(cast):
    """What has been told since: user names by text."""
    tell(WRITERS, NOW)
    Notice.objects.all().delete()

    def heard():
        tell(WRITERS, NOW)
        return {(notice.user.username, notice.text) for notice in Notice.objects.select_related("user")}

    return heard


@pytest.fixture
def draft(cast):
    return verbs.found(
        name="助餐联盟", region=cast.dongshiqiao_org.region, form="league", formation="non_established",
        lead=cast.dongshiqiao_org, supervising=cast.town_org, purpose="食堂、医院、志愿者要一起做",
        by=cast.dongshiqiao, at=NOW,
    )  # fmt: skip


def test_an_application_is_told_to_the_nearest_level_above(cast, draft, told):
    verbs.submit(draft, by=cast.dongshiqiao, at=NOW)
    assert told() == {("lindong", "“助餐联盟”申请成立，等待审批。")}


def test_a_return_is_told_to_the_lead_with_the_reason(cast, draft, told):
    verbs.submit(draft, by=cast.dongshiqiao, at=NOW)
    told()
    Notice.objects.all().delete()
    verbs.return_(draft, by=cast.lindong, at=NOW, reason="请征求成员意见")
    assert told() == {("dongshiqiao", "“助餐联盟”的申请被退回：请征求成员意见")}


def test_an_invitation_is_told_to_the_invited_and_the_answer_to_the_lead(cast, told):
    invitation = verbs.invite(cast.alliance, cast.lushan_org, by=cast.dongshiqiao, at=NOW)
    assert {who for who, _text in told()} == {"lushan"}
    Notice.objects.all().delete()
    verbs.decline(invitation, by=cast.lushan, at=NOW)
    assert told() == {("dongshiqiao", "一个受邀党组织答复不加入“五金小区基层治理共同体”。")}


def test_an_order_is_told_to_every_member_and_to_nobody_of_the_city_beside(cast, told):
    verbs.rectify(cast.alliance, by=cast.chifeng, at=NOW, reason="半年没有活动")
    assert {who for who, _text in told()} == {"dongshiqiao", "fulian"}


def test_the_end_is_told_to_those_who_were_members(cast, told):
    verbs.dissolve(cast.alliance, by=cast.chifeng, at=NOW, reason="任务完成")
    assert {who for who, _text in told()} == {"dongshiqiao", "fulian"}


def test_a_late_record_is_told_to_the_lead(cast, told):
    activity = verbs.plan(
        cast.alliance, kind="other", title="座谈", host=cast.fulian_org, planned_on=NOW.date(), by=cast.fulian, at=NOW
    )
    verbs.hold(activity, held_on=date(2019, 4, 1), organizations=[cast.fulian_org], by=cast.fulian, at=NOW)
    assert ("dongshiqiao", "“座谈”有补录的场次，等待复核。") in told()
    assert "nanyang" not in {who for who, _text in told()}


def test_a_newcomer_is_told_to_the_members_and_the_decision_to_newcomer_and_lead(cast, told):
    newcomer = verbs.apply(cast.alliance, cast.lushan_org, by=cast.lushan, at=NOW)
    asked = told()
    assert {who for who, _text in asked} == {"dongshiqiao", "fulian"}
    assert "鹿山社区党支部申请加入“五金小区基层治理共同体”，请在 06-10 前表决。" in {text for _who, text in asked}
    Notice.objects.all().delete()
    verbs.vote_on(newcomer, cast.dongshiqiao_org, agrees=True, by=cast.dongshiqiao, at=NOW)
    assert told() == set()  # how one votes is told to nobody
    verbs.vote_on(newcomer, cast.fulian_org, agrees=True, by=cast.fulian, at=NOW)
    said = "鹿山社区党支部获准加入“五金小区基层治理共同体”（2 票同意，0 票不同意）。"
    assert told() == {("lushan", said), ("dongshiqiao", said)}


def test_another_superior_and_a_merger_are_told_to_the_members(cast, told):
    verbs.place_under(cast.alliance, cast.banner_org, by=cast.balinzuo, at=NOW, reason="理顺关系")
    assert {who for who, _text in told()} >= {"dongshiqiao", "fulian"}
    Notice.objects.all().delete()
    other = stage.alliance("鹿山共同体", cast.lushan_org, cast.banner_org, [cast.dongshiqiao_org])
    told()
    Notice.objects.all().delete()
    verbs.merge(cast.alliance, other, by=cast.chifeng, at=NOW, reason="重复")
    heard = told()
    assert ("fulian", "“五金小区基层治理共同体”已并入“鹿山共同体”：重复") in heard
    assert ("fulian", "“鹿山共同体”邀请贵组织加入，请答复。") in heard
    assert ("lushan", "“五金小区基层治理共同体”并入“鹿山共同体”，它的成员收到了邀请。") in heard
