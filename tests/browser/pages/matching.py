"""Study and matching."""

PAGES = [
    ("fulian", "/matches/"),
    ("fulian", "/matches/ > /matches/[0-9]+/"),
    ("fulian", "/matches/ > .*/accept/"),
    ("fulian", "/matches/ > .*/decline/"),
    ("dongshiqiao", "/matches/?tab=sought"),
    ("dongshiqiao", "/matches/?tab=needs"),
    ("dongshiqiao", "/matches/?tab=needs > .*/match/"),
]
