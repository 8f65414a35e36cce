"""Means: funds, staff, venues, the consortium and its distributions."""

from tests.matrix.grammar import ALLIANCE, ALLIED, LEAD, MEMBER, PARTY, REASON, of, own, rest, said


def booking(world, person):
    day = world.later()
    return {"organization": own(world, person), "starts_at": f"{day}T14:00", "ends_at": f"{day}T15:00", "purpose": "会"}


IN = of(alliance="alliance")
MONEY = {"amount": "1.00", "on": "2019-06-03"}
NOUNS_OF_MEANS = {
    "fundentry": "fund", "reserveentry": "drawn", "staff": "staff", "partner": "partner", "venue": "venue",
    "booking": "booking", "distributionscheme": "distribution_scheme", "distribution": "divided",
}  # fmt: skip


ROUTES = {
    # means: no key reads them
    **{(f"{noun}-list", "GET"): rest() for noun in NOUNS_OF_MEANS},
    **{(f"{noun}-detail", "GET"): rest(thing, ALLIED | PARTY) for noun, thing in NOUNS_OF_MEANS.items()},
    ("alliance-funds", "GET"): rest("alliance", ALLIED | PARTY),
    ("fundentry-receive", "POST"): rest(sees=ALLIANCE, can=LEAD, body=said(IN, **MONEY, source="dues")),
    ("fundentry-spend", "POST"): rest(sees=ALLIANCE, can=LEAD, body=said(IN, **MONEY, purpose="工具")),
    ("fundentry-reverse", "POST"): rest("fund", ALLIED | PARTY, LEAD, body=REASON),
    ("reserveentry-draw", "POST"): rest(sees=ALLIANCE, can=LEAD, body=said(IN, **MONEY, purpose="补偿")),
    ("reserveentry-reverse", "POST"): rest("drawn", ALLIED | PARTY, LEAD, body=REASON),
    ("staff-list", "POST"): rest(
        sees=ALLIANCE,
        can=LEAD,
        body=said(IN, kind="engaged", name="钱七", unit="公司", task="账务", since="2019-06-03"),
    ),
    ("staff-end", "POST"): rest("staff", ALLIED | PARTY, LEAD),
    ("partner-list", "POST"): rest(
        sees=ALLIANCE, can=LEAD, body=said(IN, kind="growers", name="敖包后村种植户", since="2019-06-03")
    ),
    ("partner-end", "POST"): rest("partner", ALLIED | PARTY, LEAD),
    ("venue-list", "POST"): rest(
        sees=ALLIANCE,
        can=LEAD | MEMBER,
        body=lambda world, person: (
            IN(world, person) | {"organization": own(world, person), "kind": "hall", "name": "厅"}
        ),
    ),
    ("venue-edit", "POST"): rest("venue", ALLIED | PARTY, LEAD, body={"name": "改名"}),
    ("venue-close", "POST"): rest("venue", ALLIED | PARTY, LEAD, body=REASON),
    ("venue-book", "POST"): rest("venue", ALLIED | PARTY, LEAD | MEMBER, body=booking),
    ("booking-release", "POST"): rest("booking", ALLIED | PARTY, MEMBER),
    ("booking-refuse", "POST"): rest("booking", ALLIED | PARTY, LEAD, body=REASON),
    ("distributionscheme-list", "POST"): rest(
        sees=ALLIANCE,
        can=LEAD,
        body=said(
            IN, name="对半", base="利润", shares=[{"party": "甲", "percent": "50"}, {"party": "乙", "percent": "50"}]
        ),
    ),
    ("distributionscheme-retire", "POST"): rest("distribution_scheme", ALLIED | PARTY, LEAD),
    ("distributionscheme-distribute", "POST"): rest("distribution_scheme", ALLIED | PARTY, LEAD, body=MONEY),
    ("distribution-confirm", "POST"): rest("divided", ALLIED | PARTY, MEMBER, body=of(organization="fulian_org")),
    ("distribution-settle", "POST"): rest("divided", ALLIED | PARTY, LEAD),
    ("distribution-cancel", "POST"): rest("divided", ALLIED | PARTY, LEAD, body=REASON),
    ("distribution-ask-reversal", "POST"): rest("settled", ALLIED | PARTY, LEAD, body=REASON),
    ("distribution-agree-reversal", "POST"): rest(
        "settled", ALLIED | PARTY, MEMBER, body=of(organization="fulian_org")
    ),
    ("distribution-keep", "POST"): rest(
        "settled", ALLIED | PARTY, MEMBER, body=said(of(organization="fulian_org"), **REASON)
    ),
}
