"""The year, the quarter, the figures, the register."""

from tests.matrix.grammar import (
    ALLIED,
    BESIDE,
    BUSINESS,
    DEPARTMENTS,
    EVERYBODY,
    MEMBER,
    PROPOSER,
    REASON,
    STAFF,
    STATISTICS,
    rest,
)


def rating(world, person):
    pair = {"alliance": world.things["alliance"].pk, "organization": world.cast.fulian_org.pk}
    return pair | {"direction": "members", "score": "90"}


ROUTES = {
    # the year and the quarter: browser sessions only
    ("scheme-list", "GET"): rest(),
    ("scheme-detail", "GET"): rest("scheme", ALLIED | PROPOSER),
    ("scheme-open", "POST"): rest("sketch", STAFF, DEPARTMENTS, body=REASON),
    ("scheme-close", "POST"): rest("scheme", ALLIED, {"chifeng"}),
    ("scheme-publish", "POST"): rest("scheme", ALLIED, {"chifeng"}, body=REASON),
    # whose sheet the pair is not on cannot tell that it is due
    ("scheme-ratings", "POST"): rest("scheme", MEMBER, body=rating),
    ("reviewrun-list", "GET"): rest(),
    ("reviewrun-detail", "GET"): rest("run", STAFF | BESIDE),
    ("proposal-list", "GET"): rest(),
    ("proposal-detail", "GET"): rest("proposal", STAFF),
    ("proposal-confirm", "POST"): rest("proposal", STAFF, DEPARTMENTS, body=REASON),
    ("proposal-overrule", "POST"): rest("proposal", STAFF, DEPARTMENTS, body=REASON),
    ("approval-list", "GET"): rest(),
    ("approval-detail", "GET"): rest("approval", DEPARTMENTS),
    ("approval-approve", "POST"): rest("approval", DEPARTMENTS),
    ("approval-refuse", "POST"): rest("approval", DEPARTMENTS, body={"answer": "不同意"}),
    # figures
    ("figure-list", "GET"): rest(scopes=STATISTICS),
    ("statistics-list", "GET"): rest(sees=EVERYBODY, can=BUSINESS, scopes=STATISTICS),
}
