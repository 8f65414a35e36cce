"""Study: what asks for the same; matching."""

from tests.matrix.grammar import ALLIED, EVERYBODY, LISTS, MEMBER, REASON, STUDIES, of, rest


def same(world, person):
    return {"item": world.things["item"].pk}


ROUTES = {
    ("item-similar", "GET"): rest("item", ALLIED, scopes=LISTS),
    ("item-join", "POST"): rest("problem", ALLIED, STUDIES, body=same),
    ("item-matches", "GET"): rest("item", ALLIED),
    ("item-match", "POST"): rest("item", ALLIED, STUDIES | MEMBER, body=of(organization="fulian_org")),
    ("match-list", "GET"): rest(sees=EVERYBODY),
    ("match-detail", "GET"): rest("match", ALLIED),
    ("match-accept", "POST"): rest("match", ALLIED, MEMBER),
    ("match-decline", "POST"): rest("match", ALLIED, MEMBER, body=REASON),
    ("match-withdraw", "POST"): rest("match", ALLIED, STUDIES),
}
