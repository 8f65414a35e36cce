"""One thing of every kind, all of 五金小区 or of 巴林左旗: what the routes' ids name in the matrix."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from alliances import transitions as together
from alliances.models import Alliance, ChecklistRow, Membership, Post
from alliances.transitions import fund as funds
from alliances.transitions import staff as staffing
from alliances.transitions import venue as venues
from assessments import transitions as yearly
from assessments.models import Proposal, ReviewRun
from listings import transitions as verbs
from listings.models import Claim, Listing
from members.importing import runs
from members.importing.organizations import OrganizationImporter
from members.lifecycle import note
from members.models import Complaint, Organization, PartyMember, Region, User
from members.spreadsheets import csv_lines
from members.transitions import propose
from tests.alliances.means import divided, grant, hall, settled
from tests.assessments.years import draft
from tests.cast import NOW, again, alliance, at, join, organization, people, person, user
from tests.cast import alliance as running
from tests.listings.conftest import item_on, list_of
from tests.matrix import things

DAY = date(2019, 6, 3)


class World:
    """``things`` by name; ``cast`` who acts on them."""

    def __init__(self):
        self.cast = people()
        User.objects.update(password_changed_at=timezone.now())
        self.things = {}
        for build in (*BUILDERS, *things.BUILDERS):
            build(self)

    def keep(self, **things):
        assert not self.things.keys() & things.keys(), "two things of one name"
        self.things |= things

    def organizations(self):
        cast = self.cast
        member = person("演示党员", cast.dongshiqiao_org)
        account = user("member", "member", organization=cast.dongshiqiao_org)
        self.keep(
            organization=cast.dongshiqiao_org, person=member, account=account,
            member_organization=cast.fulian_org, supervising=cast.town_org)  # fmt: skip

    def alliances(self):
        cast = self.cast
        applied = together.found(
            name="临潢路党建联合体", region=Region.objects.get(code="150422404002"), form="joint_committee",
            formation="non_established", lead=cast.dongshiqiao_org, supervising=cast.town_org, purpose="一家办不成",
            by=cast.dongshiqiao, at=NOW,
        )  # fmt: skip
        kept = together.found(
            name="草拟中的联合体", region=Region.objects.get(code="150422404002"), form="league", formation="agreement",
            lead=cast.dongshiqiao_org, supervising=cast.town_org, purpose="", by=cast.dongshiqiao, at=NOW,
        )  # fmt: skip
        join(applied, cast.fulian_org)
        submitted = together.submit(applied, by=cast.dongshiqiao, at=NOW)
        invited = together.invite(cast.alliance, cast.lushan_org, by=cast.dongshiqiao, at=NOW)
        firm = organization("左旗供电党支部", "150422", sector="state_enterprise")
        asking = user("gongdian", "branch", organization=firm)
        newcomer = together.apply(cast.alliance, firm, by=asking, at=NOW)
        beside = alliance("东石桥邻里联盟", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org], form="league")
        self.keep(newcomer=newcomer, beside=beside, row=ChecklistRow.objects.create(
            region_id="150422", group="七防", position=1, text="防火防汛"))  # fmt: skip
        member = Membership.objects.get(alliance=cast.alliance, organization=cast.fulian_org)
        self.keep(
            alliance=cast.alliance, founding=submitted or applied, draft=kept, invitation=invited, membership=member
        )

    def activities(self):
        cast = self.cast
        planned = together.plan(
            cast.alliance, kind="theme_day", title="主题党日", host=cast.dongshiqiao_org, planned_on=DAY,
            by=cast.dongshiqiao, at=NOW,
        )  # fmt: skip
        old = together.plan(
            cast.alliance, kind="theme_day", title="早先的主题党日", host=cast.dongshiqiao_org,
            planned_on=DAY - timedelta(days=60), by=cast.dongshiqiao, at=NOW,
        )  # fmt: skip
        late = together.hold(
            old, held_on=DAY - timedelta(days=60), organizations=[cast.dongshiqiao_org], people=[],
            by=cast.dongshiqiao, at=NOW,
        )  # fmt: skip
        self.keep(activity=planned, session=late)

    def planning(self):
        cast = self.cast
        template = together.add_template(
            cast.alliance, kind="theme_day", title="主题党日", every="quarter", by=cast.dongshiqiao, at=NOW
        )
        self.keep(template=template)
        self.secret = together.open_feed(cast.fulian, at=NOW)

    def meetings(self):
        cast = self.cast
        words = {"kind": "regular", "host": cast.dongshiqiao_org, "by": cast.dongshiqiao, "at": NOW}
        coming = together.convene(
            cast.alliance, title="工作例会", planned_on=DAY + timedelta(days=7), topics=["垃圾清运"], **words
        )
        topic = together.propose_topic(coming, cast.fulian_org, title="停车划线", by=cast.fulian, at=NOW)
        held = together.convene(cast.alliance, title="上次例会", planned_on=DAY, **words)
        late = together.convene(cast.alliance, title="早先的例会", planned_on=DAY - timedelta(days=60), **words)
        for meeting in (held, late):
            together.hold_meeting(
                meeting, held_on=meeting.planned_on, organizations=[cast.dongshiqiao_org], by=cast.dongshiqiao, at=NOW
            )
        decision = together.decide(held, title="共同清运垃圾", by=cast.dongshiqiao, at=NOW)
        voting = together.decide(held, title="停车划线", put_to_vote=True, by=cast.dongshiqiao, at=NOW)
        self.keep(meeting=coming, topic=topic, held_meeting=held, late_meeting=late, decision=decision, voting=voting)

    def means(self):
        cast = self.cast
        grant(cast, "100000.00")
        settled_one = settled(cast)
        place = hall(cast, at=timezone.now())
        tomorrow = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=7)
        booking = venues.book(
            place, organization=cast.fulian_org, starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=2),
            purpose="学习会", by=cast.fulian, at=timezone.now(),
        )  # fmt: skip
        words = {"by": cast.dongshiqiao, "at": NOW}
        self.keep(
            fund=grant(cast, "1.00"), settled=settled_one, divided=divided(cast, "100.00", of=settled_one.scheme),
            distribution_scheme=settled_one.scheme, venue=place, booking=booking,
            drawn=funds.draw(cast.alliance, amount=Decimal("1.00"), on=DAY, purpose="补偿", **words),
            staff=staffing.take_on(
                cast.alliance, kind="volunteer", name="赵六", unit="协会", task="巡查", since=DAY, **words
            ),
            partner=staffing.enlist(cast.alliance, kind="cooperative", name="合作社", since=DAY, **words),
        )  # fmt: skip

    def leadership(self):
        cast, term = self.cast, {"since": DAY, "until": date(2099, 1, 1)}
        asked = {"organization": cast.fulian_org, "by": cast.dongshiqiao, "at": NOW}
        nomination = together.nominate(
            cast.alliance, kind="deputy", person="王芳", since=DAY, until=DAY + timedelta(days=900), **asked
        )
        held = Post.objects.create(alliance=cast.alliance, kind="secretary", person="刘强", state="standing", **term)
        note(held, "begin", at=NOW, to_state="standing")
        social = organization("巴林左旗义工协会党支部", "150422", sector="social")
        joint = running(
            "东石桥联合党支部", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org, social], form="joint_branch"
        )
        User.objects.filter(pk=self.things["account"].pk).update(party_member=self.things["person"])
        volunteer, other = person("王五", cast.fulian_org), person("赵六", cast.fulian_org)
        part = together.put_forward(joint, other, by=cast.fulian, at=NOW)
        sent = together.assign_instructor(
            social, person="孙丽", sent_by=cast.fulian_org, since=DAY, alliance=joint, by=cast.dongshiqiao, at=NOW
        )
        self.keep(nomination=nomination, held_post=held, joint=joint, participation=part, volunteer=volunteer)
        self.keep(social=social, instructor=sent)

    def listings(self):
        cast = self.cast
        needs, problems = (
            list_of(cast.alliance, cast.dongshiqiao),
            list_of(cast.alliance, cast.dongshiqiao, kind="problem"),
        )
        collected = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="刚收集的", opened=False)
        opened = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="待认领的")
        problem = item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title="井盖破损")
        taken = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="已认领的")
        claim = verbs.claim(taken, cast.fulian_org, by=cast.fulian, at=NOW)
        done = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="待确认的")
        finished = verbs.claim(done, cast.fulian_org, by=cast.fulian, at=NOW)
        verbs.finish(finished, by=cast.fulian, at=NOW)
        waited_for = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="候补的")
        before = verbs.claim(waited_for, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
        offered = verbs.claim(waited_for, cast.fulian_org, by=cast.fulian, at=NOW, wait=True)
        verbs.release(before, by=cast.dongshiqiao, at=NOW, reason="另有任务")
        until = timezone.now() + timedelta(days=2)  # callers come today
        Claim.objects.filter(pk=offered.pk).update(offered_until=until)
        returned = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="退回的", opened=False)
        verbs.return_(returned, by=cast.dongshiqiao, at=NOW, reason="说明不清")
        self.keep(
            listing=Listing.objects.get(pk=needs.pk), item=opened, collected=collected, problem=problem, claim=claim,
            done=done, returned=returned, offered=offered,
        )  # fmt: skip

    def registrations(self):
        """妇联 has asked 东石桥; a member of 妇联 is registered there, holds a post and captains a team."""
        cast = self.cast
        link = together.ask(cast.fulian_org, cast.dongshiqiao_org, by=cast.fulian, at=NOW)
        clerk = person("科员", cast.fulian_org)
        (registered,) = together.register([clerk], cast.dongshiqiao_org, by=cast.fulian, at=NOW)
        post = together.offer(cast.dongshiqiao_org, title="楼栋长", capacity=2, by=cast.dongshiqiao, at=NOW)
        holding = together.take(post, clerk, by=cast.fulian, at=NOW)
        team = together.form_team(cast.dongshiqiao_org, name="邻里队", captain=clerk, by=cast.dongshiqiao, at=NOW)
        self.keep(
            link=link, clerk=clerk, registered=registered, post=post, holding=holding, team=team,
            part=team.members.get(),
        )  # fmt: skip

    def year(self):
        cast = self.cast
        sketched = draft(cast, region="150422")
        running = yearly.open_(draft(cast, region="1504"), by=cast.chifeng2, at=NOW)
        run = ReviewRun.objects.create(
            as_of=date(2019, 3, 31), period_from=date(2019, 1, 1), rules=[], started_at=NOW, state="complete"
        )
        proposal = Proposal.objects.create(
            run=run, alliance=cast.alliance, region_id=cast.alliance.region_id, kind="rectify", evidence=[]
        )
        note(proposal, "propose", at=NOW, to_state="open")
        approval = propose(
            "alliances.reward", cast.alliance, by=cast.chifeng2, at=NOW, reason="成效突出",
            region_id=cast.alliance.region_id, arguments={"what": "优先安排经费"},
        )  # fmt: skip
        other = Alliance.objects.get(pk=cast.alliance.pk)
        banner = Region.objects.get(code="150422")
        self.keep(scheme=running, sketch=sketched, run=run, proposal=proposal, approval=approval, other=other)
        self.keep(banner=banner)

    def ground(self):
        cast = self.cast
        grant = propose(
            "roles.grant", cast.fulian, by=cast.balinzuo, at=NOW, reason="分工调整",
            region_id="150422", panel="security",
            arguments={"role": "branch", "organization": cast.fulian_org.pk, "since": "2019-06-03"},
        )  # fmt: skip
        said = Complaint.objects.create(by=cast.fulian, region_id="150422", text="页面看不清", page="/claims/", at=NOW)
        self.keep(grant=grant, complaint=said)

    def imports(self):
        """Checked, with a good row and a bad one: handed in by the banner's department."""
        importer = OrganizationImporter()
        rows = [["H-1", "林东卫生院党支部", "党支部", "事业单位", "旗县级", "150422"], ["H-2", "", "", "", "", ""]]
        heads = ["组织代码", "全称", "组织类别", "领域", "层级", "区划代码"]
        body = "".join(csv_lines(heads, rows)).encode()
        run = runs.receive(importer, "卫生系统.csv", iter([body]), by=self.cast.balinzuo, at=NOW)
        self.keep(**{"import": runs.advance(run, importer, at=NOW)})


BUILDERS = (
    World.organizations,
    World.alliances,
    World.activities,
    World.planning,
    World.meetings,
    World.means,
    World.leadership,
    World.listings,
    World.registrations,
    World.year,
    World.ground,
    World.imports,
)
"""In this order; each takes the world and keeps its things under names."""

__all__ = ["NOW", "Organization", "PartyMember", "World", "again", "at", "organization"]
