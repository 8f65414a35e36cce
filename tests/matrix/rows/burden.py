"""The burden ledger: a branch its own, staff their subtree; the ceiling is the department's."""

from tests.matrix.grammar import ALL, DEPARTMENTS, LEAD, STAFF, page, row, verb

PAGES = {
    "burden:list": page(),
    "burden:detail": row(STAFF | LEAD, thing="organization", methods="GET"),
    "burden:ceiling": verb("banner_number", ALL, DEPARTMENTS),
}
