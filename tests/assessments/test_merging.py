"""Two records of one organisation become one: everything passes over, nothing but history names the old record."""

from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse
from pghistory.models import Event

from alliances import transitions as together
from alliances.models import Alliance, Attendance, Membership, Post
from assessments import approvals
from assessments.clashes import CASES, KEPT, label_of, references, unique_with
from assessments.merging import candidates, merge, plan_of
from assessments.models import Rating
from assessments.notices import WRITERS
from listings import transitions as verbs
from listings.models import Claim, Item, Signature
from members.models import Approval, Notice, Organization, PartyMember, Role, Step
from members.notices import tell
from members.states import Refused
from members.transitions import propose
from tests.assessments.years import opened
from tests.cast import NOW, again, alliance, at, client_of, join, organization, person, user
from tests.listings.conftest import item_on, list_of

LATER = at(date(2019, 6, 10))


@pytest.fixture
def twin(cast):
    """妇联 registered a second time, with a space in its name, by its own head."""
    made = organization("巴林左旗 妇联党支部", "150422", level="county", parent=cast.banner_org, code="TWIN")
    user("twin", "branch", organization=made)
    return made


def become_one(cast, former, into):
    return merge(former, heir=into.pk, by=cast.chifeng2, at=LATER, reason="重复登记")


