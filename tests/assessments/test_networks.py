"""The network and the neighbours without a crowd around them: who links what, in the reader's scope."""

from datetime import date

import pytest

from alliances.measures import Period
from alliances.models import Membership
from assessments.mechanisms import neighbours
from assessments.networks import DRAWN, Node, laid_out, web_of_alliance, web_of_place
from members.models import Region
from tests.cast import again, alliance, join

YEAR = Period(date(2019, 1, 1), date(2019, 12, 31))
TODAY = date(2019, 12, 31)


@pytest.fixture(autouse=True)
def silvester(time_machine):
    time_machine.move_to("2019-12-31T02:00:00Z")


def test_neighbours_are_compared_from_five_on_and_never_named(see, cast):
    for n in range(5):
        code = f"15042{3 + n if n < 4 else 8}"
        Region.objects.get_or_create(code=code, defaults={"name": f"邻旗{n}"})
        if n < 4:
            alliance(f"邻{n}", cast.city_org, cast.city_org, region=code)
    few = see(cast.balinzuo, "/reports/dashboard/").context["board"]
    assert few.neighbours == 4 and len(few.shapes) == 1
    alliance("邻五", cast.city_org, cast.city_org, region="150428")
    page = see(cast.balinzuo, "/reports/dashboard/")
    assert len(page.context["board"].shapes) == 2
    assert "邻旗" not in page.content.decode().partition("<main")[2]
    assert not [row for row in neighbours("150422", YEAR) if row["place"] in ("1504", "150422")]


@pytest.fixture
def linked(cast):
    """妇联 is in two alliances of 林东, and in one of 红山 that 林东 does not see; the city's committee is in none."""
    second = alliance("广场片区共同体", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org])
    far = alliance("红山联盟", cast.city_org, cast.city_org, [cast.fulian_org], region="150402")
    return second, far


def test_who_is_in_several_alliances_links_them(see, cast, linked):
    web = see(cast.chifeng, "/reports/network/").context["web"]
    assert [node.label for node in web.left] == ["红山联盟", "五金小区基层治理共同体", "广场片区共同体"]
    assert {node.label for node in web.right} == {cast.fulian_org.name, cast.dongshiqiao_org.name}
    assert len(web.ties) == 5
    pairs = {(pair.one, pair.other): pair.count for pair in web.pairs}
    assert pairs[("五金小区基层治理共同体", "广场片区共同体")] == 2
    assert web == web_of_place(again(cast.chifeng), "1504", TODAY, link=lambda c: f"/reports/network/?region={c}")


def test_the_network_shows_only_what_the_reader_follows(see, cast, linked):
    far = linked[1]
    town = see(cast.lindong, "/reports/network/").content.decode()
    assert "广场片区共同体" in town and "红山联盟" not in town
    member = see(cast.fulian, "/reports/network/", region="1504").content.decode()
    assert "红山联盟" in member, "it is a member there"
    lead = see(cast.dongshiqiao, f"/reports/alliances/{cast.alliance.pk}/")
    assert "广场片区共同体" in lead.content.decode() and "红山联盟" not in lead.content.decode()
    assert see(cast.nanyang, f"/reports/alliances/{cast.alliance.pk}/").status_code == 404
    assert see(cast.lushan, f"/reports/alliances/{cast.alliance.pk}/").status_code == 404
    assert see(cast.dongshiqiao, f"/reports/alliances/{far.pk}/").status_code == 404
    assert see(cast.sysadmin, f"/reports/alliances/{cast.alliance.pk}/").status_code == 403


def test_an_organization_that_one_may_not_open_has_a_name_and_no_link(cast, linked):
    join(cast.alliance, cast.nanyang_org)
    join(linked[0], cast.nanyang_org)
    web = web_of_alliance(again(cast.balinzuo), cast.alliance, TODAY)
    urls = {node.label: node.url for node in web.left}
    assert urls[cast.nanyang_org.name] == "" and urls[cast.fulian_org.name]


def test_who_has_left_links_nothing(see, cast, linked):
    Membership.objects.filter(organization=cast.fulian_org).update(state="left", left_on=date(2019, 6, 1))
    web = see(cast.chifeng, "/reports/network/").context["web"]
    assert [node.label for node in web.right] == [cast.dongshiqiao_org.name]
    assert [node.label for node in web.alone] == ["红山联盟"]


def test_a_large_place_is_drawn_by_the_places_beneath(cast, linked):
    for n in range(DRAWN):
        alliance(f"片区{n}", cast.city_org, cast.city_org, region="150402" if n % 2 else "150422404001")
    web = web_of_place(again(cast.chifeng), "1504", TODAY, link=lambda c: f"?region={c}")
    assert [node.label for node in web.left] == ["红山区", "巴林左旗"]
    assert {node.label for node in web.right} == {cast.city_org.name, cast.fulian_org.name}
    assert "按下一级地区合并" in web.notes[0]


def test_so_many_ties_that_all_names_fit_in():
    left = {n: Node(f"甲{n}", "") for n in range(10)}
    right = {n: Node(f"乙{n}", "") for n in range(100)}
    edges = [(n % 10, n) for n in range(100)] + [((n + 1) % 10, n) for n in range(100)]
    edges += [((n + 2) % 10, n) for n in range(30)]
    web = laid_out(("甲", "乙"), left, right, edges)
    assert len(web.left) + len(web.right) <= DRAWN and len(web.right) == 30
    assert any("3 条以上" in note for note in web.notes)


@pytest.mark.parametrize(("path", "most"), [("dashboard/", 45), ("network/", 30), ("screen/", 35)])
def test_the_number_of_statements_does_not_grow(cast, client, linked, django_assert_max_num_queries, path, most):
    for n in range(3):
        alliance(f"又一个{n}", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org])
    client.force_login(again(cast.chifeng))
    with django_assert_max_num_queries(most):
        client.get(f"/reports/{path}")


def test_an_alliance_stands_beside_the_median_of_five_peers_and_no_name_is_told(see, cast):
    for n in range(4):
        alliance(f"同类{n}", cast.city_org, cast.city_org, [cast.banner_org], since=date(2018, 6, 1))
    url = f"/reports/alliances/{cast.alliance.pk}/"
    few = see(cast.dongshiqiao, url)
    assert few.context["profile"].peers is None and "不足五个" in few.content.decode()
    alliance("同类五", cast.city_org, cast.city_org, [cast.banner_org], since=date(2018, 6, 1))
    alliance("新来的", cast.city_org, cast.city_org, since=date(2019, 11, 1))
    page = see(cast.dongshiqiao, url)
    profile = page.context["profile"]
    assert profile.peers == 5 and "同类五" not in page.content.decode()
    members = profile.axes[0]
    assert (members.value, members.middle, members.reach) == ("2", "2", 50)
    assert not profile.axes[1].drawn, "nothing is twice a median of nothing"


def test_the_way_to_the_figures_stands_only_where_it_leads_somewhere(see, cast):
    page, url = cast.alliance.get_absolute_url(), f"/reports/alliances/{cast.alliance.pk}/"
    for who in ("chifeng", "dongshiqiao", "fulian", "lushan", "nanyang"):
        answer = see(getattr(cast, who), page)
        offered = answer.status_code == 200 and url in answer.content.decode()
        assert offered == (see(getattr(cast, who), url).status_code == 200), who
