"""Idea calls, projects and the service catalogue."""

from tests.matrix.grammar import ALLIED, LEAD, LEADS, MEMBER, OUTSIDER, SEES_ALLIANCE, STAFF, page, verb

FOUND = ALLIED | OUTSIDER  # the banner's services are for everybody who sits there
WRITERS = {"chifeng", "balinzuo"} | MEMBER

PAGES = {
    **{name: page() for name in ("ideas:list", "ideas:mine", "ideas:where")},
    "ideas:open": verb("alliance", SEES_ALLIANCE, LEADS),
    "ideas:call": page(ALLIED, "call"),
    "ideas:propose": verb("call", ALLIED, LEAD | MEMBER),
    "ideas:close": verb("call", ALLIED, LEADS),
    "ideas:cancel": verb("call_empty", ALLIED, LEADS),
    "ideas:publish": verb("call_decided", ALLIED, LEADS),
    "ideas:detail": page(ALLIED, "idea"),
    "ideas:study": verb("idea", ALLIED, LEADS),
    "ideas:withdraw": verb("idea", ALLIED, MEMBER),
    "ideas:choose": verb("idea_selecting", ALLIED, LEADS),
    "ideas:decline": verb("idea_selecting", ALLIED, LEADS),
    "projects:list": page(),
    "projects:detail": page(ALLIED, "project"),
    "projects:bid": verb("project_sought", ALLIED, MEMBER),
    "projects:stop": verb("project_sought", ALLIED, LEADS),
    "projects:set_milestone": verb("project", ALLIED, LEADS),
    "projects:visit": verb("project", ALLIED, LEADS),
    "projects:accept": verb("project", ALLIED, LEADS),
    "projects:appoint": verb("candidate", ALLIED, LEADS),
    "projects:withdraw_bid": verb("candidate", ALLIED, MEMBER),
    "projects:report": verb("milestone", ALLIED, MEMBER),
    "projects:drop_milestone": verb("milestone", ALLIED, LEADS),
    "projects:accept_milestone": verb("milestone_reported", ALLIED, LEADS),
    "projects:return_milestone": verb("milestone_reported", ALLIED, LEADS),
    "projects:pay": verb("milestone_accepted", ALLIED, LEAD),
    "projects:follow_up": verb("visit", ALLIED, MEMBER),
    "services:list": page(),
    "services:where": page(),
    "services:new": verb("organization", ALLIED, STAFF | LEAD),
    "services:detail": page(FOUND, "service"),
    "services:begin": verb("service", FOUND, LEAD | MEMBER),
    "services:revise": verb("service", FOUND, WRITERS),
    "services:retire": verb("service", FOUND, WRITERS),
    "services:phone": verb("service", FOUND, FOUND),
}
