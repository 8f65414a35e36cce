"""The cast stands as the other tests believe."""

from alliances.models import Alliance
from tests.cast import again


def test_everybody_sees_their_own_city_and_nobody_the_other(cast):
    seen = {who: set(Alliance.objects.visible_to(again(getattr(cast, who))).values_list("name", flat=True)) for who in (
        "chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian", "lushan", "nanyang", "sysadmin",
        "auditor")}  # fmt: skip
    here, there = {cast.alliance.name}, {cast.nanyang_alliance.name}
    assert seen == {
        "chifeng": here, "balinzuo": here, "lindong": here, "dongshiqiao": here, "fulian": here,
        "lushan": set(), "nanyang": there, "sysadmin": set(), "auditor": set(),
    }  # fmt: skip


def test_each_of_the_cast_has_a_fixture_of_their_own(cast, chifeng, nanyang_alliance):
    assert chifeng == cast.chifeng
    assert nanyang_alliance == cast.nanyang_alliance
