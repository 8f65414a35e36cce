"""A small varied world for the figures, made from a seed: rows and their steps as the verbs would leave them."""

import random
from datetime import date, datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from alliances.models import (
    Activity,
    Alliance,
    Belt,
    Chain,
    DemonstrationSite,
    FundEntry,
    Instructor,
    Meeting,
    Membership,
    OrganLink,
    Rectification,
    Registration,
    Reward,
    ServiceRecord,
    Session,
)
from listings.models import Call, Idea, IdeaCall, Item, Listing, Milestone, Payment, Project, Whistle
from listings.models.listing import Kind
from members.models import Organization, PartyMember, Region, Step, User

PLACES = {
    "15": "内蒙古自治区", "1504": "赤峰市", "150402": "红山区", "150402003": "西屯街道", "150402003001": "西屯社区",
    "150422": "巴林左旗", "150422403": "契丹大街街道", "150422403006": "鹿山社区", "150422404": "林东街道",
    "150422404002": "东石桥社区", "41": "河南省", "4113": "南阳市", "411302": "宛城区", "411302001": "东关街道",
}  # fmt: skip
BORDERS = (date(2018, 12, 31), date(2019, 1, 1), date(2019, 3, 31), date(2019, 12, 31))
START, END = date(2018, 11, 1), date(2020, 2, 29)
HOMES = ["1504", "150402", "150402003001", "150422", "150422403006", "150422404", "150422404002", "4113", "411302001"]


def noon(day):
    return timezone.make_aware(datetime.combine(day, time(12)))


