"""The service catalogue: what a department does, found by name or sound, begun in one step."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from listings import transitions as verbs
from listings.models import Service
from members.models import Region, Step
from members.states import MoveRefused, Refused
from tests.cast import NOW, again, organization

WORDS = {
    "title": "法律援助申请", "category": "security", "basis": "《中华人民共和国法律援助法》",
    "steps": "提出申请\n\n 审查 \n指派律师", "documents": "申请表", "working_days": 7, "wants": "值班律师 1 名",
    "phone": "04761234567",
}  # fmt: skip


@pytest.fixture
def aid(cast):
    return verbs.list_service(cast.fulian_org, **WORDS, by=cast.fulian, at=NOW)


def found_by(text):
    return Service.objects.matching(text).exists()


def test_it_is_found_by_words_by_department_and_by_how_it_sounds(aid):
    assert all(found_by(text) for text in ("援助", "法律援助申请", "妇联", "flyz", "falvyuanzhu"))
    assert not any(found_by(text) for text in ("低保", "lyz", "援助法律"))


def test_lines_are_trimmed_and_empty_ones_left_out(aid):
    assert aid.step_lines == ["提出申请", "审查", "指派律师"]
    assert aid.masked_phone == "047****4567"


def test_who_sits_beneath_its_region_finds_it_and_nobody_beside(cast, aid):
    for name in ("chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian", "lushan"):
        assert Service.objects.visible_to(again(getattr(cast, name))).filter(pk=aid.pk).exists(), name
    for name in ("nanyang", "dongguan", "sysadmin", "auditor"):
        assert not Service.objects.visible_to(again(getattr(cast, name))).exists(), name


def test_a_revision_is_the_next_version_and_nothing_changed_is_none(cast, aid):
    verbs.revise_service(aid, **WORDS, by=cast.fulian, at=NOW)
    assert aid.version == 1
    verbs.revise_service(aid, working_days=5, steps="提出申请\n指派律师", by=cast.balinzuo, at=NOW)
    assert (aid.version, aid.working_days) == (2, 5)
    assert Step.objects.of(aid).last().detail == {"changed": ["steps", "working_days"], "version": 2}


@pytest.mark.parametrize("wrong", [
    {"title": ""}, {"title": "字" * 61}, {"basis": " \n "}, {"working_days": 0}, {"working_days": 251},
    {"category": "magic"},
])  # fmt: skip
def test_what_makes_no_sense_is_refused_by_its_field(cast, wrong):
    with pytest.raises(ValidationError) as refused:
        verbs.list_service(cast.fulian_org, **WORDS | wrong, by=cast.fulian, at=NOW)
    assert set(refused.value.message_dict) == set(wrong)


def test_a_title_stands_once_and_for_places_of_the_department_only(cast, aid):
    with pytest.raises(Refused, match="同名"):
        verbs.list_service(cast.fulian_org, **WORDS, by=cast.fulian, at=NOW)
    with pytest.raises(ValidationError, match="适用地区"):
        verbs.list_service(
            cast.fulian_org, **WORDS | {"title": "另一项"}, region=Region.objects.get(code="4113"), by=cast.fulian,
            at=NOW,
        )  # fmt: skip


def test_an_item_begins_with_everything_that_the_service_knows(cast, aid):
    item = verbs.begin(
        aid, alliance=cast.alliance, asked_by=cast.dongshiqiao_org, detail="三号楼一户", for_resident=True,
        by=cast.dongshiqiao, at=NOW,
    )  # fmt: skip
    assert (item.title, item.category, item.wants, item.state) == (
        "法律援助申请", "security", "值班律师 1 名", "collected",
    )  # fmt: skip
    assert item.listing.kind == "supply_demand"
    assert item.due_on == date(2019, 6, 13)  # seven working days, with the dragon boat festival of the 7th between
    assert (item.service_use.service, item.service_use.version) == (aid, 1)


def test_an_item_is_begun_for_who_belongs_to_the_alliance_only(cast, aid):
    stranger = organization("左旗商会党支部", "150422")
    with pytest.raises(Refused) as refused:
        verbs.begin(aid, alliance=cast.alliance, asked_by=stranger, by=cast.dongshiqiao, at=NOW)
    assert refused.value.code == "not_member"


def test_what_is_retired_stays_readable_and_begins_nothing(cast, aid):
    verbs.retire_service(aid, reason="并入综合窗口", by=cast.fulian, at=NOW)
    assert Service.objects.visible_to(cast.dongshiqiao).filter(pk=aid.pk).exists()
    with pytest.raises(Refused) as refused:
        verbs.begin(aid, alliance=cast.alliance, asked_by=cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
    assert refused.value.code == "retired"
    with pytest.raises(MoveRefused):
        verbs.revise_service(aid, working_days=1, by=cast.fulian, at=NOW)
    assert verbs.list_service(cast.fulian_org, **WORDS, by=cast.fulian, at=NOW).state == "current"


def test_the_full_phone_needs_a_reason_and_leaves_a_trace(cast, aid, browse):
    neighbour = browse("lushan")
    assert "04761234567" not in neighbour.get(aid.get_absolute_url()).content.decode()
    shown = neighbour.post(f"/services/{aid.pk}/phone/", {"reason": "代居民咨询"})
    assert "04761234567" in shown.content.decode()
    assert Step.objects.of(aid).last().reason == "代居民咨询"
    assert "代居民咨询" not in browse("dongshiqiao").get(aid.get_absolute_url()).content.decode()
    assert neighbour.get(f"/api/v1/services/{aid.pk}/").json()["phone"] == "047****4567"


def test_page_and_rest_begin_the_same_item(cast, aid, browse):
    lead = browse("dongshiqiao")
    body = {"alliance": cast.alliance.pk, "asked_by": cast.dongshiqiao_org.pk, "detail": "三号楼"}
    made = lead.post(f"/api/v1/services/{aid.pk}/begin/", body, content_type="application/json")
    assert made.status_code == 201
    assert lead.post(f"/services/{aid.pk}/begin/", body).status_code == 302
    one, other = (use.item for use in aid.uses.all())
    same = ("title", "detail", "category", "wants", "due_on", "asked_by_id", "state", "listing_id")
    assert [getattr(one, name) for name in same] == [getattr(other, name) for name in same]
    outside = body | {"alliance": cast.nanyang_alliance.pk}
    assert lead.post(f"/api/v1/services/{aid.pk}/begin/", outside, content_type="application/json").status_code == 404
    assert lead.post(f"/services/{aid.pk}/begin/", outside).status_code == 422
