"""Lists in full, and the looks of the items."""

PAGES = [
    ("chifeng", "/items/board/"),
    ("dongshiqiao", "/items/board/"),
    ("chifeng", "/items/calendar/"),
    ("lindong", "/items/?ordering=due&state=open"),
    ("lindong", "/items/views/save/?look=list&query=state%3Dopen"),
    ("dongshiqiao", "/listings/?state=draft > /listings/[0-9]+/"),
    ("dongshiqiao", "/listings/?state=draft > /listings/[0-9]+/ + arrange/"),
    ("dongshiqiao", "/listings/?state=superseded > /listings/[0-9]+/"),
    ("dongshiqiao", "/listings/?state=signing > /listings/[0-9]+/"),
]
