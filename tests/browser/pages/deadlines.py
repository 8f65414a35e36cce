"""Terms: an item that waits, one for which a later day is asked, what is supervised, and the verbs."""

PAGES = [
    ("dongshiqiao", "/items/?due=supervised"),
    ("dongshiqiao", "/items/?due=supervised > /items/[0-9]+/"),
    ("fulian", "/items/?due=paused > /items/[0-9]+/"),
    ("fulian", "/items/?due=paused > /items/[0-9]+/ + resume/"),
    ("fulian", "/items/?view=mine&state=in_hand&due=soon > /items/[0-9]+/ + pause/"),
    ("dongshiqiao", "/items/?q=声控灯 > /items/[0-9]+/"),
    ("dongshiqiao", "/items/?q=声控灯 > /items/[0-9]+/ > /extensions/[0-9]+/grant/"),
]
