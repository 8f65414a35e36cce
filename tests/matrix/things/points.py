"""A belt through two alliances of 巴林左旗, for the matrix."""

from alliances.transitions.points import lay
from members.models import Region
from tests.cast import NOW, alliance


def build(world):
    """Takes the world and keeps a belt and the alliance that stops on it beside 五金小区's."""
    cast = world.cast
    neighbour = alliance("临潢路联盟", cast.dongshiqiao_org, cast.town_org, form="league")
    stops = [cast.alliance, neighbour]
    belt = lay(
        Region.objects.get(code="150422"), kind="belt", name="红色物业发展带", alliances=stops, by=cast.balinzuo, at=NOW
    )
    world.keep(belt=belt, neighbour=neighbour)
