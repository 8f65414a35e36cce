"""Disputes, what is passed on, and the forms of the closed loop's hard cases."""

PAGES = [
    ("lindong", "/disputes/"),
    ("lindong", "/disputes/ > /disputes/[0-9]+/"),
    ("lindong", "/disputes/ > /disputes/[0-9]+/ + decide/"),
    ("dongshiqiao", "/forwardings/"),
    ("dongshiqiao", "/forwardings/ > /forwardings/[0-9]+/"),
    ("dongshiqiao", "/items/?q=环境综合整治 > /items/[0-9]+/"),
    ("dongshiqiao", "/items/?q=健身器材 > /items/[0-9]+/ + refuse/"),
    ("dongshiqiao", "/items/?q=健身器材 > /items/[0-9]+/ + forward/"),
    ("dongshiqiao", "/items/?q=健身器材 > /items/[0-9]+/ + attach/"),
    ("balinzuo", "/items/?q=路灯检修 > /items/[0-9]+/ + correct/"),
    ("fulian", "/items/?q=楼道杂物 > /items/[0-9]+/"),
    ("fulian", "/claims/?tab=mine > /claims/[0-9]+/ + name-helpers/"),
]
