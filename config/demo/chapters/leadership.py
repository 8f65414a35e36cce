"""Leadership: the estate's posts with their consents, a nomination that waits for the women's federation, a term that
ends soon, a joint branch's 56 people as reported, instructors of social organisations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from alliances import transitions as verbs
from alliances.models import Alliance, Instructor, Membership, Participant, Post
from config.demo.chapters.stage import Stage
from config.demo.trades import SOCIAL
from members.lifecycle import note
from members.models import Organization, PartyMember, User
from members.organizations import register
from members.scope import Rights

ESTATE, BROOMS, JOINT, SERVICE = "CF-ZL-01", "CF-SZ-01", "NY-SQ-01", "CF-SH-01"
OWN, OUTSIDE = 11, 45
"""The joint branch's people as the report gives them: 56 = 11 of the community + 45 from outside."""

DUTIES = ("卫生监督岗", "治安巡逻岗", "政策宣讲岗", "邻里调解岗", "扶老助残岗", "设施维护岗")
HONGSHAN, BANNER = "150402", "150422"


def play(stage: Stage) -> None:
    """All of it."""
    _reported_arrangements(stage)
    _estate(stage)
    _joint_branch(stage)
    _instructors(stage)


def speaking(stage: Stage, organization: Organization) -> User:
    """The stand-in for everybody without an account, speaking for one organisation."""
    voice = User.objects.get(pk=stage.actor.pk)
    voice.rights = Rights(organizations=frozenset({organization.pk}))
    return voice


def members_of(alliance: Alliance) -> list[Organization]:
    """The current members without the lead, in a fixed order."""
    current = alliance.memberships.current().exclude(organization=alliance.lead_id)
    return [m.organization for m in current.select_related("organization").order_by("pk")]


def person_of(organization: Organization, place: int = 0) -> str:
    """The name of one of its synthetic Party members."""
    return PartyMember.objects.filter(organization=organization).order_by("pk")[place].name


def _reported_arrangements(stage: Stage) -> None:
    """As reported, the property company's head is part-time member and grid worker; the name is made up."""
    estate = stage.case(ESTATE)
    company = next(o for o in members_of(estate) if o.name == "物业服务企业党组织")
    for kind, own_post in ((Post.Kind.PART_TIME_MEMBER, "党员负责人"), (Post.Kind.GRID_WORKER, "企业负责人")):
        post = Post.objects.create(
            alliance=estate, kind=kind, person=person_of(company), organization=company, own_post=own_post,
            party_member=PartyMember.objects.filter(organization=company).order_by("pk")[0],
            state=Post.State.STANDING, source="PD2009", synthetic=True,
        )  # fmt: skip
        note(post, "report", at=stage.ago(30), to_state=Post.State.STANDING)


def _estate(stage: Stage) -> None:
    """A secretary in office, a deputy whose term ends in twenty days, a nomination one voice short of a majority."""
    estate, brooms, women = stage.case(ESTATE), stage.case(BROOMS), stage.own["fulian"]
    lead, others = stage.users["dongshiqiao"], [o for o in members_of(estate) if o != women]
    needed = (estate.memberships.current().count() + 2) // 2 - 1  # besides the lead's own voice
    secretary = _nominate(stage, estate, lead, estate.lead, Post.Kind.SECRETARY, since=700, left=395)
    deputy = _nominate(stage, estate, lead, women, Post.Kind.DEPUTY, since=1076, left=20)
    _agree(stage, secretary, others[:needed], 698)
    _agree(stage, deputy, others[-needed:], 1074)
    police = next(o for o in others if "公安" in o.name)
    waiting = _nominate(stage, estate, lead, police, Post.Kind.COMMITTEE_MEMBER, since=3, left=1090)
    _agree(stage, waiting, [o for o in others if o != police][: needed - 1], 2)
    elsewhere = _nominate(
        stage, brooms, speaking(stage, brooms.lead), women, Post.Kind.COMMITTEE_MEMBER, since=400, left=695
    )
    _agree(stage, elsewhere, [o for o in members_of(brooms) if o != women], 399)


