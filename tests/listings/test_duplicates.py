"""One need asked twice: suggested with its reason, joined by people, answered once, confirmed by each asker."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from listings import transitions as verbs
from listings.duplicates import likeness, similar_to
from listings.models import Item
from members.models import Step
from members.states import MoveRefused, Refused
from tests.cast import NOW, at
from tests.listings.conftest import item_on, list_of

TODAY = NOW.date()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("五金小区垃圾清运不及时", "五金小区垃圾清运", 0.8),
        ("井盖破损", "井盖 破损", 1.0),
        ("井盖破损", "路灯不亮", 0.0),
        ("灯", "灯", 1.0),
        ("灯", "井", 0.0),
        ("", "", 0.0),
    ],
)
def test_how_alike_two_titles_are(one, other, alike):
    assert likeness(one, other) == pytest.approx(alike, abs=0.05)


@given(st.text("井盖路灯破损不亮", max_size=12), st.text("井盖路灯破损不亮", max_size=12))
@settings(max_examples=60, deadline=None)
def test_likeness_is_the_same_from_both_sides(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


def found(item, user, today=TODAY):
    return [(alike.item.title, list(map(str, alike.reasons))) for alike in similar_to(item, user=user, today=today)]


def test_what_is_alike_is_shown_with_its_reasons_to_who_may_see_it(cast, problems):
    fresh = {"opened": False, "by": cast.dongshiqiao, "asked_by": cast.dongshiqiao_org}
    new = item_on(problems, title="五金小区井盖破损", category="facility", **fresh)
    item_on(problems, title="五金小区井盖破损", category="facility", **fresh)
    item_on(problems, title="井盖破损多处", category="facility", **fresh)
    item_on(problems, title="路灯不亮", category="facility", **fresh)
    ended = item_on(problems, title="五金小区井盖破损了", category="facility", **fresh)
    verbs.refuse(ended, by=cast.dongshiqiao, at=NOW, reason="已修好", goes_to="物业公司")
    assert found(new, cast.dongshiqiao) == [
        ("五金小区井盖破损", ["标题一样", "同一地点", "同一分类"]),
        ("井盖破损多处", ["标题相近", "同一地点", "同一分类"]),
    ]  # fmt: skip
    assert found(new, cast.nanyang) == []
    assert found(new, cast.dongshiqiao, TODAY + timedelta(days=181)) == []


def test_writing_it_asks_once_in_between(client, cast, problems):
    item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title="井盖破损", opened=False)
    Item.objects.update(collected_on=at(TODAY).today().date())
    client.force_login(cast.fulian)
    address, words = reverse("items:new", args=[problems.pk]), {"asked_by": cast.fulian_org.pk, "title": "井盖破损"}
    words |= {"category": "other", "capacity": 1}
    asked = client.post(address, words)
    assert (asked.status_code, len(asked.context["similar"]), Item.objects.count()) == (200, 1, 1)
    assert client.post(address, words | {"same": "anyway"}).status_code == 302
    assert client.post(address, words | {"same": Item.objects.first().pk}).status_code == 302
    assert client.post(address, words | {"same": "\x00"}).status_code == 404
    assert Item.objects.exclude(duplicate_of=None).get().asked_by == cast.fulian_org


def test_a_need_pressed_twice_is_one_and_both_presses_lead_to_it(client, cast, problems):
    client.force_login(cast.fulian)
    address = reverse("items:new", args=[problems.pk])
    words = {"asked_by": cast.fulian_org.pk, "title": "井盖破损", "category": "other", "capacity": 1}
    words |= {"once": re.search(r'name="once" value="(\w+)"', client.get(address).content.decode())[1]}
    first, second = client.post(address, words), client.post(address, words)
    assert first.headers["Location"] == second.headers["Location"] == Item.objects.get().get_absolute_url()


@pytest.fixture
def twice(cast, item):
    """The women's federation has asked for what 东石桥's open service item does already."""
    words = {"title": item.title, "asked_by": cast.fulian_org, "by": cast.fulian, "at": NOW}
    return verbs.ask_too(item, **words)


def test_a_second_asker_of_a_service_item_is_linked_to_it_and_confirms_for_itself(cast, item, twice):
    assert (twice.kind, twice.state, twice.duplicate_of) == ("problem", "collected", item)
    joined = verbs.join(twice, item, by=cast.dongshiqiao, at=NOW)
    assert (joined.state, joined.answered_by) == ("linked", item)
    assert [s.verb for s in Step.objects.of(joined)] == ["collect", "open", "join", "link"]


def test_a_twin_of_a_problem_is_answered_with_it_when_it_is_claimed(cast, problem, problems):
    twins = [
        item_on(problems, cast.fulian, cast.fulian_org, title=f"井盖破损 {n}", opened=False) for n in range(2)
    ]
    verbs.join(twins[0], problem, by=cast.dongshiqiao, at=NOW)
    verbs.join(twins[1], twins[0], by=cast.dongshiqiao, at=NOW)  # leads to the first
    assert {twin.duplicate_of_id for twin in twins} == {problem.pk}
    claim = verbs.claim(problem, cast.fulian_org, by=cast.fulian, at=NOW)
    for twin in twins:
        twin.refresh_from_db()
        assert (twin.state, twin.answered_by_id) == ("linked", claim.item_id)


def test_opened_by_itself_it_is_a_need_of_its_own(cast, item, twice):
    assert verbs.open_(twice, by=cast.dongshiqiao, at=NOW).duplicate_of is None


def test_what_does_not_fit_is_not_joined(cast, item, problem, problems):
    other = item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title="另一件")
    theirs = item_on(list_of(cast.nanyang_alliance, cast.dongguan), cast.dongguan, cast.dongguan_org)
    closed = item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title="不办的", opened=False)
    verbs.refuse(closed, at=NOW, reason="不办", goes_to="供水公司")
    for wrong in (problem, theirs, closed):
        with pytest.raises(Refused):
            verbs.join(problem, wrong, by=cast.dongshiqiao, at=NOW)
    verbs.join(problem, other, by=cast.dongshiqiao, at=NOW)
    with pytest.raises(Refused):
        verbs.join(other, problem, by=cast.dongshiqiao, at=NOW)  # it leads back
    with pytest.raises(MoveRefused):
        verbs.join(closed, item, by=cast.dongshiqiao, at=NOW)


def test_page_and_rest_join_alike_and_only_who_studies_may(cast, item, client):
    words = {"title": item.title, "asked_by": cast.fulian_org, "by": cast.fulian, "at": NOW}
    one, two = verbs.ask_too(item, **words), verbs.ask_too(item, **words)
    for name, status in (("nanyang", 404), ("fulian", 403), ("chifeng", 403), ("dongshiqiao", 200)):
        client.force_login(getattr(cast, name))
        rest = client.post(f"/api/v1/items/{one.pk}/join/", {"item": item.pk}, content_type="application/json")
        assert rest.status_code == status, name
    assert client.post(reverse("items:join", args=[two.pk]), {"item": item.pk}).status_code == 302
    last = [Step.objects.of(i).values_list("verb", "to_state", "by").last() for i in (one, two)]
    assert last[0] == last[1]
    assert client.get(f"/api/v1/items/{one.pk}/similar/").status_code == 200


def test_study_says_what_it_is_whose_and_what_was_found_in_one_step(cast, needs, client):
    new = item_on(needs, cast.dongshiqiao, cast.fulian_org, title="雨污管网堵塞", opened=False)
    client.force_login(cast.dongshiqiao)
    words = {"category": "facility", "urgency": "pressing", "responsible": cast.fulian_org.pk, "reason": "属实"}
    assert client.post(reverse("items:study", args=[new.pk]), words).status_code == 302
    new.refresh_from_db()
    assert (new.category, new.urgency, new.responsible, new.state) == (
        "facility", "pressing", cast.fulian_org, "studied",
    )  # fmt: skip
    other = item_on(needs, cast.dongshiqiao, cast.fulian_org, title="另一件", opened=False)
    stranger = words | {"responsible": cast.dongguan_org.pk}
    assert client.post(reverse("items:study", args=[other.pk]), stranger).status_code == 422
    rest = client.post(f"/api/v1/items/{other.pk}/study/", stranger, content_type="application/json")
    assert rest.status_code == 404


def test_where_it_comes_from_is_found_out_and_the_place_is_within_the_region(cast, needs, client):
    made = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, opened=False, for_resident=True)
    assert (made.origin, made.site_id) == ("resident", "150422404002")
    client.force_login(cast.dongshiqiao)
    path = f"/api/v1/items/{made.pk}/amend/"
    for body, status in (
        ({"site": "411302001001"}, 422), ({"site": "\x00"}, 422), ({"site": "15"}, 422), ({"skills": ["magic"]}, 422),
        ({"urgency": "now"}, 422), ({"skills": ["law", "law", "care"], "urgency": "extreme"}, 200),
    ):  # fmt: skip
        answer = client.post(path, body, content_type="application/json")
        assert answer.status_code == status, body
    assert (answer.json()["skills"], answer.json()["urgency"]) == (["care", "law"], "extreme")
    for query, number in (
        ("skill=law", 1), ("skill=order", 0), ("urgency=extreme", 1), ("origin=resident", 1), ("origin=hotline", 0),
        ("site=150422404", 1), ("site=4113", 0),
    ):  # fmt: skip
        assert len(client.get(f"/api/v1/items/?{query}").json()["results"]) == number, query


def test_the_suggestions_cost_the_same_with_one_and_with_many(client, cast, problems):
    new = item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title="井盖破损", opened=False)
    client.force_login(cast.dongshiqiao)
    counts = []
    for _number in range(3):
        item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title="井盖破损", opened=False)
        Item.objects.update(collected_on=at(TODAY).today().date())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("items:detail", args=[new.pk])).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[2]
