"""Double registration."""

PAGES = [
    ("chifeng", "/registrations/coverage/"),
    ("chifeng", "/registrations/coverage/people/"),
    ("balinzuo", "/registrations/coverage/organs/"),
    ("fulian", "/registrations/mine/"),
    ("fulian", "/registrations/people/"),
    ("fulian", "/registrations/people/ > .*/register/"),
    ("fulian", "/registrations/people/ > .*/slip/"),
    ("fulian", "/registrations/mine/ > .*/skills/"),
    ("fulian", "/registrations/links/ > .*/ask/"),
    ("dongshiqiao", "/registrations/links/"),
    ("dongshiqiao", "/registrations/links/ > /registrations/links/[0-9]+/"),
    ("dongshiqiao", "/registrations/posts/"),
    ("dongshiqiao", "/registrations/posts/new/"),
    ("dongshiqiao", "/registrations/teams/"),
    ("dongshiqiao", "/registrations/teams/ > /registrations/teams/[0-9]+/"),
]
