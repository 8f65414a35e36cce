"""Inbox, one's own message settings, robots, what was sent; the burden ledger."""

PAGES = [
    ("fulian", "/inbox/?tab=read"),
    ("dongshiqiao", "/inbox/"),
    ("fulian", "/settings/messages/"),
    ("fulian", "/robots/"),
    ("fulian", "/robots/new/"),
    ("fulian", "/deliveries/"),
    ("balinzuo", "/burden/"),
    ("balinzuo", "/burden/?tab=above"),
    ("balinzuo", "/burden/150422/ceiling/"),
    ("dongshiqiao", "/burden/ > /burden/[0-9]+/"),
]
