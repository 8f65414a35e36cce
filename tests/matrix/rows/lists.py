"""Arranging a list, carrying it into the next period."""

from tests.matrix.grammar import ALLIED, LEAD, verb

PAGES = {
    "listings:arrange": verb("listing", ALLIED, LEAD),
    "listings:carry": verb("listing", ALLIED, LEAD),
}
