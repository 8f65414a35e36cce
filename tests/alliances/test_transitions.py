"""Every verb from every state: what moves, what is refused, and what is true afterwards."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliances import transitions as verbs
from alliances.models import Activity, Alliance, Chain, DemonstrationSite, Membership
from members.models import Organization, Step
from members.states import Refused
from tests import cast as stage
from tests.cast import NOW, again, at

STATES = [state.value for state in Alliance.State]
ORDER = {"reason": "半年没有开展活动"}
VERBS = {
    "submit": (verbs.submit, {}, {"draft": "submitted", "returned": "submitted"}),
    "approve": (verbs.approve, {}, {"submitted": "active"}),
    "return": (verbs.return_, ORDER, {"submitted": "returned"}),
    "withdraw": (verbs.withdraw, {}, {"draft": "dissolved", "returned": "dissolved"}),
    "rectify": (verbs.rectify, ORDER, {"active": "rectifying"}),
    "reinstate": (verbs.reinstate, ORDER, {"rectifying": "active"}),
    "prolong": (verbs.reinstate, ORDER | {"passed": False}, {"rectifying": "rectifying"}),
    "reward": (verbs.reward, ORDER | {"what": "下年度项目资金倾斜"}, {"active": "active"}),
    "dissolve": (verbs.dissolve, ORDER, {"active": "dissolved", "rectifying": "dissolved"}),
    "edit": (verbs.edit, {"name": "改个名字"}, {s: s for s in STATES if s not in {"merged", "dissolved"}}),
}


def put_into(alliance, state, **fields):
    """The alliance as if it had come to that state by itself."""
    ended = stage.FOUNDED if state in {"merged", "dissolved"} else None
    Alliance.objects.filter(pk=alliance.pk).update(state=state, ended_on=ended, **fields)
    alliance.refresh_from_db()
    return alliance


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_moves_from_its_states_and_is_refused_from_all_others(cast, verb, state):
    speak, words, ways = VERBS[verb]
    alliance = put_into(cast.alliance, state, purpose="一家办不成")
    if state in ways:
        speak(alliance, by=cast.chifeng, at=NOW, **words)
    else:
        with pytest.raises(Refused):
            speak(alliance, by=cast.chifeng, at=NOW, **words)
    alliance.refresh_from_db()
    assert alliance.state == ways.get(state, state)


@pytest.mark.parametrize("state", STATES)
def test_a_convened_alliance_starts_from_its_draft_only(cast, state):
    alliance = put_into(cast.alliance, state, formation="convened")
    if state == "draft":
        assert verbs.activate(alliance, by=cast.dongshiqiao, at=NOW).state == "active"
        return
    with pytest.raises(Refused):
        verbs.activate(alliance, by=cast.dongshiqiao, at=NOW)


def test_a_non_established_organisation_is_never_started_without_approval(cast):
    with pytest.raises(Refused) as refused:
        verbs.activate(put_into(cast.alliance, "draft"), by=cast.dongshiqiao, at=NOW)
    assert refused.value.code == "needs_approval"


def test_an_agreement_is_never_submitted(cast):
    with pytest.raises(Refused) as refused:
        verbs.submit(put_into(cast.alliance, "draft", formation="agreement"), by=cast.dongshiqiao, at=NOW)
    assert refused.value.code == "needs_no_approval"


@pytest.fixture
def draft(cast):
    """东石桥 applies for a new alliance; nobody has joined yet but itself."""
    return verbs.found(
        name="东石桥养老服务共同体", region=cast.dongshiqiao_org.region, form="joint_committee",
        formation="non_established", lead=cast.dongshiqiao_org, supervising=cast.town_org, mode="regional",
        chains=["service", "governance"], purpose="助餐要食堂、医院、志愿者一起做", by=cast.dongshiqiao, at=NOW,
    )  # fmt: skip


def test_the_lead_that_applies_is_a_member_by_its_own_application(draft, cast):
    assert draft.state == "draft"
    assert "dongshiqiao" in draft.pinyin
    assert sorted(draft.chains.values_list("kind", flat=True)) == ["governance", "service"]
    assert draft.memberships.get().organization == cast.dongshiqiao_org
    assert draft.memberships.get().state == "accepted"


def test_a_lead_for_which_staff_apply_is_only_invited(cast):
    alliance = verbs.found(
        name="鹿山共同体", region=cast.lushan_org.region, form="league", formation="convened",
        lead=cast.lushan_org, supervising=cast.banner_org, by=cast.balinzuo, at=NOW,
    )  # fmt: skip
    assert alliance.memberships.get().state == "invited"


def test_a_founding_from_the_application_to_the_number(draft, cast):
    verbs.submit(draft, by=cast.dongshiqiao, at=NOW)
    with pytest.raises(Refused) as refused:
        verbs.approve(draft, by=cast.lindong, at=NOW)
    assert refused.value.code == "needs_members"
    verbs.accept(verbs.invite(draft, cast.fulian_org, by=cast.dongshiqiao, at=NOW), by=cast.fulian, at=NOW)
    verbs.approve(draft, by=cast.lindong, at=NOW, document_number="林街党发〔2019〕7号")
    draft.refresh_from_db()
    assert (draft.state, draft.activated_on) == ("active", date(2019, 6, 3))
    assert draft.code == f"LHT-150422-{draft.pk:06d}"
    assert draft.document_number == "林街党发〔2019〕7号"
    assert list(Step.objects.of(draft).values_list("verb", flat=True)) == ["found", "submit", "approve"]


def test_the_applicant_never_approves_nor_returns(draft, cast):
    verbs.submit(draft, by=cast.lindong, at=NOW)
    for speak in (lambda: verbs.approve(draft, by=cast.lindong, at=NOW),
                  lambda: verbs.return_(draft, by=cast.lindong, at=NOW, reason="不行")):  # fmt: skip
        with pytest.raises(PermissionDenied):
            speak()
    assert not Alliance.objects.approvable_by(again(cast.lindong)).exists()
    assert Alliance.objects.approvable_by(again(cast.balinzuo)).get() == draft


def test_a_return_says_why(draft, cast):
    verbs.submit(draft, by=cast.dongshiqiao, at=NOW)
    with pytest.raises(ValidationError):
        verbs.return_(draft, by=cast.lindong, at=NOW, reason="  ")
    verbs.return_(draft, by=cast.lindong, at=NOW, reason="请先征求成员意见")
    assert Step.objects.of(draft).last().reason == "请先征求成员意见"


@pytest.mark.parametrize(("supervising", "field"), [
    ("dongshiqiao_org", "supervising"),  # not itself
    ("fulian_org", "supervising"),  # a branch is no committee
    ("nanyang_org", "supervising"),  # another city's committee is not above
])  # fmt: skip
def test_the_supervising_organisation_is_a_committee_above_the_lead(cast, supervising, field):
    with pytest.raises(ValidationError) as wrong:
        verbs.found(
            name="试", region=cast.dongshiqiao_org.region, form="other", formation="convened",
            lead=cast.dongshiqiao_org, supervising=getattr(cast, supervising), by=cast.dongshiqiao, at=NOW,
        )  # fmt: skip
    assert field in wrong.value.message_dict


def test_an_alliance_serves_a_place_under_its_supervising_organisation(cast):
    with pytest.raises(ValidationError) as wrong:
        verbs.found(
            name="试", region=cast.nanyang_org.region, form="other", formation="convened",
            lead=cast.dongshiqiao_org, supervising=cast.town_org, by=cast.dongshiqiao, at=NOW,
        )  # fmt: skip
    assert "region" in wrong.value.message_dict


def test_alliances_nest_but_never_in_themselves(cast, draft):
    verbs.edit(draft, parent=cast.alliance, by=cast.dongshiqiao, at=NOW)
    with pytest.raises(ValidationError):
        verbs.edit(cast.alliance, parent=draft, by=cast.dongshiqiao, at=NOW)


def test_an_edit_names_the_fields_it_changed_and_leaves_the_rest(cast):
    verbs.edit(cast.alliance, name="五金小区共同体", chains=["service"], state="draft", by=cast.dongshiqiao, at=NOW)
    cast.alliance.refresh_from_db()
    assert (cast.alliance.name, cast.alliance.state) == ("五金小区共同体", "active")
    assert Step.objects.of(cast.alliance).last().detail == {"fields": ["name", "chains"]}
    assert list(Chain.objects.filter(alliance=cast.alliance).values_list("kind", flat=True)) == ["service"]


def test_the_end_of_an_alliance_ends_what_hangs_on_it(cast):
    verbs.rectify(cast.alliance, by=cast.chifeng, at=NOW, **ORDER)
    DemonstrationSite.objects.create(alliance=cast.alliance, region=cast.alliance.region, since=stage.FOUNDED)
    activity = verbs.plan(
        cast.alliance, kind="theme_day", title="主题党日", host=cast.fulian_org, planned_on=date(2019, 7, 1),
        by=cast.fulian, at=NOW,
    )  # fmt: skip
    verbs.invite(cast.alliance, cast.lushan_org, by=cast.dongshiqiao, at=NOW)
    verbs.dissolve(cast.alliance, by=cast.chifeng, at=NOW, reason="任务完成")
    assert set(cast.alliance.memberships.values_list("state", "left_on")) == {
        ("left", date(2019, 6, 3)), ("declined", None)}  # fmt: skip
    assert cast.alliance.rectifications.get().ended_on == date(2019, 6, 3)
    assert DemonstrationSite.objects.get().until == date(2019, 6, 3)
    assert Activity.objects.get(pk=activity.pk).state == "cancelled"


def test_a_rectification_lasts_the_term_of_the_region_and_a_failed_check_one_term_more(cast):
    order = verbs.rectify(cast.alliance, by=cast.chifeng, at=NOW, measures="每月例会", **ORDER)
    assert order.due_on == NOW.date() + timedelta(days=60)
    later = at(order.due_on)
    verbs.reinstate(cast.alliance, by=cast.chifeng2, at=later, reason="仍无活动", passed=False)
    order.refresh_from_db()
    assert (order.passed, order.ended_on, order.due_on) == (False, None, later.date() + timedelta(days=60))
    verbs.reinstate(cast.alliance, by=cast.chifeng2, at=at(order.due_on), reason="已恢复例会")
    order.refresh_from_db()
    cast.alliance.refresh_from_db()
    assert (order.passed, order.ended_on) == (True, order.due_on)
    assert (cast.alliance.state, cast.alliance.rectify_by) == ("active", None)
    assert cast.alliance.rectifications.count() == 1


def test_a_term_may_come_as_text_from_an_approval_but_lies_ahead(cast):
    with pytest.raises(ValidationError):
        verbs.rectify(cast.alliance, by=cast.chifeng, at=NOW, due_on="2019-06-03", **ORDER)
    with pytest.raises(ValidationError):
        verbs.rectify(cast.alliance, by=cast.chifeng, at=NOW, due_on="soon", **ORDER)
    assert verbs.rectify(cast.alliance, by=cast.chifeng, at=NOW, due_on="2019-07-01", **ORDER).due_on.month == 7


def test_the_lead_is_handed_over_to_a_member_only(cast):
    with pytest.raises(Refused) as refused:
        verbs.hand_over(cast.alliance, cast.lushan_org, by=cast.balinzuo, at=NOW, reason="轮值")
    assert refused.value.code == "not_member"
    with pytest.raises(ValidationError):  # the street stands above the community, not above the banner's federation
        verbs.hand_over(cast.alliance, cast.fulian_org, by=cast.balinzuo, at=NOW, reason="轮值")
    Alliance.objects.filter(pk=cast.alliance.pk).update(supervising=cast.banner_org)
    verbs.hand_over(cast.alliance, cast.fulian_org, by=cast.balinzuo, at=NOW, reason="轮值")
    assert Alliance.objects.get(pk=cast.alliance.pk).lead == cast.fulian_org


def test_no_verb_of_alliances_writes_an_affiliation(cast):
    before = dict(Organization.objects.values_list("pk", "parent"))
    membership = verbs.invite(cast.alliance, cast.lushan_org, by=cast.dongshiqiao, at=NOW)
    verbs.accept(membership, by=cast.lushan, at=NOW)
    stage.admit(membership, cast)
    verbs.leave(membership, by=cast.lushan, at=NOW, reason="精力不够")
    verbs.dissolve(cast.alliance, by=cast.chifeng, at=NOW, reason="任务完成")
    assert dict(Organization.objects.values_list("pk", "parent")) == before


def test_every_move_leaves_one_step_and_one_present_stage(cast):
    verbs.rectify(cast.alliance, by=cast.chifeng, at=NOW, **ORDER)
    verbs.reinstate(cast.alliance, by=cast.chifeng, at=NOW, reason="合格")
    steps = Step.objects.of(cast.alliance)
    assert [(s.verb, s.to_state) for s in steps] == [
        ("approve", "active"), ("rectify", "rectifying"), ("reinstate", "active")]  # fmt: skip
    assert steps.filter(until=None).count() == 1
    assert set(Membership.objects.filter(alliance=cast.alliance).values_list("state", flat=True)) == {"accepted"}
