"""Three lists at once, arranging, carrying, the difference of versions."""

from tests.matrix.grammar import ALLIANCE, ALLIED, LEAD, LISTS, of, rest, said

ROUTES = {
    ("listing-draw-up-set", "POST"): rest(
        sees=ALLIANCE,
        can=LEAD,
        body=said(of(alliance="alliance"), period_from="2017-01-01", period_to="2017-06-30"),
    ),
    ("listing-arrange", "POST"): rest(
        "listing", ALLIED, LEAD, body=lambda world, person: {"order": [world.things["item"].pk]}
    ),
    ("listing-carry", "POST"): rest("listing", ALLIED, LEAD),
    ("listing-difference", "GET"): rest("listing", ALLIED, scopes=LISTS),
}
