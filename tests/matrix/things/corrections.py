"""What the closed loop's hard cases need: something confirmed, something disputed, something passed on, a part."""

from alliances.models import Alliance
from listings import transitions as verbs
from tests.cast import NOW
from tests.listings.conftest import item_on


def build(world):
    cast, needs = world.cast, world.things["listing"]
    asked = (needs, cast.dongshiqiao, cast.dongshiqiao_org)
    confirmed = item_on(*asked, title="已确认的")
    verbs.finish(verbs.claim(confirmed, cast.fulian_org, by=cast.fulian, at=NOW), by=cast.fulian, at=NOW)
    verbs.confirm(confirmed, by=cast.dongshiqiao, at=NOW, satisfaction="dissatisfied")
    part = item_on(*asked, title="一部分", opened=False)
    verbs.attach(part, world.things["item"], by=cast.dongshiqiao, at=NOW)
    beside = Alliance.objects.get(pk=world.things["beside"].pk)
    passed_on = item_on(*asked, title="转给邻里的", opened=False)
    world.keep(
        confirmed=confirmed, smaller=part,
        quarrelled=disputed(world, asked, "说不清的"), dispute=disputed(world, asked, "等裁定的").disputes.get(),
        ruled=ruled(world, asked), forwarding=verbs.forward(
            passed_on, beside, by=cast.dongshiqiao, at=NOW, reason="在邻里联盟辖内"),
    )  # fmt: skip


def disputed(world, asked, title):
    """Sent back twice; 妇联 asks who is right."""
    cast = world.cast
    item = item_on(*asked, title=title)
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    for _time in range(2):
        verbs.finish(claim, by=cast.fulian, at=NOW)
        verbs.send_back(item, by=cast.dongshiqiao, at=NOW, reason="还在返水")
    verbs.finish(claim, by=cast.fulian, at=NOW)
    if title != "说不清的":
        verbs.dispute(item, cast.fulian_org, by=cast.fulian, at=NOW, reason="已按约定疏通")
    return item


def ruled(world, asked):
    """The street has ruled that it is done; its asker has not answered since."""
    item = disputed(world, asked, "裁定办成的")
    verbs.rule_done(item.disputes.get(), by=world.cast.lindong, at=NOW, reason="现场看过")
    return item
