"""Items at work whose terms lie ahead of today: one that runs, one that waits, one for which a later day is asked."""

from datetime import timedelta

from django.utils import timezone

from listings import transitions as verbs
from tests.cast import NOW
from tests.listings.conftest import item_on, term


def build(world):
    cast, far = world.cast, timezone.localdate() + timedelta(days=60)
    items = []
    for title in ("在办的", "等待的", "要延期的"):
        item = item_on(world.things["listing"], cast.dongshiqiao, cast.dongshiqiao_org, title=title)
        term(item, far, verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW))
        items.append(item)
    working, waiting, late = items
    verbs.pause(waiting, by=cast.fulian, at=timezone.now(), waits_for="供电公司", reason="停电计划未定")
    asked = verbs.ask_extension(
        late, cast.fulian_org, until=far + timedelta(days=9), reason="雨季", by=cast.fulian, at=timezone.now()
    )
    world.keep(working=working, paused=waiting, extension=asked)
