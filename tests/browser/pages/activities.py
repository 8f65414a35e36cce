"""Activities, meetings, the calendar."""

PAGES = [
    ("chifeng", "/alliances/ > /alliances/[0-9]+/ + activities/"),
    ("chifeng", "/meetings/"),
    ("chifeng", "/meetings/ > /meetings/[0-9]+/"),
    ("fulian", "/meetings/?q=秋季 > /meetings/[0-9]+/"),
    ("dongshiqiao", "/meetings/?q=秋季 > /meetings/[0-9]+/ + decide/"),
    ("dongshiqiao", "/meetings/1/ > /meetings/decisions/[0-9]+/enact/"),
    ("fulian", "/meetings/?q=冬季 > /meetings/[0-9]+/ + propose/"),
    ("dongshiqiao", "/meetings/?q=冬季 > /meetings/[0-9]+/ + hold/"),
    ("dongshiqiao", "/alliances/?q=五金 > /alliances/[0-9]+/ + meetings/"),
    ("dongshiqiao", "/alliances/?q=五金 > /alliances/[0-9]+/ + convene/"),
    ("dongshiqiao", "/alliances/?q=五金 > /alliances/[0-9]+/ + templates/"),
    ("dongshiqiao", "/alliances/?q=五金 > /alliances/[0-9]+/ + plan-year/"),
    ("dongshiqiao", "/alliances/?q=五金 > /alliances/[0-9]+/ + templates/add/"),
    ("fulian", "/calendar/"),
    ("fulian", "/activities/"),
    ("chifeng", "/activities/"),
    ("chifeng", "/activities/ > /activities/[0-9]+/"),
    ("dongshiqiao", "/alliances/ > /alliances/[0-9]+/ + plan/"),
    ("dongshiqiao", "/activities/ > /activities/[0-9]+/ + hold/"),
]
