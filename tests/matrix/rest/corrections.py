"""Corrections, forced releases, disputes, reopening, parts, passing on, helpers."""

from tests.matrix.grammar import ALLIED, DEPARTMENTS, LEAD, MEMBER, REASON, STAFF, own, rest

OVERSEERS = {"lindong"} | LEAD


def naming(thing, name, **words):
    return lambda world, person: {name: world.things[thing].pk, **words}


def in_dispute(world, person):
    return {"organization": own(world, person), **REASON}


ROUTES = {
    ("item-correct", "POST"): rest("confirmed", ALLIED, DEPARTMENTS, body=REASON),
    ("item-confirm-for", "POST"): rest("ruled", ALLIED, STAFF, body=REASON),
    ("item-reopen", "POST"): rest("confirmed", ALLIED, LEAD, body=REASON),
    ("item-forward", "POST"): rest("collected", ALLIED, OVERSEERS, body=naming("beside", "into", **REASON)),
    ("item-attach", "POST"): rest("collected", ALLIED, OVERSEERS, body=naming("item", "parent")),
    ("item-detach", "POST"): rest("smaller", ALLIED, OVERSEERS),
    ("item-dispute", "POST"): rest("quarrelled", ALLIED, LEAD | MEMBER, body=in_dispute),
    ("claim-force-release", "POST"): rest("claim", ALLIED, STAFF | LEAD, body=REASON),
    ("claim-strike-helper", "POST"): rest(
        "helped_claim", ALLIED, MEMBER,
        body=lambda world, person: {**REASON, "person": world.things["clerk"].pk, "served_on": world.today()},
    ),
    ("claim-name-helpers", "POST"): rest("claim", ALLIED, MEMBER, body={"helpers": []}),
    ("dispute-list", "GET"): rest(),
    ("dispute-detail", "GET"): rest("dispute", ALLIED),
    ("dispute-decide", "POST"): rest("dispute", ALLIED, STAFF, body={"outcome": "back", **REASON}),
    ("dispute-withdraw", "POST"): rest("dispute", ALLIED, MEMBER),
    ("forwarding-list", "GET"): rest(),
    ("forwarding-detail", "GET"): rest("forwarding", ALLIED),
    ("forwarding-take-over", "POST"): rest("forwarding", ALLIED, LEAD),
    ("forwarding-pass-back", "POST"): rest("forwarding", ALLIED, LEAD, body=REASON),
    ("forwarding-call-back", "POST"): rest("forwarding", ALLIED, OVERSEERS),
}
