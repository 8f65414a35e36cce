"""Idea calls, projects and the service catalogue: no key reads them."""

from tests.matrix.grammar import (
    ALLIANCE,
    ALLIED,
    LEAD,
    LEADS,
    MEMBER,
    OUTSIDER,
    PARTY,
    REASON,
    STAFF,
    TODAY,
    of,
    own,
    rest,
    said,
)

FOUND = ALLIED | OUTSIDER | PARTY
WRITERS = {"chifeng", "balinzuo"} | MEMBER
CALLED = ALLIED | PARTY
IN = of(alliance="alliance")
SERVICE = {"title": "法律援助", "basis": "《法律援助法》", "steps": "申请", "working_days": 5}


def for_own(**words):
    return lambda world, person: {"proposed_by": own(world, person)} | words


def bid(world, person):
    return {"organization": own(world, person), "plan": "方案"}


def begin(world, person):
    return IN(world, person) | {"asked_by": own(world, person)}


ROUTES = {
    **{
        (f"{noun}-list", "GET"): rest()
        for noun in ("ideacall", "idea", "project", "candidate", "milestone", "visit", "service")
    },
    ("ideacall-detail", "GET"): rest("call", CALLED),
    ("ideacall-list", "POST"): rest(
        sees=ALLIANCE, can=LEADS, body=said(IN, theme="点子", opens_on=TODAY, closes_on="2099-01-01")
    ),
    ("ideacall-figures", "GET"): rest("call", CALLED, LEADS),
    ("ideacall-propose", "POST"): rest("call", CALLED, LEAD | MEMBER | PARTY, body=for_own(title="点子")),
    ("ideacall-close", "POST"): rest("call", CALLED, LEADS),
    ("ideacall-cancel", "POST"): rest("call_empty", CALLED, LEADS, body=REASON),
    ("ideacall-publish", "POST"): rest("call_decided", CALLED, LEADS),
    ("idea-detail", "GET"): rest("idea", ALLIED),
    ("idea-study", "POST"): rest("idea", ALLIED, LEADS, body={"finding": "可行"}),
    ("idea-withdraw", "POST"): rest("idea", ALLIED, MEMBER, body=REASON),
    ("idea-choose", "POST"): rest("idea_selecting", ALLIED, LEADS, body=REASON),
    ("idea-decline", "POST"): rest("idea_selecting", ALLIED, LEADS, body=REASON),
    ("project-detail", "GET"): rest("project", ALLIED),
    ("project-account", "GET"): rest("project", ALLIED),
    ("project-bid", "POST"): rest("project_sought", ALLIED, MEMBER, body=bid),
    ("project-stop", "POST"): rest("project_sought", ALLIED, LEADS, body=REASON),
    ("project-set-milestone", "POST"): rest("project", ALLIED, LEADS, body={"title": "搭棚", "due_on": TODAY}),
    ("project-visit", "POST"): rest("project", ALLIED, LEADS, body={"visited_on": TODAY, "seen": "现场"}),
    ("project-accept", "POST"): rest("project", ALLIED, LEADS),
    ("candidate-detail", "GET"): rest("candidate", ALLIED),
    ("candidate-appoint", "POST"): rest("candidate", ALLIED, LEADS, body=REASON),
    ("candidate-withdraw", "POST"): rest("candidate", ALLIED, MEMBER),
    ("milestone-detail", "GET"): rest("milestone", ALLIED),
    ("milestone-report", "POST"): rest("milestone", ALLIED, MEMBER, body={"text": "完成"}),
    ("milestone-drop", "POST"): rest("milestone", ALLIED, LEADS, body=REASON),
    ("milestone-accept", "POST"): rest("milestone_reported", ALLIED, LEADS),
    ("milestone-return-", "POST"): rest("milestone_reported", ALLIED, LEADS, body=REASON),
    ("milestone-pay", "POST"): rest("milestone_accepted", ALLIED, LEAD, body={"amount": "1.00", "on": TODAY}),
    ("visit-detail", "GET"): rest("visit", ALLIED),
    ("visit-follow-up", "POST"): rest("visit", ALLIED, MEMBER, body={"text": "已整改"}),
    ("service-detail", "GET"): rest("service", FOUND),
    ("service-list", "POST"): rest(
        sees=ALLIED | PARTY, can=STAFF | LEAD, body=said(of(department="dongshiqiao_org"), **SERVICE)
    ),
    ("service-revise", "POST"): rest("service", FOUND, WRITERS, body={"working_days": 7}),
    ("service-retire", "POST"): rest("service", FOUND, WRITERS, body=REASON),
    ("service-begin", "POST"): rest("service", FOUND, LEAD | MEMBER, body=begin),
}
