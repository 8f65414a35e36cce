"""Leadership, joint branches, instructors."""

PAGES = [
    ("dongshiqiao", "/alliances/?q=五金小区 > /alliances/[0-9]+/ + leadership/"),
    ("dongshiqiao", "/alliances/?q=五金小区 > /alliances/[0-9]+/ + nominate/"),
    ("nanyang", "/alliances/?q=外贸局 > /alliances/[0-9]+/ + leadership/"),
    ("fulian", "/ > /posts/[0-9]+/consent/"),
    ("chifeng", "/posts/"),
    ("chifeng", "/posts/?view=many > /posts/[0-9]+/"),
    ("chifeng", "/posts/?view=many > /posts/[0-9]+/ + person/"),
    ("chifeng", "/instructors/"),
    ("balinzuo", "/instructors/ > /instructors/[0-9]+/assign/"),
    ("nanyang", "/participants/"),
    ("dongshiqiao", "/registrations/posts/ > /registrations/posts/[0-9]+/"),
]
