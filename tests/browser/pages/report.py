"""The report, the dashboard, the network, the screen."""

PAGES = [
    ("chifeng", "/reports/"),
    ("fulian", "/reports/?period=2019"),
    ("chifeng", "/reports/dashboard/"),
    ("balinzuo", "/reports/dashboard/?period=2026-q2"),
    ("chifeng", "/reports/network/"),
    ("dongshiqiao", "/alliances/?q=五金 > /alliances/[0-9]+/ > /reports/alliances/[0-9]+/"),
    ("chifeng", "/reports/screen/"),
]
