"""The inbox's filing, one's own settings, robots and what was sent."""

from tests.matrix.grammar import ALL, BESIDE, DEPARTMENTS, LEAD, MEMBER, OUTSIDER, page, row, verb

ROBOTS = DEPARTMENTS | {"lindong"} | LEAD | MEMBER | OUTSIDER | BESIDE  # lindong speaks for the street's own committee

PAGES = {
    "inbox:put_away": row(ALL, methods="POST"),
    "inbox:bring_back": row(ALL, methods="POST"),
    "messages:settings": row(ALL),
    "messages:mail_test": row(ALL, methods="POST"),
    "messages:robots": page(),
    "messages:robot_set": row(ALL, ROBOTS),
    "messages:robot_test": verb("robot", MEMBER, MEMBER),
    "messages:robot_end": verb("robot", MEMBER, MEMBER),
    "messages:deliveries": page(),
    "messages:replay": verb("line", MEMBER, MEMBER),
}
