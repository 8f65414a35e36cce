"""Putting in order: no key reads it."""

from tests.matrix.grammar import ALLIED, DEPARTMENTS, LEAD, PARTY, REASON, STAFF, TODAY, TOWN, rest

SEES, HEARD = ALLIED | PARTY, STAFF | LEAD
TEXT = {"text": "进展"}
PLAN = TEXT | {"parts": [{"what": "例会", "who": "书记", "due_on": TODAY}]}


def part(world, person):
    return {"part": world.things["order_part"].pk}


ROUTES = {
    ("rectification-list", "GET"): rest(),
    ("rectificationappeal-list", "GET"): rest(),
    ("rectification-detail", "GET"): rest("order", SEES),
    ("rectification-plan", "POST"): rest("order", SEES, LEAD, body=PLAN),
    ("rectification-accept-plan", "POST"): rest("order", SEES, DEPARTMENTS),
    ("rectification-return-plan", "POST"): rest("order", SEES, DEPARTMENTS, body=REASON),
    ("rectification-report-progress", "POST"): rest("order", SEES, LEAD, body=TEXT),
    ("rectification-finish-part", "POST"): rest("order", SEES, LEAD, body=part),
    ("rectification-declare-ready", "POST"): rest("order", SEES, LEAD, body=TEXT),
    ("rectification-lodge", "POST"): rest("order", SEES, LEAD, body=TEXT),
    ("rectificationappeal-detail", "GET"): rest("order_appeal", HEARD),
    ("rectificationappeal-forward", "POST"): rest("order_appeal", HEARD, TOWN, body={"opinion": "属实"}),
    ("rectificationappeal-uphold", "POST"): rest("order_appeal", HEARD, {"chifeng"}, body=REASON),
    ("rectificationappeal-dismiss", "POST"): rest("order_appeal", HEARD, {"chifeng"}, body=REASON),
    ("rectificationappeal-withdraw", "POST"): rest("order_appeal", HEARD, LEAD, body=REASON),
}
