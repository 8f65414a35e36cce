"""The inbox, robots and what was sent, for people; subscriptions for programs, each its own."""

from tests.matrix.grammar import DEPARTMENTS, MEMBER, SCOPES, rest

EVERY_KEY = set(SCOPES)
COMPLAINT = DEPARTMENTS | MEMBER | {"chifeng2"}
ROBOT = {
    "kind": "wecom", "name": "左旗妇联群", "region": "1504",
    "address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
}  # fmt: skip
HOOK = {"url": "https://hotline.example.org/", "events": ["item.confirmed", "alliance.dissolved"]}


def wanted(world, caller):
    """What the key reads: those that read no lists try the register's."""
    event = "alliance.dissolved" if caller == "register:read" else "item.confirmed"
    return HOOK | {"events": [event]}


ROUTES = {
    ("notice-list", "GET"): rest(),
    ("notice-detail", "GET"): rest("complaint", sees=()),
    ("notice-put-away", "POST"): rest(),
    ("notice-bring-back", "POST"): rest(),
    ("notice-preference", "GET"): rest(),
    ("notice-set-preference", "POST"): rest(body={"email_on": False, "email": "", "digest_hour": 10}),
    ("notice-test-mail", "POST"): rest(),
    ("complaint-list", "GET"): rest(),
    ("complaint-list", "POST"): rest(body={"text": "表太多"}),
    ("complaint-detail", "GET"): rest("complaint", COMPLAINT),
    ("complaint-answer", "POST"): rest("complaint", COMPLAINT, DEPARTMENTS | {"chifeng2"}, body={"text": "已合并"}),
    ("robot-list", "GET"): rest(),
    ("robot-list", "POST"): rest(can={"chifeng", "chifeng2"}, unseen=True, body=ROBOT),
    ("robot-detail", "GET"): rest("robot", MEMBER),
    ("robot-test", "POST"): rest("robot", MEMBER),
    ("robot-end", "POST"): rest("robot", MEMBER),
    ("delivery-list", "GET"): rest(scopes=EVERY_KEY),
    ("delivery-detail", "GET"): rest("line", MEMBER, scopes=EVERY_KEY, own=True),
    ("delivery-replay", "POST"): rest("line", MEMBER, scopes=EVERY_KEY, own=True),
    ("webhook-list", "GET"): rest(scopes=EVERY_KEY),
    ("webhook-list", "POST"): rest(can=(), scopes=EVERY_KEY, own=True, body=wanted),
    ("webhook-events", "GET"): rest(scopes=EVERY_KEY),
    ("webhook-detail", "GET"): rest("hook", sees=(), scopes=EVERY_KEY, own=True),
    ("webhook-rotate-secret", "POST"): rest("hook", sees=(), scopes=EVERY_KEY, own=True),
    ("webhook-ping", "POST"): rest("hook", sees=(), scopes=EVERY_KEY, own=True),
    ("webhook-unsubscribe", "POST"): rest("hook", sees=(), scopes=EVERY_KEY, own=True),
}
