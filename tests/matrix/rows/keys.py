"""Programs' keys: who asks, who draws, who takes them away."""

from tests.matrix.grammar import ALL, BESIDE, LEAD, MEMBER, OUTSIDER, STAFF, TRIO, page, row, verb

SEES = STAFF | LEAD | TRIO

PAGES = {
    "keys:list": page(),
    "keys:ask": row(ALL, STAFF | LEAD | MEMBER | OUTSIDER | BESIDE | {"sysadmin"}),
    "keys:draw": verb("key", SEES, LEAD),
    "keys:revoke": verb("key", SEES, STAFF | LEAD | {"sysadmin", "secadmin"}),
}
