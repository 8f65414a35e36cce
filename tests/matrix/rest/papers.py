"""Charter, agreements and rotation: departments and towns read, the lead does, members assent, sign and swap."""

from tests.matrix.grammar import ALLIANCE, ALLIED, LEAD, MEMBER, PARTY, REASON, TODAY, of, rest, said

TERM = {"valid_from": "2030-01-01", "valid_to": "2030-12-31"}
AGREEMENT = TERM | {"title": "协议", "text": "一、共用阵地。"}


ROUTES = {
    # charter, agreements, rotation: browser sessions only
    ("charter-list", "GET"): rest(),
    ("charter-list", "POST"): rest(sees=ALLIANCE, can=LEAD, body=said(of(alliance="alliance"), text="第一条")),
    ("charter-detail", "GET"): rest("charter", ALLIANCE),
    ("charter-amend", "POST"): rest("charter_draft", LEAD, body={"text": "第一条"}),
    ("charter-put", "POST"): rest("charter_draft", LEAD),
    ("charter-assent", "POST"): rest("charter", ALLIANCE, LEAD | MEMBER, body=of(organization="fulian_org")),
    ("charter-object", "POST"): rest(
        "charter", ALLIANCE, LEAD | MEMBER, body=said(of(organization="fulian_org"), **REASON)
    ),
    ("charter-withdraw", "POST"): rest("charter", ALLIANCE, LEAD, body=REASON),
    ("agreement-list", "GET"): rest(),
    ("agreement-list", "POST"): rest(sees=ALLIANCE, can=LEAD, body=said(of(alliance="alliance"), **AGREEMENT)),
    ("agreement-detail", "GET"): rest("agreement", ALLIED | PARTY),
    ("agreement-amend", "POST"): rest("agreement_draft", LEAD, body=AGREEMENT),
    ("agreement-put", "POST"): rest("agreement_draft", LEAD),
    ("agreement-sign", "POST"): rest("agreement", ALLIED | PARTY, LEAD | MEMBER, body=of(organization="fulian_org")),
    ("agreement-renew", "POST"): rest("agreement_signed", ALLIED | PARTY, LEAD, body=TERM),
    ("agreement-withdraw", "POST"): rest("agreement", ALLIED | PARTY, LEAD, body=REASON),
    ("rotation-list", "GET"): rest(),
    ("rotation-list", "POST"): rest(
        sees=ALLIANCE, can=LEAD, body=said(of(alliance="alliance"), starts_on="2099-01-01")
    ),
    ("rotation-detail", "GET"): rest("rotation", ALLIED | PARTY),
    ("rotation-arrange", "POST"): rest("rotation_draft", LEAD, body={"starts_on": TODAY}),
    ("rotation-set", "POST"): rest("rotation_draft", LEAD),
    ("rotation-end", "POST"): rest("rotation", ALLIED | PARTY, LEAD, body=REASON),
    ("hostturn-list", "GET"): rest(),
    ("hostturn-detail", "GET"): rest("turn", ALLIED | PARTY),
    ("hostturn-swap", "POST"): rest(
        "turn", ALLIED | PARTY, MEMBER, body=lambda world, person: {"other": world.things["swap"].turn_id} | REASON
    ),
    ("swap-list", "GET"): rest(),
    ("swap-detail", "GET"): rest("swap", ALLIED | PARTY),
    ("swap-accept", "POST"): rest("swap", ALLIED | PARTY, MEMBER),
    ("swap-refuse", "POST"): rest("swap", ALLIED | PARTY, MEMBER, body=REASON),
    ("swap-withdraw", "POST"): rest("swap", ALLIED | PARTY, LEAD),
}
