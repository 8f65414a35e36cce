"""Places and organisations are named as people name them; who names several is told which there are."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from members.called import the_organization, the_region
from members.models import Approval, Organization, Region
from tests.cast import organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins(cast):
    """Two streets of one name in two banners."""
    Region.objects.create(code="150425", name="克什克腾旗")
    return [Region.objects.create(code=code, name="站前街道") for code in ("150422499", "150425499")]


@pytest.mark.parametrize("said", ["150422404", "林东东城街道", "东城"])
def test_a_place_is_found_by_its_code_its_name_or_a_part_of_it(cast, said):
    assert the_region(said, Region.objects.directed_by(cast.chifeng).of_level(9)).pk == "150422404"


def test_who_names_two_places_is_told_where_they_lie(twins, cast):
    with pytest.raises(ValidationError, match=r"巴林左旗，150422499.*克什克腾旗，150425499"):
        the_region("站前街道", Region.objects.directed_by(cast.chifeng))
    assert the_region("站前街道", Region.objects.directed_by(cast.balinzuo)) == twins[0]


def test_of_many_some_are_told(cast):
    for number in range(7):
        Region.objects.create(code=f"15042240{number}900", name=f"新村{number}")
    with pytest.raises(ValidationError, match=r"“新村”不止一个：.*等。请写全名称") as unclear:
        the_region("新村", Region.objects.directed_by(cast.chifeng))
    assert str(unclear.value).count("150422") == 5


@pytest.mark.parametrize("said", ["东关街道", "411302", "没有这里", "%", "' OR 1=1"])
def test_what_is_out_of_reach_answers_like_what_is_not_there(cast, said):
    with pytest.raises(ValidationError, match="没有找到这个地方"):
        the_region(said, Region.objects.directed_by(cast.chifeng))


def test_an_organisation_is_found_by_code_name_short_name_or_pinyin(cast):
    among = Organization.objects.directed_by(cast.chifeng)
    for said in (cast.fulian_org.code, "巴林左旗妇联党支部", "妇联党支部"):
        assert the_organization(said, among) == cast.fulian_org
    organization("巴林左旗妇联老干部党支部", "150422")
    with pytest.raises(ValidationError, match=f"巴林左旗妇联党支部（{cast.fulian_org.code}）"):
        the_organization("妇联", among)


def test_an_organisation_is_registered_by_the_names_of_its_place_and_superior(client, cast):
    client.force_login(cast.balinzuo)
    words = {
        "name": "林东街道新城社区党支部", "kind": "branch", "level": "primary", "sector": "community",
        "industry": "governance", "ownership": "public", "region_code": "林东东城街道", "parent_code": "林东街道党工委",
    }  # fmt: skip
    assert client.post(reverse("organizations:new"), words).status_code == 302
    made = Organization.objects.get(name="林东街道新城社区党支部")
    assert (made.region_id, made.parent) == ("150422404", cast.town_org)
    refused = client.post(reverse("organizations:new"), words | {"name": "又一个", "region_code": "东关街道"})
    assert refused.status_code == 422
    assert "没有找到这个地方" in refused.text


def test_a_role_is_proposed_by_the_name_of_its_place(client, cast):
    client.force_login(cast.sysadmin)
    words = {"username": "xinren", "name": "新人", "role": "banner", "place": "巴林左旗", "reason": "到任"}
    assert client.post(reverse("accounts:new"), words).status_code == 302
    assert Approval.objects.get().arguments["region"] == "150422"
    above = client.post(reverse("accounts:new"), words | {"username": "bieren", "role": "town"})
    assert (above.status_code, "没有找到这个地方" in above.text) == (422, True)


def test_a_choice_that_is_open_says_so(client, cast):
    client.force_login(cast.balinzuo)
    page = client.get(reverse("organizations:new")).text
    assert "请选择" in page
    assert "---------" not in page
