"""A page with nothing on it says what comes here, and offers who may the verb that fills it; nobody else a button."""

import re

import pytest
from django.urls import reverse

from tests.cast import alliance

FILLED_BY = [
    ("activities", "plan"), ("meetings", "convene"), ("leadership", "nominate"), ("charter", "draft_charter"),
    ("rotation", "draw_up_rotation"), ("funds", "receive"), ("staff", "take_on"), ("venues", "share"),
    ("consortium", "enlist"), ("distributions", "draw_up_scheme"),
]  # fmt: skip


@pytest.fixture
def fresh(cast):
    return alliance("新成立联合体", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org])


def ways_on(browser, name, thing):
    page = browser.get(reverse(f"alliances:{name}", args=[thing.pk])).content.decode()
    empties = re.findall(r'<div class="empty">.*?</div>', page, re.S)
    assert empties, "nothing is said about what comes here"
    return re.findall(r'href="([^"]+)"', "".join(empties))


@pytest.mark.parametrize(("name", "verb"), FILLED_BY)
def test_an_empty_tab_offers_the_lead_the_verb_that_fills_it(fresh, browse, name, verb):
    address = reverse(f"alliances:{verb}", args=[fresh.pk])
    lead = browse("dongshiqiao")
    assert ways_on(lead, name, fresh) == [address]
    assert lead.get(address).status_code == 200
    assert ways_on(browse("chifeng"), name, fresh) == [], "staff cannot do it for the members"


def test_whoever_has_nothing_yet_is_told_how_to_begin(cast, browse):
    page = browse("lushan").get(reverse("alliances:join")).content.decode()
    assert reverse("alliances:apply", args=[cast.alliance.pk]) in page
    listed = browse("dongguan").get(reverse("alliances:list"), {"q": "没有这个"}).content.decode()
    assert "没有符合条件的联合体" in listed
    people = browse("fulian").get(reverse("organizations:people", args=[cast.fulian_org.pk])).content.decode()
    assert "名单上还没有党员" in people
    assert people.count(reverse("organizations:person_new", args=[cast.fulian_org.pk])) == 2
