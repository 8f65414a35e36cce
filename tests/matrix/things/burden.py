"""A ceiling of 巴林左旗, for the matrix."""

from assessments.burden import set_ceiling
from members.models import Region
from tests.cast import NOW


def build(world):
    banner = Region.objects.get(code="150422")
    ceiling = set_ceiling(banner, fillings=60, requests=20, messages=60, by=world.cast.balinzuo, at=NOW)
    world.keep(ceiling=ceiling, banner_number=banner)
