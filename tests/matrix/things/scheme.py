"""A city's draft with a banner's supplement to it, and a scheme under which departments mark, for the matrix."""

from datetime import date
from decimal import Decimal

from assessments import transitions as yearly
from members.models import Region
from tests.assessments.years import EVEN, draft
from tests.cast import NOW


def build(world):
    """Takes the world and keeps the drafts, and an indicator that a department scores."""
    cast = world.cast
    city = yearly.draw_up(
        Region.objects.get(code="1504"), year=2018, title="上一年考核", cut_off=date(2018, 12, 31), by=cast.chifeng,
        at=NOW, supplement_share=Decimal(30),
    )  # fmt: skip
    supplement = yearly.draw_up_supplement(
        city, Region.objects.get(code="150422"), share=Decimal(20), by=cast.balinzuo, at=NOW
    )
    special = [{"name": "特色做法", "weight": Decimal(100), "source": "manual"}]
    yearly.amend_supplement(supplement, share=Decimal(20), rows=special, by=cast.balinzuo, at=NOW)
    rows = [*EVEN[:2], {"name": "典型经验", "weight": Decimal(20), "source": "manual"}]
    marked = yearly.open_(draft(cast, region="15", rows=rows), by=cast.chifeng2, at=NOW)
    manual = marked.indicators.get(source="manual")
    world.keep(city_sketch=city, supplement=supplement, marked=marked, manual=manual)
