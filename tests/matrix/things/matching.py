"""A match that waits for its owner, for the matrix."""

from listings import transitions as verbs
from tests.cast import NOW
from tests.listings.conftest import item_on


def build(world):
    """妇联 is asked by 东石桥 to help with its people."""
    cast = world.cast
    need = item_on(world.things["listing"], cast.dongshiqiao, cast.dongshiqiao_org, title="找人手的", capacity=2)
    world.keep(match=verbs.match(need, cast.fulian_org, by=cast.dongshiqiao, at=NOW))
