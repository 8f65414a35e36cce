"""A Party member of 妇联 lent a hand with what has been confirmed since, where the rules have points."""

from django.utils import timezone

from alliances.models import RuleSet
from listings import transitions as verbs
from listings.models import Help
from tests.listings.conftest import item_on


def build(world):
    cast, now = world.cast, timezone.now()
    RuleSet.objects.create(region_id="150422", points=True)
    item = item_on(world.things["listing"], cast.dongshiqiao, cast.dongshiqiao_org, title="有人出力的")
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=now)
    verbs.name_helpers(claim, [world.things["clerk"]], by=cast.fulian, at=now)
    verbs.finish(claim, by=cast.fulian, at=now)
    verbs.confirm(item, by=cast.dongshiqiao, at=now)
    world.keep(helped=Help.objects.get(), helped_claim=claim)
