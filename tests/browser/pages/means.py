"""Means."""

PAGES = [
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + means/"),
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + means/funds/"),
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + means/staff/"),
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + means/venues/"),
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + receive/"),
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + draw-up-scheme/"),
    ("chifeng", "/alliances/?q=房身村 > /alliances/[0-9]+/ + means/distributions/"),
    ("chifeng", "/alliances/?q=房身村 > /alliances/[0-9]+/ + means/reserve/"),
    ("chifeng", "/alliances/?q=笤帚苗 > /alliances/[0-9]+/ + means/consortium/"),
    ("chifeng", "/distributions/1/"),
    ("chifeng", "/distributions/1/paper/"),
    ("fulian", "/venues/"),
    ("fulian", "/venues/ > /venues/[0-9]+/"),
    ("fulian", "/venues/ > /venues/[0-9]+/ + book/"),
]
