"""Three lists at once, arranging, carrying, the difference of versions; saved views, many rows at once."""

from tests.matrix.grammar import ALLIANCE, ALLIED, LEAD, LISTS, MEMBER, of, rest, said

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
    ("item-bulk", "POST"): rest(
        body=lambda world, person: {"verb": "study", "items": [world.things["collected"].pk]}
    ),
    ("savedview-list", "GET"): rest(),
    ("savedview-list", "POST"): rest(body={"name": "本周到期", "query": "due=soon"}),
    ("savedview-detail", "GET"): rest("saved_view", MEMBER),
    ("savedview-detail", "DELETE"): rest("saved_view", MEMBER),
}
