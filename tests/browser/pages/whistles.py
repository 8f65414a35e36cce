"""Whistles and joint cases."""

PAGES = [
    ("dongshiqiao", "/whistles/"),
    ("dongshiqiao", "/whistles/?view=evaluate > /whistles/[0-9]+/"),
    ("dongshiqiao", "/whistles/?view=evaluate > /whistles/[0-9]+/ + evaluate/"),
    ("dongshiqiao", "/whistles/new/"),
    ("dongshiqiao", "/items/?view=open > /items/[0-9]+/ > /whistles/items/[0-9]+/"),
    ("lindong", "/whistles/?view=head > /whistles/[0-9]+/"),
    ("fulian", "/whistles/?view=called > /whistles/[0-9]+/ > /calls/[0-9]+/sign-for/"),
    ("chifeng", "/whistles/cases/"),
    ("chifeng", "/whistles/cases/ > /whistles/cases/[0-9]+/"),
    ("dongshiqiao", "/whistles/cases/new/"),
]
