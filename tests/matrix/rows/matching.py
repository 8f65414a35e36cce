"""Study: what asks for the same; matching."""

from tests.matrix.grammar import ALLIED, LEAD, MEMBER, page, verb

PAGES = {
    "items:join": verb("problem", ALLIED, {"lindong"} | LEAD),
    "items:match": verb("item", ALLIED, {"lindong"} | LEAD | MEMBER),
    "matches:list": page(),
    "matches:detail": page(ALLIED, "match"),
    "matches:accept": verb("match", ALLIED, MEMBER),
    "matches:decline": verb("match", ALLIED, MEMBER),
    "matches:withdraw": verb("match", ALLIED, {"lindong"} | LEAD),
}