class World:
    """Everything that is counted, in one city and the one beside it."""

    def __init__(self, seed=7, alliances=16):
        self.random = random.Random(seed)
        Region.objects.bulk_create([Region(code=c, name=n) for c, n in PLACES.items()], ignore_conflicts=True)
        self.organizations = [self.organization(n) for n in range(18)]
        self.people = [self.person(n) for n in range(60)]
        self.alliances = [self.alliance(n) for n in range(alliances)]
        for alliance in self.alliances:
            self.fill(alliance)
        for n in range(5):
            since = self.day()
            Belt.objects.create(name=f"带{n}", region_id=self.pick(HOMES), since=since, until=self.later(since, 0.4))
        self.registrations()
        for n in range(0, 18, 2):
            since = self.day()
            Instructor.objects.create(
                organization=self.organizations[n], person=f"指导员{n}", sent_by=self.organizations[1], since=since,
                until=self.later(since, 0.4),
            )  # fmt: skip
        for alliance in self.alliances:
            self.meetings(alliance)
        self.whistles()
        for alliance in self.alliances:
            self.ideas(alliance)

    def alliances_in(self, code):
        return [alliance.pk for alliance in self.alliances if alliance.region_id.startswith(code)]

    def pick(self, things):
        return self.random.choice(things)

    def chance(self, share):
        return self.random.random() < share

    def day(self, first=START, last=END):
        """Any day; now and then a border of a month or year."""
        borders = [day for day in BORDERS if day >= first]
        if borders and self.chance(0.2):
            return self.pick(borders)
        return first + timedelta(days=self.random.randrange(max((last - first).days, 1)))

    def later(self, day, share):
        return day + timedelta(days=self.random.randrange(1, 200)) if self.chance(share) else None

    def organization(self, n):
        place = self.pick(HOMES)
        return Organization.objects.create(
            code=f"ORG{n}", name=f"第{n}党支部", kind="branch", level="county", region_id=place,
            sector="social" if n % 3 == 0 else "organ",
        )  # fmt: skip

    def person(self, n):
        since = self.day()
        return PartyMember.objects.create(
            name=f"党员{n}", organization=self.pick(self.organizations), since=since, until=self.later(since, 0.2)
        )

    def alliance(self, n):
        lead, since = self.pick(self.organizations), self.day(last=date(2019, 9, 1))
        founded, ended = self.chance(0.9), self.later(since, 0.3)
        alliance = Alliance.objects.create(
            state="draft" if not founded else "dissolved" if ended else self.pick(["active", "rectifying"]),
            name=f"联合体{n}", region_id=self.pick(HOMES), form=self.pick(Alliance.Form.values),
            mode=self.pick([*Alliance.Mode.values, ""]), formation="agreement", lead=lead, supervising=lead,
            activated_on=since if founded else None, ended_on=ended if founded else None,
        )  # fmt: skip
        kinds = self.random.sample(Chain.Kind.values, self.random.randrange(3))
        Chain.objects.bulk_create([Chain(alliance=alliance, kind=kind) for kind in kinds])
        return alliance

    def registrations(self):
        """Organs linked to two communities, people registered with them; a school's people count nowhere."""
        places = [code for code in HOMES if len(code) == 12]
        towns = [
            Organization.objects.create(
                code=f"SQ{code}", name=f"社区{code}", kind="branch", sector="community", level="primary",
                region_id=code,
            )
            for code in places
        ]  # fmt: skip
        Organization.objects.filter(pk=self.organizations[0].pk).update(sector="school")
        for community in towns:
            for organ in self.random.sample(self.organizations, 7):
                day = self.day()
                ended = self.later(day, 0.4)
                state = "ended" if ended else "linked"
                OrganLink.objects.create(
                    organ=organ, community=community, asked_on=day, linked_on=day, ended_on=ended, state=state
                )
            OrganLink.objects.create(organ=self.organizations[1], community=community, asked_on=START, state="declined")
            for person in self.random.sample(self.people, 22):
                day = self.day()
                ended = self.later(day, 0.4)
                state = "ended" if ended else "registered"
                Registration.objects.create(
                    person=person, community=community, registered_on=day, ended_on=ended, state=state
                )

    def fill(self, alliance):
        self.members(alliance)
        self.standing(alliance)
        for _n in range(self.random.randrange(5)):
            self.activity(alliance)
        for _n in range(self.random.randrange(4)):
            self.listing(alliance)

    def members(self, alliance):
        for organization in self.random.sample(self.organizations, self.random.randrange(1, 7)):
            joined = self.day()
            left = self.later(joined, 0.3)
            state = "left" if left else "accepted"
            if self.chance(0.1):
                state, joined, left = "invited", None, None
            Membership.objects.create(
                alliance=alliance, organization=organization, state=state, joined_on=joined, left_on=left
            )

    def standing(self, alliance):
        here = {"alliance": alliance, "region_id": alliance.region_id}
        if self.chance(0.4):
            since = self.day()
            DemonstrationSite.objects.create(**here, since=since, until=self.later(since, 0.3))
        for _n in range(self.random.randrange(4) if self.chance(0.5) else 0):
            day = self.day()
            state = self.pick(["passed", "ended", "lifted"])
            Rectification.objects.create(
                **here, ordered_on=day, due_on=day, ended_on=day, reason="空转", state=state
            )
        for _n in range(self.random.randrange(3)):
            Reward.objects.create(**here, granted_on=self.day(), what="经费")

    def activity(self, alliance):
        here, day = {"region_id": alliance.region_id}, self.day()
        activity = Activity.objects.create(
            alliance=alliance, **here, kind=self.pick(["theme_day", "volunteering"]), title="活动", host=alliance.lead,
            planned_on=day, state="held",
        )  # fmt: skip
        for _n in range(self.random.randrange(3)):
            held, late = self.day(), self.chance(0.4)
            confirmed = noon(held + timedelta(days=40)) if late and self.chance(0.5) else None
            session = Session.objects.create(
                activity=activity, **here, held_on=held, late=late, recorded_at=noon(held), confirmed_at=confirmed
            )
            for person in self.random.sample(self.people, self.random.randrange(6)):
                ServiceRecord.objects.create(alliance=alliance, **here, person=person, session=session, served_on=held)
        for person in self.random.sample(self.people, self.random.randrange(3)):
            ServiceRecord.objects.create(alliance=alliance, **here, person=person, served_on=self.day())

    def meetings(self, alliance):
        here = {"alliance": alliance, "region_id": alliance.region_id, "kind": "regular", "host": alliance.lead}
        for _n in range(self.random.randrange(4)):
            held, late = self.day(), self.chance(0.4)
            confirmed = noon(held + timedelta(days=40)) if late and self.chance(0.5) else None
            Meeting.objects.create(
                **here, title="例会", planned_on=held, held_on=held, state="held", late=late, recorded_at=noon(held),
                confirmed_at=confirmed,
            )  # fmt: skip
            Meeting.objects.create(**here, title="未开", planned_on=held, state=self.pick(["planned", "cancelled"]))

    def whistles(self):
        """Half of the items have been whistled for: called off, unsolved, not content, or well ended."""
        blown, head = (User.objects.create(username=name, name=name) for name in ("blower", "head"))
        for item in Item.objects.order_by("pk"):
            if not self.chance(0.5):
                continue
            sounded = self.day()
            ended = self.later(sounded, 0.6)
            judged = {"evaluated_on": ended, "solved": self.chance(0.7), "satisfied": self.chance(0.6)} if ended else {}
            whistle = Whistle.objects.create(
                item=item, alliance=item.alliance, region=item.region, caller=item.asked_by, reason="pressing",
                need="疏通", asked_at=noon(sounded), asked_by=blown, decided_by=head, sounded_on=sounded,
                state="evaluated" if ended else self.pick(["sounded", "called_off"]), **judged,
            )  # fmt: skip
            for organ in self.random.sample(self.organizations, 2):
                signed = self.later(sounded, 0.7)
                Call.objects.create(
                    whistle=whistle, organization=organ, role="assist", called_on=sounded,
                    state="signed_for" if signed else "called", signed_at=noon(signed) if signed else None,
                )  # fmt: skip

    def listing(self, alliance):
        signed = self.day() if self.chance(0.7) else None
        here = {"alliance": alliance, "region_id": alliance.region_id, "kind": self.pick(Kind.values)}
        first = date(2019, 1, 1) + timedelta(days=Listing.objects.filter(alliance=alliance).count())
        listing = Listing.objects.create(
            **here, period_from=first, period_to=date(2020, 6, 30), signed_on=signed,
            state="signed" if signed else "draft", created_at=noon(first),
        )  # fmt: skip
        if signed and self.chance(0.4):
            Listing.objects.create(
                **here, period_from=first, period_to=date(2020, 6, 30), signed_on=self.day(signed), version=2,
                previous=listing, state="signed", created_at=noon(signed),
            )  # fmt: skip
        for _n in range(self.random.randrange(9)):
            self.item(listing, here)

    def item(self, listing, here):
        collected = self.day()
        days = [collected + timedelta(days=n) for n in sorted(self.random.sample(range(1, 120), 4))]
        reached = self.random.randrange(5)
        states = ["collected", "open", "claimed", "done", "confirmed"]
        judged = self.pick(["", "satisfied", "mostly", "dissatisfied"]) if reached > 3 else ""
        gone = reached == 1 and self.chance(0.3)
        Item.objects.create(
            listing=listing, **here, title="事项", satisfaction=judged, asked_by=listing.alliance.lead,
            state="forwarded" if gone else states[reached], collected_on=collected,
            first_claimed_on=days[1] if reached > 1 else None, done_on=days[2] if reached > 2 else None,
            confirmed_on=days[3] if reached > 3 else None,
        )  # fmt: skip
        thing = {"thing_type": ContentType.objects.get_for_model(Item), "thing_id": Item.objects.latest("id").pk}
        for n, state in enumerate(states[: reached + 1]):
            at = noon(collected if n == 0 else days[n - 1])
            until = noon(days[n]) if n < reached else None
            Step.objects.create(**thing, verb=state, to_state=state, at=at, until=until)

    def ideas(self, alliance):
        """A call in any state; an item in three became a project, half of them carried out, paid, perhaps paid back."""
        here = {"alliance": alliance, "region_id": alliance.region_id}
        opens = self.day()
        state = self.pick(["open", "selecting", "published", "published", "cancelled"])
        call = IdeaCall.objects.create(
            **here, theme="金点子", opens_on=opens, closes_on=opens + timedelta(days=20), state=state,
            published_on=self.day(opens) if state == "published" else None,
        )  # fmt: skip
        for item in Item.objects.filter(alliance=alliance).order_by("pk"):
            proposer, proposed = self.pick(self.organizations), self.day()
            idea = Idea.objects.create(
                call=call, title="点子", proposed_by=proposer, proposed_on=proposed,
                state=self.pick(["submitted", "chosen", "withdrawn"]), answer="可行", decided_on=proposed,
            )  # fmt: skip
            if not self.chance(0.7):
                continue
            state = self.pick(["seeking", "running", "accepted", "accepted"])
            carried = {} if state == "seeking" else {"provider": self.pick(self.organizations), "begun_on": self.day()}
            project = Project.objects.create(
                **here, item=item, idea=idea, state=state, fixed_on=self.day(), **carried,
                accepted_on=self.day() if state == "accepted" else None,
            )  # fmt: skip
            self.money(alliance, project)

    def money(self, alliance, project):
        """Paid for a milestone, some of it taken back; and spending that has nothing to do with projects."""
        milestone = Milestone.objects.create(project=project, title="完工", due_on=END)
        paid = FundEntry.objects.create(alliance=alliance, kind="spending", amount=-1250, on=self.day())
        FundEntry.objects.create(alliance=alliance, kind="spending", amount=-9, on=self.day())
        Payment.objects.create(milestone=milestone, entry=paid)
        if self.chance(0.3):
            FundEntry.objects.create(
                alliance=alliance, kind="spending", amount=1250, on=self.later(paid.on, 1), reverses=paid, reason="重复"
            )
