"""Double registration at 东石桥: the women's federation is linked, its people hold posts; another organ waits."""

from __future__ import annotations

from alliances import transitions as verbs
from alliances.models import OrganLink, PostHolding, Registration, ServicePost, Team, TeamMember
from config.demo.chapters.stage import Stage
from members.models import Organization, PartyMember, User
from members.scope import Rights

HOME = "CF-ZL-01"
POSTS = (
    ("楼栋长", "", 2, "每天", "看看楼道和消防通道，帮邻居递话。"),
    ("法律咨询员", "law", 1, "每月第一个周六上午", "在社区会客厅解答居民的法律问题。"),
    ("五金小区环境巡查", "sanitation", 3, "每周三傍晚", "看垃圾点、院落和车棚，发现问题告诉社区。"),
    ("独居老人探访", "care", 2, "每周一次", "上门看望，帮忙买菜取药。"),
    ("手机课堂辅导", "computer", 1, "每两周一次", "教老人用手机挂号、缴费。"),
)
SKILLS = (("care", "policy"), ("law", "mediation"), ("computer", "education"), ("care",), ("sanitation", "order"))


def speaking_for(actor: User, organization: Organization) -> User:
    """The demo's actor as the voice of an organisation that has no account."""
    voice = User.objects.get(pk=actor.pk)
    voice.rights = Rights(organizations=frozenset([organization.pk]))
    return voice


def play(stage: Stage) -> None:
    """The link, the registrations, the posts and the team; at the end two organs wait for an answer."""
    people = _link_and_register(stage)
    _posts(stage, people)
    _team(stage, people)
    _others_wait(stage)
    for model in (OrganLink, Registration, ServicePost, PostHolding, Team, TeamMember):
        model.objects.filter(synthetic=False).update(synthetic=True)


def _link_and_register(stage: Stage) -> list[PartyMember]:
    organ, community = stage.own["fulian"], stage.own["dongshiqiao"]
    women, lead = stage.users["fulian"], stage.users["dongshiqiao"]
    link = verbs.ask(organ, community, by=women, at=stage.ago(420))
    verbs.accept_link(link, by=lead, at=stage.ago(418))
    people = list(PartyMember.objects.filter(organization=organ).order_by("pk"))
    verbs.register(people[:-3], community, by=women, at=stage.ago(400))
    for person, skills in zip(people, SKILLS, strict=False):
        verbs.keep_skills(person, skills=skills, by=women, at=stage.ago(399))
    User.objects.filter(pk=women.pk).update(party_member=people[0])
    return people[:-3]


def _posts(stage: Stage, people: list[PartyMember]) -> None:
    community, lead, women = stage.own["dongshiqiao"], stage.users["dongshiqiao"], stage.users["fulian"]
    offered = [
        verbs.offer(
            community, title=title, skill=skill, capacity=capacity, times=times, detail=detail, by=lead,
            at=stage.ago(60 - 9 * place),
        )
        for place, (title, skill, capacity, times, detail) in enumerate(POSTS)
    ]  # fmt: skip
    stairs, law, rounds, *_rest = offered
    taken = [verbs.take(stairs, person, by=women, at=stage.ago(50)) for person in people[1:3]]
    verbs.take(law, people[1], by=women, at=stage.ago(40))
    verbs.take(rounds, people[-1], by=women, at=stage.ago(30))
    verbs.thank(taken[0], by=lead, at=stage.ago(8), words="一年来每天走一遍楼道，辛苦了。")


def _team(stage: Stage, people: list[PartyMember]) -> None:
    community, lead, women = stage.own["dongshiqiao"], stage.users["dongshiqiao"], stage.users["fulian"]
    team = verbs.form_team(
        community, name="东石桥邻里互助队", captain=people[1], alliance=stage.case(HOME), by=lead, at=stage.ago(90)
    )
    for person in people[2:4]:
        verbs.join_team(team, person, by=women, at=stage.ago(80))


def _others_wait(stage: Stage) -> None:
    """Two organs of the banner have asked the community in the last days."""
    community, free = stage.own["dongshiqiao"], Organization.objects.organs().within("150422")
    known = OrganLink.objects.filter(community=community).values("organ")
    for days, organ in enumerate(free.exclude(kind="committee").exclude(pk__in=known).order_by("code")[:2], start=2):
        verbs.ask(organ, community, by=speaking_for(stage.actor, organ), at=stage.ago(days))
