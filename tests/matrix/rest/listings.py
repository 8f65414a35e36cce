"""Lists, items, claims; leaving and ending, which touch them."""

from tests.matrix.grammar import ALLIANCE, ALLIED, LEAD, LISTS, MEMBER, REASON, STUDIES, of, own, rest, said


def need(world, person):
    mine = {"fulian": world.cast.fulian_org, "lindong": world.cast.town_org}
    asked_by = mine.get(person, world.cast.dongshiqiao_org).pk
    return {"listing": world.things["listing"].pk, "title": "路灯不亮", "asked_by": asked_by}


ROUTES = {
    ("listing-list", "GET"): rest(scopes=LISTS),
    ("listing-list", "POST"): rest(
        sees=ALLIANCE,
        can=LEAD,
        body=said(of(alliance="alliance"), kind="project", period_from="2019-01-01", period_to="2019-06-30"),
    ),
    ("listing-detail", "GET"): rest("listing", ALLIED, scopes=LISTS),
    ("listing-sign", "POST"): rest("listing", ALLIED, LEAD | MEMBER),
    ("listing-revise", "POST"): rest("listing", ALLIED, LEAD),
    ("item-list", "GET"): rest(scopes=LISTS),
    ("item-list", "POST"): rest(sees=ALLIED, can=STUDIES | MEMBER, scopes={"items:write"}, body=need),
    ("item-detail", "GET"): rest("item", ALLIED, scopes=LISTS),
    ("item-study", "POST"): rest("collected", ALLIED, STUDIES),
    ("item-open", "POST"): rest("collected", ALLIED, STUDIES),
    ("item-return-", "POST"): rest("collected", ALLIED, STUDIES, body=REASON),
    ("item-refuse", "POST"): rest("collected", ALLIED, STUDIES, body={**REASON, "goes_to": "12345 热线"}),
    ("item-resubmit", "POST"): rest("returned", ALLIED, LEAD),
    ("item-amend", "POST"): rest("collected", ALLIED, STUDIES, body={"title": "改过的"}),
    ("item-link", "POST"): rest(
        "problem", ALLIED, STUDIES, body=lambda world, person: {"item": world.things["item"].pk}
    ),
    ("item-claims", "POST"): rest(
        "item", ALLIED, LEAD | MEMBER, {"claims:write"}, body=lambda world, person: {"organization": own(world, person)}
    ),
    # who has not pushed the item, program or not, does not confirm it
    ("item-confirm", "POST"): rest("done", ALLIED, LEAD | MEMBER, {"items:confirm"}, key_can=False),
    ("item-send-back", "POST"): rest("done", ALLIED, LEAD, body=REASON),
    ("claim-list", "GET"): rest(scopes=LISTS),
    ("claim-detail", "GET"): rest("claim", ALLIED, scopes=LISTS),
    ("claim-accept", "POST"): rest("offered", ALLIED, MEMBER, {"claims:write"}),
    ("claim-decline", "POST"): rest("offered", ALLIED, MEMBER, {"claims:write"}),
    ("claim-report", "POST"): rest("claim", ALLIED, MEMBER, {"claims:write"}, {"text": "已到现场"}),
    ("claim-finish", "POST"): rest("claim", ALLIED, MEMBER, {"claims:write"}),
    ("claim-release", "POST"): rest("claim", ALLIED, MEMBER, {"claims:write"}, REASON),
}
