"""Lists, items, claims."""

PAGES = [
    ("chifeng", "/listings/"),
    ("chifeng", "/listings/ > /listings/[0-9]+/"),
    ("chifeng", "/items/"),
    ("chifeng", "/items/ > /items/[0-9]+/"),
    ("dongshiqiao", "/items/new/"),
    ("fulian", "/claims/"),
    ("fulian", "/claims/?tab=mine"),
    ("fulian", "/claims/?tab=finished"),
    ("dongshiqiao", "/listings/new/"),
    ("dongshiqiao", "/items/new/ > /items/new/[0-9]+/"),
    ("dongshiqiao", "/items/?view=done > /items/[0-9]+/ + confirm/"),
    ("fulian", "/claims/ > /items/[0-9]+/claim/"),
    ("fulian", "/claims/?tab=mine > /claims/[0-9]+/"),
    ("fulian", "/claims/?tab=mine > /claims/[0-9]+/ + report/"),
    ("fulian", "/claims/?tab=mine > /claims/[0-9]+/ + finish/"),
    ("fulian", "/claims/?tab=mine > /claims/[0-9]+/ + release/"),
]
