"""Points, lines and areas: departments name demonstration sites and lay belts; figures count them from that day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from alliances.measures import Period
from alliances.metrics import METRICS
from alliances.models import Belt
from alliances.notices import WRITERS
from alliances.transitions.points import arrange, designate, end_belt, lay, rename, undesignate
from members.models import Notice, Region, Step
from members.notices import tell
from members.states import Refused
from tests.cast import NOW, alliance, at

FIGURES = {metric.key: metric for metric in METRICS}
LATER = at(date(2019, 9, 1))


@pytest.fixture
def other(cast):
    return alliance("临潢路联盟", cast.dongshiqiao_org, cast.town_org, form="league")


@pytest.fixture
def belt(cast, other):
    return lay(
        Region.objects.get(code="150422"), kind="belt", name="红色物业发展带", alliances=[cast.alliance, other],
        by=cast.balinzuo, at=NOW,
    )  # fmt: skip


def count(key, day):
    return FIGURES[key].total(Period(date(2019, 1, 1), day), "1504")


def order(belt):
    return list(belt.stops.order_by("position").values_list("alliance__name", flat=True))


def test_a_site_counts_from_its_day_up_to_the_day_before_it_is_revoked(cast):
    designate(cast.alliance, by=cast.balinzuo, at=NOW, reason="成效突出")
    undesignate(cast.alliance, by=cast.balinzuo, at=LATER, reason="久不活动")
    days = (NOW.date() - timedelta(1), NOW.date(), LATER.date() - timedelta(1), LATER.date())
    assert [count("demonstration_sites", day) for day in days] == [0, 1, 1, 0]
    assert [s.verb for s in Step.objects.of(cast.alliance)][-2:] == ["designate", "undesignate"]


def test_one_site_at_a_time_and_none_that_does_not_run(cast):
    designate(cast.alliance, by=cast.balinzuo, at=NOW, reason="成效突出")
    with pytest.raises(Refused) as twice:
        designate(cast.alliance, by=cast.balinzuo, at=NOW, reason="成效突出")
    assert twice.value.code == "already_site"
    with pytest.raises(Refused) as none:
        undesignate(cast.nanyang_alliance, by=cast.nanyang, at=NOW, reason="没有")
    assert none.value.code == "no_site"
    type(cast.nanyang_alliance).objects.filter(pk=cast.nanyang_alliance.pk).update(
        state="dissolved", ended_on=NOW.date()
    )
    cast.nanyang_alliance.refresh_from_db()
    with pytest.raises(Refused):
        designate(cast.nanyang_alliance, by=cast.nanyang, at=NOW, reason="已终止")
    with pytest.raises(ValidationError):
        undesignate(cast.alliance, by=cast.balinzuo, at=NOW, reason=" ")


def test_a_belt_is_laid_arranged_renamed_and_ended(cast, belt, other):
    assert order(belt) == ["五金小区基层治理共同体", "临潢路联盟"]
    arrange(belt, by=cast.balinzuo, at=NOW, alliances=[other, cast.alliance])
    assert order(belt) == ["临潢路联盟", "五金小区基层治理共同体"]
    rename(belt, by=cast.balinzuo, at=NOW, name="治理发展带")
    end_belt(belt, by=cast.balinzuo, at=LATER, reason="合并")
    assert [count("belts", day) for day in (NOW.date(), LATER.date())] == [1, 0]
    assert [s.verb for s in Step.objects.of(belt)] == ["lay", "arrange", "rename", "end_belt"]
    for deed, words in ((rename, {"name": "x"}), (end_belt, {"reason": "x"}), (arrange, {"alliances": [other]})):
        with pytest.raises(Refused) as refused:
            deed(belt, by=cast.balinzuo, at=LATER, **words)
        assert refused.value.code == "ended"


@pytest.mark.parametrize(
    "stops",
    [
        lambda cast, other: [cast.alliance],
        lambda cast, other: [cast.alliance, cast.alliance],
        lambda cast, other: [cast.alliance, cast.nanyang_alliance],
    ],
)
def test_a_line_has_two_different_stops_in_its_own_place(cast, belt, other, stops):
    with pytest.raises(ValidationError):
        arrange(belt, by=cast.balinzuo, at=NOW, alliances=stops(cast, other))
    assert len(order(belt)) == 2


def test_pages_and_rest_take_the_same_steps(browse, cast, other):
    page, said = browse("balinzuo"), {"reason": "成效突出"}
    assert page.post(reverse("alliances:designate", args=[cast.alliance.pk]), said).status_code == 302
    assert page.post(f"/api/v1/alliances/{other.pk}/designate/", said, "application/json").status_code == 200
    assert page.post(f"/api/v1/alliances/{other.pk}/designate/", said, "application/json").status_code == 409
    assert page.post(f"/api/v1/alliances/{other.pk}/undesignate/", said, "application/json").status_code == 200
    codes = f"{cast.alliance.code} 五金\n\n{other.code.lower()}"
    words = {"name": "一条线", "kind": "route", "region": "150422", "alliances": codes}
    answer = page.post(reverse("belts:new"), words)
    first = Belt.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, first.get_absolute_url())
    words["alliances"] = [other.pk, cast.alliance.pk]
    made = page.post("/api/v1/belts/", words | {"name": "又一条"}, "application/json")
    assert (made.status_code, made.json()["alliances"]) == (201, [other.pk, cast.alliance.pk])
    second = Belt.objects.get(pk=made.json()["id"])
    for one in (first, second):
        assert page.post(reverse("belts:arrange", args=[one.pk]), {"alliances": codes}).status_code == 302
    turned = {"alliances": [other.pk, cast.alliance.pk]}
    assert page.post(f"/api/v1/belts/{first.pk}/arrange/", turned, "application/json").status_code == 200
    assert order(first) == ["临潢路联盟", "五金小区基层治理共同体"]
    assert page.post(reverse("belts:end", args=[first.pk]), said).status_code == 302
    assert page.post(f"/api/v1/belts/{second.pk}/end/", said, "application/json").status_code == 200


def test_only_a_department_above_and_nobody_elses_alliances(browse, cast, belt, other):
    words = {"name": "一条线", "kind": "route", "region": "150422"}
    borrowed = browse("balinzuo").post(
        reverse("belts:new"), words | {"alliances": f"{cast.alliance.code}\n{cast.nanyang_alliance.code}"}
    )
    assert borrowed.status_code == 422
    assert cast.nanyang_alliance.name not in borrowed.content.decode()
    assert browse("lindong").post(reverse("belts:new"), words).status_code == 403
    assert browse("dongshiqiao").post(reverse("belts:end", args=[belt.pk]), {"reason": "x"}).status_code == 403
    assert browse("nanyang").get(belt.get_absolute_url()).status_code == 404
    assert "红色物业" not in browse("nanyang").get(reverse("belts:list")).content.decode()


def test_a_stop_out_of_sight_has_no_name(browse, cast, belt):
    """妇联 sees 五金小区, not the other stop."""
    text = browse("fulian").get(belt.get_absolute_url()).content.decode()
    assert "五金小区基层治理共同体" in text
    assert "临潢路联盟" not in text
    assert browse("fulian").get(f"/api/v1/belts/{belt.pk}/").json()["alliances"] == [cast.alliance.pk]


def test_the_leads_are_told(cast, belt):
    designate(cast.alliance, by=cast.balinzuo, at=NOW, reason="成效突出")
    tell(WRITERS, NOW)
    texts = set(Notice.objects.filter(user=cast.dongshiqiao).values_list("text", flat=True))
    assert any("被命名为示范点" in text for text in texts)
    assert any("已列入“红色物业发展带”" in text for text in texts)


@pytest.mark.parametrize("odd", ["x" * 10_000, "\x00", "LHT-1\n" * 100, " \n ", "没有这个编号 甲"])
def test_odd_stops_are_refused_in_words(browse, belt, odd):
    page = browse("balinzuo").post(reverse("belts:arrange", args=[belt.pk]), {"alliances": odd})
    assert page.status_code == 422


def test_three_belts_cost_as_many_queries_as_one(browse, cast, belt, other):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page, counts = browse("chifeng"), []
    for n in range(3):
        lay(
            Region.objects.get(code="150422"), kind="district", name=f"第{n}片区", alliances=[other, cast.alliance],
            by=cast.balinzuo, at=NOW,
        )  # fmt: skip
        addresses = (reverse("belts:list"), belt.get_absolute_url(), "/api/v1/belts/")
        for address in addresses:
            page.get(address)
        with CaptureQueriesContext(connection) as asked:
            for address in addresses:
                assert page.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2], counts
