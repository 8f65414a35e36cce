"""Between the opening of a year and its publication: browser sessions only."""

from tests.assessments.running import indicator
from tests.matrix.grammar import ALLIED, LEAD, PROPOSER, REASON, STAFF, rest


def on_alliance(**words):
    return lambda world, person: {"alliance": world.cast.alliance.pk} | words


def appeal(world, person):
    return {"alliance": world.cast.alliance.pk, "indicator": indicator(world.things["scored"]).pk} | REASON


ROUTES = {
    ("scheme-remind", "POST"): rest("scheme", ALLIED, {"chifeng"}),
    ("scheme-self-reports", "POST"): rest("scheme", ALLIED, LEAD, body=on_alliance(plans="划线")),
    ("scheme-slips", "POST"): rest("scheme", ALLIED, LEAD, body=on_alliance(count=3)),
    ("scheme-appeals", "POST"): rest("scored", ALLIED, LEAD, body=appeal),
    ("selfreport-list", "GET"): rest(),
    ("selfreport-detail", "GET"): rest("report", ALLIED | PROPOSER),
    ("selfreport-submit", "POST"): rest("draft_report", LEAD),
    ("selfreport-return", "POST"): rest("report", ALLIED, STAFF, body=REASON),
    ("appeal-list", "GET"): rest(),
    ("appeal-detail", "GET"): rest("score_appeal", STAFF | LEAD | PROPOSER),
    ("appeal-forward", "POST"): rest("score_appeal", STAFF | LEAD, STAFF - {"chifeng"}, body={"opinion": "属实"}),
    ("appeal-uphold", "POST"): rest("score_appeal", STAFF | LEAD, {"chifeng"}, body=REASON | {"points": "80"}),
    ("appeal-dismiss", "POST"): rest("score_appeal", STAFF | LEAD, {"chifeng"}, body=REASON),
    ("appeal-withdraw", "POST"): rest("score_appeal", STAFF | LEAD, LEAD),
}