def _nominate(
    stage: Stage, alliance: Alliance, by: User, organization: Organization, kind: str, *, since: int, left: int
) -> Post:
    """So many days ago, of the organisation's first Party member, until so many days from now."""
    at = stage.ago(since, 9)
    post = verbs.nominate(
        alliance, kind=kind, person=person_of(organization), organization=organization, own_post="书记",
        since=at.date(), until=stage.today + timedelta(days=left), by=by, at=at,
    )  # fmt: skip
    Post.objects.filter(pk=post.pk).update(synthetic=True)
    post.refresh_from_db()
    return post


def _agree(stage: Stage, post: Post, organizations: Iterable[Organization], days: int) -> None:
    """The organisations agree one after the other, until the post begins."""
    for organization in organizations:
        post.refresh_from_db()
        if post.state != Post.State.NOMINATED:
            return
        verbs.consent(post, organization, agrees=True, by=speaking(stage, organization), at=stage.ago(days, 15))


def _joint_branch(stage: Stage) -> None:
    """The compound's joint branch: its own people at once, those from outside put forward by their branches."""
    joint = stage.case(JOINT)
    lead, branches = speaking(stage, joint.lead), members_of(joint)
    for place, person in enumerate(_people(joint.lead, OWN)):
        verbs.put_forward(joint, person, duty=DUTIES[place % len(DUTIES)], by=lead, at=stage.ago(300))
    for place, branch in enumerate(branches):
        share = OUTSIDE // len(branches) + (place < OUTSIDE % len(branches))
        for number, person in enumerate(_people(branch, share)):
            own = speaking(stage, branch)
            duty = DUTIES[(place + number) % len(DUTIES)]
            part = verbs.put_forward(joint, person, duty=duty, by=own, at=stage.ago(290))
            verbs.take_in(part, by=lead, at=stage.ago(288))
    Participant.objects.filter(alliance=joint).update(synthetic=True)


def _people(organization: Organization, number: int) -> list[PartyMember]:
    """So many of its Party members; more are made up where there are too few."""
    people = list(PartyMember.objects.filter(organization=organization).order_by("pk")[:number])
    people += [
        PartyMember.objects.create(
            name=f"党员{organization.pk:05d}-{place}", organization=organization, since="2018-01-01", synthetic=True
        )
        for place in range(len(people), number)
    ]
    return people


def _instructors(stage: Stage) -> None:
    """In Hongshan the league's lead sends one to every social organisation; in the banner the department has begun."""
    league, women = stage.case(SERVICE), stage.own["fulian"]
    lead = speaking(stage, league.lead)
    for organization in _social(stage, HONGSHAN, 6):
        _join(stage, league, organization, lead)
        _send(stage, organization, league.lead, lead, league)
    for organization in _social(stage, BANNER, 5)[:3]:
        _send(stage, organization, women, stage.users["balinzuo"], None)
    Instructor.objects.update(synthetic=True)


def _send(stage: Stage, to: Organization, sender: Organization, by: User, alliance: Alliance | None) -> None:
    """One of the sender's first three people, who may have several organisations."""
    person, at = person_of(sender, to.pk % 3), stage.ago(200)
    verbs.assign_instructor(to, person=person, sent_by=sender, since=at.date(), alliance=alliance, by=by, at=at)


def _join(stage: Stage, league: Alliance, organization: Organization, by: User) -> None:
    if league.memberships.current().filter(organization=organization).exists():
        return
    invited = verbs.invite(league, organization, by=by, at=stage.ago(260))
    verbs.accept(invited, by=speaking(stage, organization), at=stage.ago(255))
    Membership.objects.filter(pk=invited.pk).update(synthetic=True)


def _social(stage: Stage, county: str, least: int) -> list[Organization]:
    """The county's social organisations; some are registered where there are too few."""
    there = Organization.objects.filter(sector=Organization.Sector.SOCIAL, region=county)
    label = Organization.objects.filter(region=county, name__startswith="中共").get().name[2:-3]
    for word, trade in SOCIAL:
        if there.count() >= least:
            break
        name = f"{label}{word}党支部"
        if not there.filter(name=name).exists():
            made = Organization(
                name=name, region_id=county, kind=Organization.Kind.BRANCH, sector=trade.sector,
                industry=trade.industry, level=trade.level, ownership=trade.ownership, synthetic=True,
            )  # fmt: skip
            register(made, by=stage.users["chifeng"], at=stage.ago(365))
    return list(there.order_by("code"))
