"""A call of 五金小区, an idea of 妇联, and a project that a social organisation carries out."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from alliances.transitions.fund import receive
from listings import transitions as verbs
from tests.cast import NOW, join, organization, user

DAY = date(2019, 6, 3)
LATER = NOW + timedelta(days=20)


def call_of(cast, at=NOW, **words):
    given = {"theme": "邻里金点子", "opens_on": DAY, "closes_on": DAY + timedelta(days=14), **words}
    return verbs.open_call(cast.alliance, **given, by=cast.dongshiqiao, at=at)


def idea_in(call, cast, title="楼道口代步车充电棚", at=NOW, **words):
    given = {"proposed_by": cast.fulian_org, "by": cast.fulian, **words}
    return verbs.propose_idea(call, title=title, **given, at=at)


def fixed(cast, at=NOW):
    """A project for which a provider is sought; 妇联 had the idea."""
    call = call_of(cast, at=at, opens_on=localdate(at), closes_on=localdate(at))
    idea = idea_in(call, cast, at=at)
    verbs.close_call(call, by=cast.dongshiqiao, at=at)
    idea.refresh_from_db()
    return verbs.choose(idea, reason="居民反映集中", by=cast.dongshiqiao, at=at)


def helpers(cast, name="左旗义工协会党支部", username="yigong"):
    """A social organisation that is a member of 五金小区, and the account of its head."""
    org = organization(name, "150422", sector="social", ownership="private")
    join(cast.alliance, org)
    return org, user(username, "branch", organization=org)


def running(cast, at=NOW, budget="20000.00", milestones=2):
    """A project that the volunteers carry out, with milestones; returns it and the volunteers' account."""
    project = fixed(cast, at=at)
    org, head = helpers(cast)
    offered = verbs.bid(project, organization=org, plan="十名义工，两个周末搭好", by=head, at=at)
    verbs.appoint(offered, reason="做过同类项目", budget=Decimal(budget), by=cast.dongshiqiao, at=at)
    project.refresh_from_db()
    for n in range(milestones):
        due = localdate(at) + timedelta(days=10 * (n + 1))
        verbs.set_milestone(project, title=f"第{n + 1}步", due_on=due, by=cast.dongshiqiao, at=at)
    return project, head


def granted(cast, amount, at=NOW):
    return receive(
        cast.alliance, source="pooled", amount=Decimal(amount), on=localdate(at), member=cast.dongshiqiao_org,
        document="社会组织发展基金会资助", by=cast.dongshiqiao, at=at,
    )  # fmt: skip


def reach(milestone, cast, head, at=NOW):
    verbs.report_milestone(milestone, text="已完成", by=head, at=at)
    return verbs.accept_milestone(milestone, by=cast.dongshiqiao, at=at)
