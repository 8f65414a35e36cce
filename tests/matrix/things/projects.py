"""Calls, ideas and projects of 五金小区 in every state that a route needs; a service of 妇联."""

from datetime import timedelta
from decimal import Decimal

from listings import transitions as verbs
from tests.cast import NOW
from tests.listings.projects import DAY, call_of, granted, idea_in

HERE = DAY + timedelta(days=30)


def build(world):
    """Takes the world and keeps its things: 妇联 hands in ideas and carries out what the community had the idea of."""
    cast = world.cast
    lead = {"by": cast.dongshiqiao, "at": NOW}
    opened, empty = call_of(cast), call_of(cast, theme="还没有人提")
    selecting, decided = call_of(cast, theme="评选中"), call_of(cast, theme="待公布")
    idea, undecided, answered = idea_in(opened, cast), idea_in(selecting, cast), idea_in(decided, cast)
    for call in (selecting, decided):
        verbs.close_call(call, **lead)
    answered.refresh_from_db()
    verbs.decline_idea(answered, reason="已有安排", **lead)
    seeking, sought, running = (project_of(cast, title) for title in ("搭棚", "画线", "清运"))
    candidate = verbs.bid(seeking, organization=cast.fulian_org, plan="我们来", by=cast.fulian, at=NOW)
    verbs.appoint(
        verbs.bid(running, organization=cast.fulian_org, plan="我们来", by=cast.fulian, at=NOW),
        reason="合适", budget=Decimal("500.00"), **lead,
    )  # fmt: skip
    running.refresh_from_db()
    planned, reported, accepted = (
        verbs.set_milestone(running, title=title, due_on=HERE, **lead) for title in ("一", "二", "三")
    )
    for part in (reported, accepted):
        verbs.report_milestone(part, text="完成", by=cast.fulian, at=NOW)
    verbs.accept_milestone(accepted, **lead)
    granted(cast, "1000.00")
    service = verbs.list_service(
        cast.fulian_org, title="家庭矛盾调解", basis="《家庭教育促进法》", steps="来访登记\n上门调解", working_days=5,
        phone="04761234567", by=cast.fulian, at=NOW,
    )  # fmt: skip
    world.keep(
        call=opened, call_empty=empty, call_decided=decided, idea=idea, idea_selecting=undecided, project=running,
        project_sought=sought, candidate=candidate, milestone=planned, milestone_reported=reported,
        milestone_accepted=accepted, service=service,
        visit=verbs.visit(running, visited_on=DAY, seen="现场", follow_up="补护栏", **lead),
    )  # fmt: skip


def project_of(cast, title):
    """A project that the community itself had the idea of."""
    call = call_of(cast, theme=title, closes_on=DAY)
    idea = idea_in(call, cast, title=title, proposed_by=cast.dongshiqiao_org, by=cast.dongshiqiao)
    verbs.close_call(call, by=cast.dongshiqiao, at=NOW)
    idea.refresh_from_db()
    return verbs.choose(idea, reason="居民反映集中", by=cast.dongshiqiao, at=NOW)
