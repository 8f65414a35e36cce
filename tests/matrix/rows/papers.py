"""Charter, agreements and rotation: departments and towns read, the lead does, members assent, sign and swap."""

from tests.matrix.grammar import ALLIED, LEAD, MEMBER, SEES_ALLIANCE, page, verb

PAGES = {
    "alliances:charter": page(SEES_ALLIANCE, "alliance"),
    "alliances:draft_charter": verb("alliance", SEES_ALLIANCE, LEAD),
    "alliances:draft_agreement": verb("alliance", SEES_ALLIANCE, LEAD),
    "alliances:rotation": page(SEES_ALLIANCE, "alliance"),
    "alliances:draw_up_rotation": verb("alliance", SEES_ALLIANCE, LEAD),
    "charters:detail": page(SEES_ALLIANCE, "charter"),
    "charters:amend": verb("charter_draft", LEAD, LEAD),
    "charters:put": verb("charter_draft", LEAD, LEAD),
    "charters:assent": verb("charter", SEES_ALLIANCE, LEAD | MEMBER),
    "charters:object": verb("charter", SEES_ALLIANCE, LEAD | MEMBER),
    "charters:withdraw": verb("charter", SEES_ALLIANCE, LEAD),
    "agreements:list": page(),
    "agreements:detail": page(ALLIED, "agreement"),
    "agreements:amend": verb("agreement_draft", LEAD, LEAD),
    "agreements:put": verb("agreement_draft", LEAD, LEAD),
    "agreements:sign": verb("agreement", ALLIED, LEAD | MEMBER),
    "agreements:renew": verb("agreement_signed", ALLIED, LEAD),
    "agreements:withdraw": verb("agreement", ALLIED, LEAD),
    "rotations:arrange": verb("rotation_draft", LEAD, LEAD),
    "rotations:set": verb("rotation_draft", LEAD, LEAD),
    "rotations:end": verb("rotation", ALLIED, LEAD),
    "rotations:swap": verb("turn", ALLIED, MEMBER),
    "rotations:accept": verb("swap", ALLIED, MEMBER),
    "rotations:refuse": verb("swap", ALLIED, MEMBER),
    "rotations:withdraw": verb("swap", ALLIED, LEAD),
}
