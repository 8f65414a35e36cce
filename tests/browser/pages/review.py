"""The review: lights, rules, trials, batches, letters."""

PAGES = [
    ("chifeng", "/reviews/ > /reviews/[0-9]+/"),
    ("chifeng", "/proposals/?state=open > /proposals/[0-9]+/ > /reviews/alliances/[0-9]+/"),
    ("fulian", "/alliances/?q=五金 > /alliances/[0-9]+/ > /reviews/alliances/[0-9]+/"),
    ("chifeng", "/proposals/?state=open > /proposals/[0-9]+/ > /reviews/[0-9]+/alliances/[0-9]+/[a-z_]+/"),
    ("chifeng", "/reviews/rules/1504/new/"),
    ("chifeng", "/reviews/rules/1504/0/"),
    ("chifeng", "/reviews/rehearsal/?as_of=2026-06-30"),
    ("chifeng2", "/batches/"),
    ("chifeng2", "/batches/ > /batches/[0-9]+/"),
    ("chifeng", "/letters/"),
    ("chifeng", "/letters/ > /letters/[0-9]+/"),
]
