"""What a review leaves of 五金小区: a row with its light, a batch that waits for a second person, a letter."""

from datetime import date
from types import SimpleNamespace

from assessments.batches import put_forward
from assessments.letters import issue
from assessments.models import Proposal, ReviewRow, ReviewRun
from tests.cast import NOW


def build(world):
    cast, run = world.cast, world.things["run"]
    found = ReviewRow.objects.create(run=run, alliance=cast.alliance, light="red", values={"items_claimed": 0})
    watched = Proposal.objects.create(
        run=run, alliance=cast.alliance, region_id=cast.alliance.region_id, kind="observe", evidence=[]
    )
    batch = put_forward([watched], "proposals.confirm", by=cast.chifeng2, at=NOW, reason="连续两季").batch
    before = ReviewRun.objects.create(
        as_of=date(2018, 12, 31), period_from=date(2018, 10, 1), rules=[], started_at=NOW, state="complete"
    )
    told = Proposal.objects.create(
        run=before, alliance=cast.alliance, region_id=cast.alliance.region_id, kind="observe", evidence=[],
        state="confirmed",
    )  # fmt: skip
    letter = issue(told, by=cast.chifeng2, at=NOW, reason="请看一看", ordered={})
    world.keep(light=found, batch=batch, letter=letter)
    world.keep(rule_number=SimpleNamespace(pk=1), gauge=SimpleNamespace(pk="items_claimed"))
