"""The burden ledger, for browser sessions: a branch its own, staff their subtree; the ceiling is the department's."""

from tests.matrix.grammar import DEPARTMENTS, EVERYBODY, LEAD, STAFF, rest

DIRECTING = DEPARTMENTS | {"chifeng2"}
CEILING = {"region": "150422", "fillings": 60, "requests": 20, "messages": 60}

ROUTES = {
    ("burden-list", "GET"): rest(),
    ("burden-above", "GET"): rest(),
    ("burden-detail", "GET"): rest("organization", STAFF | {"chifeng2"} | LEAD),
    ("burdenceiling-list", "GET"): rest(),
    ("burdenceiling-list", "POST"): rest(sees=EVERYBODY, can=DIRECTING, body=CEILING),
    ("burdenceiling-detail", "GET"): rest("ceiling", STAFF | {"chifeng2"}),
}
