"""The review, for browser sessions: lights and letters to the alliance too, the rest to those above it."""

from tests.matrix.grammar import ALLIED, BESIDE, DEPARTMENTS, PROPOSER, REASON, rest

DIRECTING = DEPARTMENTS | PROPOSER
RULES = {"rules": [{"word": "新规则", "kind": "observe", "conditions": [
    {"metric": "months_idle", "comparison": "gte", "threshold": "4"}]}]}  # fmt: skip


def chosen(world, person):
    return REASON | {"proposals": [world.things["proposal"].pk], "verb": "overrule"}


def agreed(world, person):
    return {"agree": list(world.things["batch"].approvals.values_list("pk", flat=True))}


ROUTES = {
    ("batch-list", "GET"): rest(),
    ("batch-list", "POST"): rest(can=DIRECTING, body=chosen, unseen=True),
    ("batch-detail", "GET"): rest("batch", DIRECTING),
    ("batch-settle", "POST"): rest("batch", DIRECTING, DEPARTMENTS, body=agreed),
    ("reviewrow-list", "GET"): rest(),
    ("reviewrow-detail", "GET"): rest("light", ALLIED | PROPOSER),
    ("letter-list", "GET"): rest(),
    ("letter-detail", "GET"): rest("letter", ALLIED | PROPOSER),
    ("reviewrun-rehearsal", "GET"): rest(can=DIRECTING | BESIDE),
    ("review-rule-list", "GET"): rest(),
    ("review-rule-detail", "GET"): rest("banner"),
    ("review-rule-change", "POST"): rest("banner", can=DIRECTING, body=REASON | RULES),
    ("review-rule-try", "POST"): rest("banner", can=DIRECTING, body=RULES),
}
