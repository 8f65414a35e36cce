"""An alliance of 东石桥 and 妇联 that 赤峰 has put under rectification: the order, a part of its plan, an appeal."""

from datetime import timedelta

from django.utils import timezone

from alliances.transitions import rectification, rectify
from assessments.appeals import lodge
from tests.cast import alliance


def build(world):
    cast, now = world.cast, timezone.now()
    made = alliance("东石桥夜市党建联盟", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org])
    order = rectify(made, by=cast.chifeng2, at=now, reason="联而不活")
    part = {"what": "补开例会", "who": "社区书记", "due_on": timezone.localdate() + timedelta(days=9)}
    rectification.plan(order, text="每月一次", parts=[part], by=cast.dongshiqiao, at=now)
    rectification.accept_plan(order, by=cast.balinzuo, at=now)
    appeal = lodge(order, text="上季度停工", by=cast.dongshiqiao, at=now)
    world.keep(order=order, order_part=order.parts.get(), order_appeal=appeal)