def everything_of(cast, twin):
    """The second record has done a bit of everything."""
    child = organization("妇联下属小组", "150422", parent=twin)
    member = person("赵一", twin)
    other = alliance("巾帼联盟", twin, cast.banner_org, [cast.dongshiqiao_org])
    needs = list_of(other, user("twinhead", "branch", organization=twin))
    head = Role.objects.get(organization=twin, user__username="twinhead").user
    item = item_on(needs, head, twin, title="提出的事项")
    own = list_of(cast.alliance, cast.dongshiqiao)
    join(cast.alliance, twin, date(2019, 5, 1))
    taken = item_on(own, cast.dongshiqiao, cast.dongshiqiao_org, title="认领的事项")
    claim = verbs.claim(taken, twin, by=head, at=NOW)
    verbs.sign(own, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
    verbs.sign(own, twin, by=head, at=NOW)
    activity = together.plan(
        other, kind="theme_day", title="主题党日", host=twin, planned_on=NOW.date(), by=head, at=NOW
    )
    together.hold(activity, held_on=NOW.date(), organizations=[twin], by=head, at=NOW)
    Post.objects.create(alliance=other, person="赵一", organization=twin, title="委员")
    client_of("150422", "lists:read", organization=twin)
    return child, member, other, item, claim


def pointing_at(pk):
    """Label -> rows of every foreign key of the project to an organisation that still name this one."""
    found = {}
    for model in apps.get_models():
        for key in model._meta.concrete_fields:
            if key.related_model is Organization and not issubclass(model, Event):
                rows = model._base_manager.filter(**{key.name: pk}).count()
                if rows:
                    found[f"{model._meta.label}.{key.name}"] = rows
    return found


def test_nothing_but_history_names_the_old_record(cast, twin):
    child, member, other, item, claim = everything_of(cast, twin)
    assert len(pointing_at(twin.pk)) > 10
    become_one(cast, twin, cast.fulian_org)
    assert set(pointing_at(twin.pk)) <= KEPT
    for row in (child, member, other, item, claim, twin):
        row.refresh_from_db()
    assert child.parent == member.organization == other.lead == item.asked_by == claim.organization == cast.fulian_org
    assert (twin.merged_into, twin.merged_on, twin.name) == (cast.fulian_org, LATER.date(), "巴林左旗 妇联党支部")
    assert Step.objects.of(child).get().verb == "reaffiliate"
    assert Step.objects.of(cast.fulian_org).get(verb="absorb").detail["former"] == "TWIN"


def test_a_unique_row_for_which_nobody_has_decided_stands_in_the_way(cast, twin, monkeypatch):
    """A noun of tomorrow: its constraint has no line yet, so people are told instead of the database refusing."""
    monkeypatch.delitem(CASES, "alliances.Membership.organization")
    join(cast.alliance, twin)
    assert [clash.blocks for clash in plan_of(twin, cast.fulian_org).clashes] == [True]


def test_every_case_is_that_of_a_unique_key_of_the_house():
    assert set(CASES) <= {label_of(key) for key in references() if unique_with(key)}


def test_the_later_of_two_memberships_in_one_alliance_ends_with_a_step(cast, twin):
    join(cast.alliance, twin, date(2019, 5, 1))
    (clash,) = plan_of(twin, cast.fulian_org).clashes
    assert (clash.what, clash.blocks) == ("五金小区基层治理共同体", False)
    become_one(cast, twin, cast.fulian_org)
    mine = Membership.objects.filter(alliance=cast.alliance, organization=cast.fulian_org).order_by("joined_on")
    assert [(m.state, m.left_on) for m in mine] == [("accepted", None), ("left", LATER.date())]
    assert Step.objects.of(mine[1]).last().verb == "merge"


def test_an_older_second_record_keeps_its_seniority_and_its_lead(cast, twin):
    made = alliance("巾帼联盟", twin, cast.banner_org, since=date(2018, 5, 1))
    join(made, cast.fulian_org, date(2019, 1, 1))
    become_one(cast, twin, cast.fulian_org)
    made.refresh_from_db()
    assert made.lead == cast.fulian_org
    assert made.memberships.current().get().joined_on == date(2018, 5, 1)


def test_an_open_invitation_gives_way_to_a_membership(cast, twin):
    together.invite(cast.alliance, twin, by=cast.dongshiqiao, at=NOW)
    become_one(cast, twin, cast.fulian_org)
    mine = cast.alliance.memberships.filter(organization=cast.fulian_org)
    assert sorted(mine.values_list("state", flat=True)) == ["accepted", "declined"]


def test_same_presence_counts_once(cast, twin):
    join(cast.alliance, twin, date(2019, 5, 1))
    activity = together.plan(
        cast.alliance, kind="other", title="座谈", host=cast.fulian_org, planned_on=NOW.date(), by=cast.fulian, at=NOW
    )
    session = together.hold(
        activity, held_on=NOW.date(), organizations=[twin, cast.fulian_org], by=cast.fulian, at=NOW
    )
    own = list_of(cast.alliance, cast.dongshiqiao)
    item_on(own, cast.dongshiqiao, cast.dongshiqiao_org)
    verbs.sign(own, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
    for one, head in ((cast.fulian_org, cast.fulian), (twin, Role.objects.get(organization=twin).user)):
        own.refresh_from_db()
        verbs.sign(own, one, by=head, at=NOW)
    become_one(cast, twin, cast.fulian_org)
    assert Attendance.objects.get(session=session).organization == cast.fulian_org
    assert Signature.objects.filter(listing=own, organization=cast.fulian_org).count() == 1


def claimed_by_both(cast, twin, finished=False):
    join(cast.alliance, twin, date(2019, 5, 1))
    needs = list_of(cast.alliance, cast.dongshiqiao)
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="两家都认领", capacity=2)
    verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    second = verbs.claim(item, twin, by=None, at=NOW)
    if finished:
        verbs.finish(second, by=None, at=NOW)
    return second


def test_of_two_claims_on_one_item_the_second_is_given_up(cast, twin):
    second = claimed_by_both(cast, twin)
    become_one(cast, twin, cast.fulian_org)
    second.refresh_from_db()
    assert (second.state, second.organization) == ("released", cast.fulian_org)
    assert Claim.objects.active().get(item=second.item).organization == cast.fulian_org


def test_a_finished_claim_waits_for_whoever_asked_before_anything_is_merged(cast, twin):
    claimed_by_both(cast, twin, finished=True)
    assert plan_of(twin, cast.fulian_org).blocked
    with pytest.raises(Refused) as refused:
        become_one(cast, twin, cast.fulian_org)
    assert refused.value.code == "merge_blocked"
    assert "两家都认领" in refused.value.message
    twin.refresh_from_db()
    assert twin.merged_into is None


def test_nobody_confirms_their_own_work_by_being_merged(cast, twin):
    join(cast.alliance, twin, date(2019, 5, 1))
    needs = list_of(cast.alliance, cast.dongshiqiao)
    item = item_on(needs, cast.dongshiqiao, twin, title="二号登记提出")
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    become_one(cast, twin, cast.fulian_org)
    claim.refresh_from_db()
    assert claim.state == "released"
    assert Item.objects.get(pk=item.pk).state == "open"


def test_one_organisation_has_one_vote(cast, twin):
    join(cast.alliance, twin, date(2019, 3, 2))
    scheme = opened(cast)
    for one in (twin, cast.fulian_org):
        Rating.objects.create(
            scheme=scheme, alliance=cast.alliance, organization=one, direction="members", score=90, at=NOW
        )
    become_one(cast, twin, cast.fulian_org)
    assert Rating.objects.get(direction="members").organization == cast.fulian_org


@pytest.mark.parametrize(
    "wall",
    [
        lambda cast, twin: Alliance.objects.filter(pk=cast.alliance.pk).update(lead=cast.fulian_org, supervising=twin),
        lambda cast, twin: propose(
            "roles.grant", cast.lushan, by=cast.balinzuo, at=NOW, reason="分工", region_id="150422", panel="security",
            arguments={"role": "branch", "organization": twin.pk},
        ),
    ],
)  # fmt: skip
def test_what_people_must_first_bring_to_an_end_is_named(cast, twin, wall):
    wall(cast, twin)
    assert plan_of(twin, cast.fulian_org).blocked


def test_two_places_are_two_organisations(cast):
    assert plan_of(cast.lushan_org, cast.dongshiqiao_org).blocked


def test_a_place_passes_over(cast):
    second = organization("鹿山社区党支部（新）", "150422403006")
    become_one(cast, cast.lushan_org, second)
    second.refresh_from_db()
    assert second.place_id == "150422403006"


def test_who_spoke_for_the_second_record_speaks_for_the_one(cast, twin):
    head = Role.objects.get(organization=twin).user
    Role.objects.create(user=cast.fulian, role="branch", organization=twin, since=date(2018, 1, 1))
    become_one(cast, twin, cast.fulian_org)
    assert again(head).rights.organizations == {cast.fulian_org.pk}
    assert again(cast.fulian).rights.organizations == {cast.fulian_org.pk}
    assert [r for r in again(cast.fulian).current_roles if r.role == "branch"] != []
    assert len(again(cast.fulian).current_roles) == 1


def test_old_code_and_old_name_lead_to_the_one(client, cast, twin):
    become_one(cast, twin, cast.fulian_org)
    third = organization("巴林左旗妇女联合会党支部", "150422")
    become_one(cast, Organization.objects.get(pk=cast.fulian_org.pk), third)
    assert Organization.objects.coded("TWIN").get() == third
    assert Organization.objects.standing().matching("巴林左旗 妇联").get() == third
    client.force_login(cast.balinzuo)
    answer = client.get(reverse("organizations:detail", args=[twin.pk]))
    assert (answer.status_code, answer["Location"]) == (302, third.get_absolute_url())
    assert "TWIN" in client.get(third.get_absolute_url()).content.decode()
    assert [row["id"] for row in client.get("/api/v1/organizations/?code=TWIN").json()["results"]] == [third.pk]
    assert [row["id"] for row in client.get("/api/v1/organizations/?q=妇联党支部").json()["results"]] == [third.pk]
    client.force_login(cast.nanyang)
    assert client.get(reverse("organizations:detail", args=[twin.pk])).status_code == 404
    assert client.get("/api/v1/organizations/?code=TWIN").json()["results"] == []
    together.invite_by_code(cast.nanyang_alliance, "TWIN", by=cast.nanyang, at=NOW)
    assert cast.nanyang_alliance.memberships.filter(organization=third).exists()


def test_candidates_are_alike_and_near_and_of_ones_own_department(cast, twin):
    organization("东石桥社区 党总支", "411302", code="FAR")  # as 东石桥, in another city
    organization("鹿山社区党支部", "150422404001", code="BESIDE")  # as 鹿山, in a place beside
    assert candidates(again(cast.chifeng)) == [[cast.fulian_org, twin]]
    assert candidates(again(cast.nanyang)) == []
    assert candidates(again(cast.dongshiqiao)) == []


def test_page_and_rest_ask_a_second_person_and_the_heads_are_told(client, cast, twin):
    client.force_login(cast.balinzuo)
    page = reverse("organizations:merge", args=[twin.pk])
    assert "合并后会怎样" in client.get(page, {"into": cast.fulian_org.code}).content.decode()
    assert client.post(page, {"code": cast.nanyang_org.code, "reason": "同一个"}).status_code == 422
    assert client.post(page, {"code": twin.code, "reason": "同一个"}).status_code == 422
    assert client.post(page, {"code": cast.fulian_org.code, "reason": "同一个"}).status_code == 302
    approval = Approval.objects.get()
    client.force_login(cast.chifeng)
    assert cast.fulian_org.code in client.get(approval.get_absolute_url()).content.decode()
    assert client.post(f"/api/v1/approvals/{approval.pk}/approve/", {}, "application/json").status_code == 200
    twin.refresh_from_db()
    assert twin.merged_into == cast.fulian_org
    tell(WRITERS, LATER)
    assert Notice.objects.filter(user=cast.fulian, text__contains="已并入").count() == 1


def test_rest_names_the_other_record_within_reach(client, cast, twin):
    client.force_login(cast.balinzuo)
    url = f"/api/v1/organizations/{twin.pk}/merge/"
    post = lambda into: client.post(url, {"into": into, "reason": "同一个"}, "application/json")  # noqa: E731
    assert post(cast.nanyang_org.pk).status_code == 404
    assert post(twin.pk).status_code == 409
    assert post(cast.fulian_org.pk).status_code == 202
    assert post(cast.fulian_org.pk).json()["code"] == "already_proposed"


def test_what_is_merged_is_merged_once(cast, twin):
    approval = propose(
        "organizations.merge", twin, by=cast.chifeng, at=NOW, reason="同一个", region_id="150422",
        arguments={"heir": cast.fulian_org.pk},
    )  # fmt: skip
    become_one(cast, twin, cast.fulian_org)
    with pytest.raises(Refused) as refused:
        approvals.approve(approval, by=cast.chifeng2, at=LATER)
    assert refused.value.code == "gone"
    assert Approval.objects.get().state == "pending"
    assert PartyMember.objects.count() == 0
