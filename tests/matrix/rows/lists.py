"""Arranging a list, carrying it on; the looks of the items, saved views, many rows at once."""

from tests.matrix.grammar import ALL, ALLIED, LEAD, MEMBER, page, row, verb

PAGES = {
    "listings:arrange": verb("listing", ALLIED, LEAD),
    "listings:carry": verb("listing", ALLIED, LEAD),
    "items:board": page(),
    "items:calendar": page(),
    "items:bulk": row(ALL),
    "items:save_view": row(ALL),
    "items:drop_view": verb("saved_view", MEMBER, MEMBER),
    "exports:items": page(),
}
