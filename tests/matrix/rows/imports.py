"""Files in, files out: who imports what, who fetches persons."""

from tests.matrix.grammar import ALL, BESIDE, BUSINESS, DEPARTMENTS, LEAD, MEMBER, OUTSIDER, STAFF, page, row, verb

PAGES = {
    # files in, files out: who imports what, who fetches persons
    "imports:list": page(),
    "imports:new_organizations": row(ALL, DEPARTMENTS | BESIDE),
    "imports:template_organizations": row(ALL, DEPARTMENTS | BESIDE, methods="GET"),
    "imports:new_people": row(ALL, BUSINESS),
    "imports:template_people": row(ALL, BUSINESS, methods="GET"),
    "imports:new_alliances": row(ALL, STAFF | BESIDE),
    "imports:template_alliances": row(ALL, STAFF | BESIDE, methods="GET"),
    "imports:new_listings": row(ALL, BUSINESS),
    "imports:template_listings": row(ALL, BUSINESS, methods="GET"),
    "imports:new_activities": row(ALL, BUSINESS),
    "imports:new_services": row(ALL, BUSINESS),
    "imports:template_services": row(ALL, BUSINESS, methods="GET"),
    "imports:template_activities": row(ALL, BUSINESS, methods="GET"),
    "imports:detail": page(DEPARTMENTS, "import"),
    "imports:marked": row({"balinzuo"}, thing="import", methods="GET"),
    "imports:confirm": verb("import", DEPARTMENTS, {"balinzuo"}),
    "imports:undo": verb("import", DEPARTMENTS, {"balinzuo"}),
    "imports:resume": verb("import", DEPARTMENTS, {"balinzuo"}),
    "exports:people": row(ALL, BUSINESS),
    "exports:people_file": row(ALL, {"lindong"} | LEAD | MEMBER | OUTSIDER, methods="POST"),
    "exports:organizations": page(),
    "exports:alliances": page(),
    "exports:listings": page(),
    "exports:activities": page(),
    "exports:services": page(),
}
