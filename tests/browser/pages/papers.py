"""Charter, agreements, rotation."""

PAGES = [
    ("fulian", "/alliances/ > /alliances/[0-9]+/ + charter/"),
    ("fulian", "/alliances/ > /alliances/[0-9]+/ + rotation/"),
    ("fulian", "/charters/2/"),
    ("fulian", "/charters/2/assent/"),
    ("chifeng", "/agreements/"),
    ("chifeng", "/agreements/ > /agreements/[0-9]+/"),
    ("dongshiqiao", "/agreements/1/renew/"),
    ("dongshiqiao", "/alliances/2/agreements/draft/"),
    ("dongshiqiao", "/alliances/2/charter/draft/"),
]
