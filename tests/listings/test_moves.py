"""Every state of an item and a claim, met by every verb: what the table allows happens, everything else is refused."""

from datetime import timedelta

import pytest

from listings import transitions as verbs
from listings.models import Claim, Item
from members.states import Refused
from tests.cast import NOW
from tests.listings.conftest import item_on

WHY = {"reason": "理由"}
WHOSE = {**WHY, "goes_to": "12345 热线"}

ITEM_VERBS = {
    "study": ({"collected"}, lambda item, cast: verbs.study(item, at=NOW)),
    "open": ({"collected", "studied"}, lambda item, cast: verbs.open_(item, at=NOW)),
    "return": ({"collected", "studied", "open"}, lambda item, cast: verbs.return_(item, at=NOW, **WHY)),
    "refuse": ({"collected", "studied", "open", "returned"}, lambda item, cast: verbs.refuse(item, at=NOW, **WHOSE)),
    "resubmit": ({"returned"}, lambda item, cast: verbs.resubmit(item, at=NOW)),
    "amend": ({"collected", "studied", "returned"}, lambda item, cast: verbs.amend(item, title="新名", at=NOW)),
    "claim": ({"open", "claimed", "in_hand"}, lambda item, cast: verbs.claim(item, cast.fulian_org, at=NOW)),
    "confirm": ({"done"}, lambda item, cast: verbs.confirm(item, by=cast.dongshiqiao, at=NOW)),
    "send_back": ({"done"}, lambda item, cast: verbs.send_back(item, by=cast.dongshiqiao, at=NOW, **WHY)),
}


@pytest.mark.parametrize("state", [state for state in Item.State.values if state != "linked"])
@pytest.mark.parametrize("verb", ITEM_VERBS)
def test_items(cast, needs, state, verb):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org)
    Item.objects.filter(pk=item.pk).update(state=state, confirmed_on=NOW.date())
    allowed, deed = ITEM_VERBS[verb]
    fresh = Item.objects.get(pk=item.pk)
    if state in allowed:
        deed(fresh, cast)
    else:
        with pytest.raises(Refused):
            deed(fresh, cast)
        assert Item.objects.get(pk=item.pk).state == state


AT_WORK = {"claimed", "in_hand"}
CLAIM_VERBS = {
    "accept": ({"offered"}, lambda claim: verbs.accept(claim, at=NOW)),
    "decline": ({"waiting", "offered"}, lambda claim: verbs.decline(claim, at=NOW)),
    "report": (AT_WORK, lambda claim: verbs.report(claim, "进展", at=NOW)),
    "finish": (AT_WORK, lambda claim: verbs.finish(claim, at=NOW)),
    "release": (AT_WORK, lambda claim: verbs.release(claim, at=NOW, **WHY)),
}


@pytest.mark.parametrize("state", Claim.State.values)
@pytest.mark.parametrize("verb", CLAIM_VERBS)
def test_claims(cast, item, state, verb):
    claim = verbs.claim(item, cast.fulian_org, at=NOW)
    until = NOW + timedelta(days=2) if state == "offered" else None
    Claim.objects.filter(pk=claim.pk).update(state=state, offered_until=until)
    fresh = Claim.objects.get(pk=claim.pk)
    allowed, deed = CLAIM_VERBS[verb]
    if state in allowed:
        deed(fresh)
    else:
        with pytest.raises(Refused):
            deed(fresh)
        assert Claim.objects.get(pk=claim.pk).state == state
