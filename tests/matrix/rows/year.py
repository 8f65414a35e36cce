"""Between the opening of a year and its publication: the lead writes and appeals, who stands above answers."""

from tests.matrix.grammar import ALL, ALLIED, LEAD, STAFF, page, row, verb

OF_ALLIANCE = [("alliance", "alliance")]

PAGES = {
    "assessments:progress": page(STAFF, "scheme"),
    "assessments:remind": verb("scheme", ALLIED, {"chifeng"}),
    "assessments:self_report": row(ALLIED, LEAD, "scheme", more=OF_ALLIANCE),
    "assessments:slips": row(ALLIED, LEAD, "scheme", more=OF_ALLIANCE),
    # nothing is shown before the scores are published
    "assessments:notice": page(set(), "scheme"),
    "assessments:export": page(set(), "scheme"),
    "assessments:paper": row(set(), thing="scheme", methods="GET", more=OF_ALLIANCE),
    "assessments:appeal": row(ALLIED, LEAD, "scored", more=OF_ALLIANCE),
    "self_reports:list": page(),
    "self_reports:detail": page(ALLIED, "report"),
    "self_reports:submit": verb("draft_report", LEAD, LEAD),
    "self_reports:return": verb("report", ALLIED, STAFF),
    "appeals:list": page(),
    "appeals:detail": page(STAFF | LEAD, "score_appeal"),
    "appeals:forward": verb("score_appeal", STAFF | LEAD, STAFF - {"chifeng"}),
    "appeals:uphold": verb("score_appeal", STAFF | LEAD, {"chifeng"}),
    "appeals:dismiss": verb("score_appeal", STAFF | LEAD, {"chifeng"}),
    "appeals:withdraw": verb("score_appeal", STAFF | LEAD, LEAD),
    # the masses come without a log-in
    "opinion": row(ALL, public=True),
    "opinion_thanks": row(ALL, methods="GET", public=True),
}
