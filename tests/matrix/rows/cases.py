"""Joint cases: the lead begins and closes, who takes part records for itself."""

from tests.matrix.grammar import ALL, ALLIED, LEAD, MEMBER, SEES_ALLIANCE, page, verb

PAGES = {
    "cases:list": page(),
    "cases:where": page(ALL),
    "cases:new": verb("alliance", SEES_ALLIANCE, LEAD),
    "cases:detail": page(ALLIED, "case"),
    "cases:export": page(ALLIED, "case"),
    "cases:take_in": verb("case", ALLIED, LEAD),
    "cases:measure_by": verb("case", ALLIED, LEAD),
    "cases:record": verb("case", ALLIED, LEAD | MEMBER),
    "cases:close": verb("case", ALLIED, LEAD),
    "cases:correct": verb("case_line", ALLIED, MEMBER),
}
