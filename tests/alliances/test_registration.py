"""Double registration: organs and communities find each other, members register; nobody is registered by staff."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliances import transitions as verbs
from alliances.coverage import MEMBERS_REGISTERED, ORGANS_LINKED, coverage, total
from alliances.measures import Period
from alliances.models import MemberSkill, OrganLink, Registration
from members.models import PartyMember, Step
from members.states import Refused
from tests.cast import NOW, again, at, community, organization, person, user

TODAY = NOW.date()
LATER = at(TODAY + timedelta(days=30))


@pytest.fixture
def asked(cast):
    return verbs.ask(cast.fulian_org, cast.dongshiqiao_org, by=cast.fulian, at=NOW)


@pytest.fixture
def wang(cast):
    """A Party member of 妇联, an organ, with an account of their own."""
    made = person("王五", cast.fulian_org, post="科员", phone="13911112222")
    account = user("wang", "member", organization=cast.fulian_org)
    type(account).objects.filter(pk=account.pk).update(party_member=made)
    return made


def account_of(member):
    return again(member.account)


MOVES = [
    ("asked", "accept_link", "dongshiqiao", "linked"), ("asked", "decline_link", "dongshiqiao", "declined"),
    ("asked", "withdraw_link", "fulian", "withdrawn"), ("asked", "end_link", "fulian", None),
    ("linked", "end_link", "fulian", "ended"), ("linked", "end_link", "dongshiqiao", "ended"),
    ("linked", "accept_link", "dongshiqiao", None), ("linked", "decline_link", "dongshiqiao", None),
    ("linked", "withdraw_link", "fulian", None), ("declined", "accept_link", "dongshiqiao", None),
    ("withdrawn", "accept_link", "dongshiqiao", None), ("ended", "end_link", "fulian", None),
]  # fmt: skip


@pytest.mark.parametrize(("state", "verb", "who", "after"), MOVES)
def test_a_link_moves_as_its_table_says(cast, asked, state, verb, who, after):
    OrganLink.objects.filter(pk=asked.pk).update(state=state, linked_on=TODAY)
    words = {"reason": "工作调整"} if verb == "end_link" else {}
    if after:
        getattr(verbs, verb)(asked, by=getattr(cast, who), at=NOW, **words)
    else:
        with pytest.raises(Refused):
            getattr(verbs, verb)(asked, by=getattr(cast, who), at=NOW, **words)
    asked.refresh_from_db()
    assert asked.state == (after or state)


@pytest.mark.parametrize("who", ["chifeng", "balinzuo", "lindong", "lushan", "nanyang", "sysadmin"])
@pytest.mark.parametrize("verb", ["accept_link", "decline_link", "withdraw_link"])
def test_a_link_is_made_by_the_two_alone(cast, asked, verb, who):
    with pytest.raises(PermissionDenied):
        getattr(verbs, verb)(asked, by=getattr(cast, who), at=NOW)


def test_staff_and_the_community_cannot_ask_for_an_organ(cast):
    for who in (cast.balinzuo, cast.dongshiqiao, cast.nanyang):
        with pytest.raises(PermissionDenied):
            verbs.ask(cast.fulian_org, cast.dongshiqiao_org, by=who, at=NOW)
        with pytest.raises(PermissionDenied):
            verbs.accept_link(OrganLink(organ=cast.fulian_org, community=cast.lushan_org), by=who, at=NOW)


def test_only_organs_ask_and_only_communities_of_the_city_are_asked(cast):
    words = {"by": cast.fulian, "at": NOW}
    for stranger in (cast.dongguan_org, cast.town_org, cast.fulian_org):
        with pytest.raises(ValidationError):
            verbs.ask(cast.fulian_org, stranger, **words)
    with pytest.raises(ValidationError):
        verbs.ask(cast.dongshiqiao_org, cast.lushan_org, by=cast.dongshiqiao, at=NOW)


def test_an_organ_asks_one_community_once_and_several_communities(cast, asked):
    with pytest.raises(Refused) as refused:
        verbs.ask(cast.fulian_org, cast.dongshiqiao_org, by=cast.fulian, at=NOW)
    assert refused.value.code == "already_linked"
    assert verbs.ask(cast.fulian_org, cast.lushan_org, by=cast.fulian, at=NOW).state == "asked"
    verbs.decline_link(asked, by=cast.dongshiqiao, at=NOW)
    assert verbs.ask(cast.fulian_org, cast.dongshiqiao_org, by=cast.fulian, at=NOW).state == "asked"


def test_a_link_ends_with_a_reason(cast, asked):
    verbs.accept_link(asked, by=cast.dongshiqiao, at=NOW)
    with pytest.raises(ValidationError):
        verbs.end_link(asked, by=cast.fulian, at=NOW, reason=" ")
    verbs.end_link(asked, by=cast.dongshiqiao, at=LATER, reason="机关搬迁")
    step = Step.objects.of(asked).last()
    assert (step.verb, step.reason, step.organization) == ("end_link", "机关搬迁", cast.dongshiqiao_org)


def test_organs_linked_is_right_on_every_day(cast, asked):
    def linked(day, code="150422"):
        return ORGANS_LINKED.total(Period(day, day), code)

    assert linked(TODAY) == 0
    verbs.accept_link(asked, by=cast.dongshiqiao, at=NOW)
    other = verbs.ask(cast.fulian_org, cast.lushan_org, by=cast.fulian, at=NOW)
    verbs.accept_link(other, by=cast.lushan, at=NOW)
    assert (linked(TODAY - timedelta(days=1)), linked(TODAY), linked(TODAY, "1504")) == (0, 1, 1)
    assert (linked(TODAY, "150422404"), linked(TODAY, "4113")) == (0, 0), "counted where the organ is"
    for link, who in ((asked, cast.fulian), (other, cast.lushan)):
        verbs.end_link(link, by=who, at=LATER, reason="到期")
    assert (linked(LATER.date() - timedelta(days=1)), linked(LATER.date())) == (1, 0)


def test_a_member_registers_itself_and_its_branch_registers_many(cast, wang):
    others = [person(f"党员{n}", cast.fulian_org) for n in range(3)]
    (made,) = verbs.register([wang], cast.dongshiqiao_org, by=account_of(wang), at=NOW)
    assert (made.state, made.registered_on) == ("registered", TODAY)
    new = verbs.register([wang, *others], cast.dongshiqiao_org, by=cast.fulian, at=NOW)
    assert {one.person for one in new} == set(others), "who is there already stays so"
    assert Registration.objects.current().count() == 4
    assert [Step.objects.of(one).get().detail for one in new] == [{"people": 3}, {}, {}]


@pytest.mark.parametrize("who", ["chifeng", "balinzuo", "lindong", "dongshiqiao", "lushan", "nanyang", "sysadmin"])
def test_nobody_else_registers_a_member_or_ends_it(cast, wang, who):
    with pytest.raises(PermissionDenied):
        verbs.register([wang], cast.dongshiqiao_org, by=getattr(cast, who), at=NOW)
    (made,) = verbs.register([wang], cast.dongshiqiao_org, by=cast.fulian, at=NOW)
    with pytest.raises(PermissionDenied):
        verbs.end_registration(made, by=getattr(cast, who), at=NOW, reason="不需要")


def test_a_member_does_not_register_a_colleague(cast, wang):
    colleague = person("赵六", cast.fulian_org)
    with pytest.raises(PermissionDenied):
        verbs.register([colleague], cast.dongshiqiao_org, by=account_of(wang), at=NOW)
    with pytest.raises(PermissionDenied):
        verbs.register([wang, colleague], cast.dongshiqiao_org, by=account_of(wang), at=NOW)
    assert not Registration.objects.exists()


def test_only_people_of_organs_register_while_they_belong_to_one(cast):
    neighbour = person("张三", cast.dongshiqiao_org)
    with pytest.raises(ValidationError):
        verbs.register([neighbour], cast.lushan_org, by=cast.dongshiqiao, at=NOW)
    gone = person("钱七", cast.fulian_org, until=TODAY)
    with pytest.raises(ValidationError):
        verbs.register([gone], cast.dongshiqiao_org, by=cast.fulian, at=NOW)
    with pytest.raises(ValidationError):
        verbs.register([person("孙八", cast.fulian_org)], cast.dongguan_org, by=cast.fulian, at=NOW)
    with pytest.raises(ValidationError):
        verbs.register([], cast.dongshiqiao_org, by=cast.fulian, at=NOW)


def test_a_registration_ends_with_a_reason_and_takes_posts_and_teams_with_it(cast, wang):
    (made,) = verbs.register([wang], cast.dongshiqiao_org, by=cast.fulian, at=NOW)
    post = verbs.offer(cast.dongshiqiao_org, title="楼栋长", capacity=1, by=cast.dongshiqiao, at=NOW)
    holding = verbs.take(post, wang, by=cast.fulian, at=NOW)
    team = verbs.form_team(cast.dongshiqiao_org, name="邻里队", captain=wang, by=cast.dongshiqiao, at=NOW)
    verbs.end_registration(made, by=account_of(wang), at=LATER, reason="搬家")
    holding.refresh_from_db()
    assert (holding.state, holding.ended_on) == ("left", LATER.date())
    assert team.members.get().state == "left"
    with pytest.raises(Refused):
        verbs.end_registration(made, by=account_of(wang), at=LATER, reason="搬家")


def test_members_registered_counts_people_once_where_their_organ_is(cast, wang):
    def counted(day, code="1504"):
        return MEMBERS_REGISTERED.total(Period(day, day), code)

    first = verbs.register([wang], cast.dongshiqiao_org, by=cast.fulian, at=NOW)[0]
    second = verbs.register([wang], cast.lushan_org, by=cast.fulian, at=NOW)[0]
    assert (counted(TODAY), counted(TODAY, "150422403"), counted(TODAY - timedelta(days=1))) == (1, 0, 0)
    verbs.end_registration(first, by=cast.fulian, at=LATER, reason="调整")
    assert counted(LATER.date()) == 1
    verbs.end_registration(second, by=cast.fulian, at=LATER, reason="调整")
    assert (counted(LATER.date()), counted(TODAY)) == (0, 1)
    PartyMember.objects.filter(pk=wang.pk).update(until=TODAY)
    assert counted(TODAY) == 0, "who has left the organ is not in service"


def test_coverage_says_both_numbers_and_its_parts_add_up(cast, wang, asked):
    verbs.accept_link(asked, by=cast.dongshiqiao, at=NOW)
    verbs.register([wang], cast.dongshiqiao_org, by=cast.fulian, at=NOW)
    person("未报到", cast.fulian_org)
    rows = coverage([("150402", "红山区"), ("150422", "巴林左旗"), ("1504", "本级")], "1504", TODAY)
    assert [(row.linked, row.organs, row.registered, row.members) for row in rows] == [
        (0, 0, 0, 0), (1, 2, 1, 2), (0, 1, 0, 0),
    ]  # fmt: skip
    whole = total(rows, "1504", "赤峰市")
    assert (whole.linked, whole.organs, whole.without_link, whole.without_registration) == (1, 3, 2, 1)


def test_skills_are_kept_by_the_member_or_its_branch(cast, wang):
    verbs.keep_skills(wang, skills=["law", "order", "law"], by=account_of(wang), at=NOW)
    verbs.keep_skills(wang, skills=["law", "health"], by=cast.fulian, at=NOW)
    assert set(MemberSkill.objects.values_list("skill", flat=True)) == {"law", "health"}
    for who in (cast.dongshiqiao, cast.chifeng, cast.nanyang):
        with pytest.raises(PermissionDenied):
            verbs.keep_skills(wang, skills=[], by=who, at=NOW)


def test_who_sees_a_link_and_a_registration(cast, wang, asked):
    (made,) = verbs.register([wang], cast.dongshiqiao_org, by=cast.fulian, at=NOW)
    elsewhere = community("契丹社区党支部", "150422404001", cast.town_org)
    stranger = user("elsewhere", "branch", organization=elsewhere)
    for rows in (OrganLink.objects, Registration.objects):
        for who in ("chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian"):
            assert rows.visible_to(again(getattr(cast, who))).count() == 1, who
        for who in (cast.nanyang, cast.lushan, cast.dongguan, cast.sysadmin, cast.auditor, stranger):
            assert not rows.visible_to(again(who)).exists(), who
    assert Registration.objects.visible_to(account_of(wang)).get() == made
    colleague = user("colleague", "member", organization=cast.fulian_org)
    assert not Registration.objects.visible_to(colleague).exists()


def test_the_right_over_oneself_ends_with_the_role(cast, wang):
    account = account_of(wang)
    account.roles.update(until=date(2019, 1, 1))
    with pytest.raises(PermissionDenied):
        verbs.register([wang], cast.dongshiqiao_org, by=again(account), at=NOW)


def test_an_organ_beside_is_another_ones(cast, asked):
    other = organization("巴林左旗残联党支部", "150422")
    account = user("other", "branch", organization=other)
    assert not OrganLink.objects.visible_to(account).exists()
    with pytest.raises(PermissionDenied):
        verbs.withdraw_link(asked, by=account, at=NOW)
