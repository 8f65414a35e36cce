"""What everybody was told of all this, on the day on which it happened; and a ceiling over what is asked."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery

from assessments.burden import set_ceiling
from assessments.notices import WRITERS
from config.demo.chapters.stage import Stage
from members.models import Notice, Region, Step
from members.notices import KEPT, tell

BANNER = "150422"


def play(stage: Stage) -> None:
    """Messages of the last three days are unread; those that are no longer kept are gone."""
    tell(WRITERS, at=stage.ago(0, 7))
    told = Step.objects.filter(pk=OuterRef("step")).values("at")
    Notice.objects.update(at=Subquery(told))
    Notice.objects.filter(at__lt=stage.ago(3)).update(put_away=True)
    Notice.objects.filter(at__lt=stage.ago(0) - KEPT).delete()
    set_ceiling(
        Region.objects.get(code=BANNER), fillings=60, requests=8, messages=40, by=stage.users["balinzuo"],
        at=stage.ago(50),
    )  # fmt: skip
