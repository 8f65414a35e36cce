"""Study: what asks for the same; matching."""

from tests.matrix.grammar import ALLIED, LISTS, STUDIES, rest


def same(world, person):
    return {"item": world.things["item"].pk}


ROUTES = {
    ("item-similar", "GET"): rest("item", ALLIED, scopes=LISTS),
    ("item-join", "POST"): rest("problem", ALLIED, STUDIES, body=same),
}
