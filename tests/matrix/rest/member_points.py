"""Points of Party members: for the own branch's eyes, no key reads them."""

from tests.matrix.grammar import MEMBER, rest

ROUTES = {
    ("point-list", "GET"): rest(),
    ("point-detail", "GET"): rest("helped", MEMBER),
}
