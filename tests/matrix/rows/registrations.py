"""Double registration (双报到)."""

from tests.matrix.grammar import ALL, ALLIED, BESIDE, DEPARTMENTS, LEAD, MEMBER, OUTSIDER, STAFF, page, row, verb

PAGES = {
    # double registration
    "registrations:home": page(),
    "registrations:coverage": row(ALL, STAFF | BESIDE, methods="GET"),
    "registrations:organs_without": row(ALL, STAFF | BESIDE, methods="GET"),
    "registrations:people_without": row(ALL, STAFF | BESIDE, methods="GET"),
    "registrations:mine": page(),
    "registrations:links": page(),
    "registrations:link": page(ALLIED, "link"),
    "registrations:link_slip": page(ALLIED, "link"),
    "registrations:accept": verb("link", ALLIED, LEAD),
    "registrations:decline": verb("link", ALLIED, LEAD),
    "registrations:withdraw": verb("link", ALLIED, MEMBER),
    "registrations:end_link": verb("link", ALLIED, LEAD | MEMBER),
    "registrations:ask": verb("member_organization", DEPARTMENTS | LEAD | MEMBER, MEMBER),
    "registrations:register": verb("member_organization", DEPARTMENTS | LEAD | MEMBER, MEMBER),
    "registrations:form_team": verb("organization", ALLIED, LEAD),
    "registrations:people": page(),
    "registrations:register_person": verb("clerk", DEPARTMENTS | MEMBER, MEMBER),
    "registrations:skills": verb("clerk", DEPARTMENTS | MEMBER, MEMBER),
    "registrations:slip": page(ALLIED, "registered"),
    "registrations:end": verb("registered", ALLIED, MEMBER),
    "registrations:posts": page(),
    "registrations:offer": row(ALL, LEAD | OUTSIDER),
    "registrations:post": page(ALLIED, "post"),
    "registrations:take": verb("post", ALLIED, MEMBER),
    "registrations:close": verb("post", ALLIED, LEAD),
    "registrations:leave_post": verb("holding", ALLIED, MEMBER),
    "registrations:thank": verb("holding", ALLIED, LEAD),
    "registrations:teams": page(),
    "registrations:team": page(ALLIED, "team"),
    "registrations:join": verb("team", ALLIED, MEMBER),
    "registrations:end_team": verb("team", ALLIED, LEAD),
    "registrations:leave_team": verb("part", ALLIED, MEMBER),
}
