"""Study and matching."""

PAGES = [
    ("fulian", "/matches/"),
    ("fulian", "/matches/ > /matches/[0-9]+/"),
    ("fulian", "/matches/ > .*/accept/"),
    ("fulian", "/matches/ > .*/decline/"),
    ("dongshiqiao", "/matches/?tab=sought"),
    ("dongshiqiao", "/matches/?tab=sought > /matches/[0-9]+/ > .*/withdraw/"),
    ("dongshiqiao", "/matches/?tab=needs"),
    ("dongshiqiao", "/matches/?tab=needs > .*/match/"),
    ("dongshiqiao", "/items/?state=collected&kind=problem > /items/[0-9]+/ > .*/join/"),
]
