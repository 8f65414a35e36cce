"""Double registration (双报到)."""

from tests.matrix.grammar import ALLIED, LEAD, MEMBER, PARTY, REASON, of, rest, said


def clerk(world, person):
    return {"person": world.things["clerk"].pk}


ROUTES = {
    # double registration: browser sessions only; who may not name an organ, a person or a community sees none
    ("organlink-list", "GET"): rest(),
    ("organlink-list", "POST"): rest(sees=MEMBER, body=of(organ="fulian_org", community="lushan_org")),
    ("organlink-detail", "GET"): rest("link", ALLIED | PARTY),
    ("organlink-accept", "POST"): rest("link", ALLIED | PARTY, LEAD),
    ("organlink-decline", "POST"): rest("link", ALLIED | PARTY, LEAD),
    ("organlink-withdraw", "POST"): rest("link", ALLIED | PARTY, MEMBER),
    ("organlink-end", "POST"): rest("link", ALLIED | PARTY, LEAD | MEMBER, body=REASON),
    ("registration-list", "GET"): rest(),
    ("registration-list", "POST"): rest(
        sees=MEMBER,
        body=lambda world, person: {"people": [world.things["clerk"].pk], "community": world.cast.lushan_org.pk},
    ),
    ("registration-keep-skills", "POST"): rest(sees=MEMBER, body=said(clerk, skills=["law"])),
    ("registration-detail", "GET"): rest("registered", ALLIED),
    ("registration-end", "POST"): rest("registered", ALLIED, MEMBER, body=REASON),
    ("servicepost-list", "GET"): rest(),
    ("servicepost-list", "POST"): rest(sees=LEAD, body=said(of(community="dongshiqiao_org"), title="巡逻", capacity=1)),
    ("servicepost-detail", "GET"): rest("post", ALLIED | PARTY),
    ("servicepost-holdings", "GET"): rest("post", ALLIED | PARTY),
    ("servicepost-take", "POST"): rest("post", ALLIED | PARTY, MEMBER, body=clerk),
    ("servicepost-leave", "POST"): rest("post", ALLIED, MEMBER, body=clerk),
    ("servicepost-thank", "POST"): rest("post", ALLIED, LEAD, body=clerk),
    ("servicepost-close", "POST"): rest("post", ALLIED | PARTY, LEAD),
    ("team-list", "GET"): rest(),
    ("team-list", "POST"): rest(
        sees=LEAD,
        body=lambda world, person: {
            "community": world.cast.dongshiqiao_org.pk,
            "name": "夜巡队",
            "captain": world.things["clerk"].pk,
        },
    ),
    ("team-detail", "GET"): rest("team", ALLIED | PARTY),
    ("team-members", "GET"): rest("team", ALLIED | PARTY),
    ("team-join", "POST"): rest("team", ALLIED | PARTY, MEMBER, body=clerk),
    ("team-leave", "POST"): rest("team", ALLIED, MEMBER, body=clerk),
    ("team-end", "POST"): rest("team", ALLIED | PARTY, LEAD),
}
