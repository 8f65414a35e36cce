"""Idea calls, projects and the service catalogue."""

PAGES = [
    ("dongshiqiao", "/ideas/"),
    ("chifeng", "/ideas/new/"),
    ("dongshiqiao", "/ideas/new/ > /ideas/new/[0-9]+/"),
    ("dongshiqiao", "/ideas/?state=selecting > /ideas/calls/[0-9]+/"),
    ("dongshiqiao", "/ideas/?state=selecting > /ideas/calls/[0-9]+/ > /ideas/[0-9]+/"),
    ("fulian", "/ideas/mine/"),
    ("fulian", "/ideas/?state=open > /ideas/calls/[0-9]+/propose/"),
    ("chifeng", "/projects/"),
    ("chifeng", "/projects/?state=accepted > /projects/[0-9]+/"),
    ("fulian", "/projects/?state=running > /projects/[0-9]+/"),
    ("dongshiqiao", "/projects/?state=running > /projects/[0-9]+/ + visit/"),
    ("fulian", "/services/"),
    ("fulian", "/services/?q=flyz > /services/[0-9]+/"),
    ("dongshiqiao", "/services/?q=flyz > /services/[0-9]+/ + begin/"),
    ("balinzuo", "/services/new/"),
    ("fulian", "/services/new/ > /services/new/[0-9]+/"),
]
