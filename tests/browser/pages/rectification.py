"""Putting in order: an order as those above and as the lead see it, and the plan that answers it."""

PAGES = [
    ("chifeng", "/reviews/rectifications/ > /rectifications/[0-9]+/"),
    ("dongshiqiao", "/ > /rectifications/[0-9]+/"),
    ("dongshiqiao", "/ > /rectifications/[0-9]+/ + plan/"),
]
