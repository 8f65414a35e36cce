"""The year, the quarter, the figures, the register."""

from tests.matrix.grammar import (
    ALL,
    ALLIED,
    BESIDE,
    BUSINESS,
    DEPARTMENTS,
    LEAD,
    MEMBER,
    SEES_ALLIANCE,
    STAFF,
    page,
    row,
    verb,
)

PAGES = {
    # the year, the quarter, the figures
    "register:sheet": page(SEES_ALLIANCE, "alliance"),
    "register:csv": page(),
    "register:xlsx": page(),
    "workbench": page(),
    "search": page(),
    "statistics:detail": row(ALL, BUSINESS, methods="GET"),
    "statistics:export": row(ALL, BUSINESS, methods="GET"),
    "statistics:published": row(ALL, BUSINESS, methods="GET"),
    "assessments:list": page(),
    "assessments:new": row(ALL, DEPARTMENTS | BESIDE),
    "assessments:detail": page(ALLIED, "scheme"),
    "assessments:edit": verb("sketch", STAFF, DEPARTMENTS),
    "assessments:open": verb("sketch", STAFF, DEPARTMENTS),
    "assessments:close": verb("scheme", ALLIED, {"chifeng"}),
    "assessments:publish": verb("scheme", ALLIED, {"chifeng"}),
    "assessments:sheet": page(ALLIED, "scheme"),
    "assessments:results": page(set(), "scheme"),
    # nothing is shown before the scores are published
    "assessments:result": row(set(), thing="scheme", methods="GET", more=[("alliance", "alliance")]),
    # a rating is for the one who has to give it; nobody else can tell that it is due
    "assessments:rate_members": row(
        MEMBER, thing="scheme", more=[("alliance", "alliance"), ("organization", "member_organization")]
    ),
    "assessments:rate_alliance": row(
        LEAD, thing="scheme", more=[("alliance", "alliance"), ("organization", "member_organization")]
    ),
    "assessments:rate_superior": row(
        STAFF, thing="scheme", more=[("alliance", "alliance"), ("organization", "supervising")]
    ),
    "reviews:list": row(ALL, STAFF | BESIDE, methods="GET"),
    "reviews:rules": row(ALL, STAFF | BESIDE, methods="GET"),
    "reviews:change_rules": verb("banner", ALL, DEPARTMENTS),
    "reviews:rehearsal": row(ALL, DEPARTMENTS | BESIDE, methods="GET"),
    "reviews:rectifications": row(ALL, STAFF | BESIDE, methods="GET"),
    "reviews:detail": row(ALL, STAFF | BESIDE, "run", "GET"),
    "proposals:list": page(),
    "proposals:detail": page(STAFF, "proposal"),
    "proposals:confirm": verb("proposal", STAFF, DEPARTMENTS),
    "proposals:overrule": verb("proposal", STAFF, DEPARTMENTS),
    "approvals:list": page(),
    "approvals:detail": page(DEPARTMENTS, "approval"),
    "approvals:approve": verb("approval", DEPARTMENTS, DEPARTMENTS),
    "approvals:refuse": verb("approval", DEPARTMENTS, DEPARTMENTS),
}
