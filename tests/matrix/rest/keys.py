"""Programs' keys, for browser sessions."""

from tests.matrix.grammar import LEAD, REASON, STAFF, TRIO, rest

SEES = STAFF | LEAD | TRIO
ASKED = {"name": "民政局低保系统", "place": "1504", "scopes": ["statistics:read"], "days": 90, "reason": "数据共享"}

ROUTES = {
    ("key-list", "GET"): rest(),
    ("key-list", "POST"): rest(can={"chifeng", "sysadmin"}, unseen=True, body=ASKED),
    ("key-detail", "GET"): rest("key", SEES),
    ("key-draw", "POST"): rest("key", SEES, LEAD),
    ("key-revoke", "POST"): rest("key", SEES, STAFF | LEAD | {"sysadmin", "secadmin"}, body=REASON),
}
