"""Programs' keys."""

PAGES = [
    ("balinzuo", "/keys/"),
    ("balinzuo", "/keys/new/"),
    ("fulian", "/keys/"),
]
