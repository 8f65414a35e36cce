"""Study: what asks for the same; matching."""

from tests.matrix.grammar import ALLIED, LEAD, verb

PAGES = {
    "items:join": verb("problem", ALLIED, {"lindong"} | LEAD),
}
