"""The review: lights for the alliance and those above it, rules and batches for departments, letters for both."""

from tests.matrix.grammar import ALL, ALLIED, BESIDE, DEPARTMENTS, SEES_ALLIANCE, STAFF, page, row, verb

PAGES = {
    "reviews:new_rule": verb("banner", ALL, DEPARTMENTS),
    "reviews:edit_rule": row(ALL, DEPARTMENTS, "banner", more=[("number", "rule_number")]),
    "reviews:alliance": page(SEES_ALLIANCE, "alliance"),
    "reviews:evidence": row(ALLIED, thing="run", methods="GET", more=[("alliance", "alliance"), ("key", "gauge")]),
    "proposals:batch": row(ALL, STAFF | BESIDE),
    "batches:list": row(ALL, STAFF | BESIDE, methods="GET"),
    "batches:detail": verb("batch", DEPARTMENTS, DEPARTMENTS),
    "letters:list": page(),
    "letters:detail": page(ALLIED, "letter"),
}
