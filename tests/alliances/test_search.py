"""The same thing under another name is found: by name, member, place and sound; and only in one's scope."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from alliances.models import Alliance
from alliances.synonyms import without_kind
from listings.models import Item
from members.bigrams import holding
from members.models import Organization, Region
from members.pinyin import pinyin_of
from tests.cast import alliance
from tests.listings.conftest import item_on, list_of


def found(text):
    return {one.name for one in Alliance.objects.matching(text)}


WUJIN = "五金小区基层治理共同体"


@pytest.mark.parametrize(
    "text",
    [
        "五金小区", "五金小区联合体", "五金小区党建融合体", "五金小区综合体", "五金小区联盟", "五金小区大党委",
        "基层治理共同体 五金", "妇联", "妇联党支部", "东石桥", "东石桥联合体",
        "林东", "巴林左旗", "wjxq", "wujin", "五金 妇联", " 五金 ",
    ],
)  # fmt: skip
def test_what_people_type_finds_the_alliance(cast, text):
    Alliance.objects.filter(pk=cast.alliance.pk).update(pinyin=pinyin_of(WUJIN))
    assert WUJIN in found(text)


@pytest.mark.parametrize(
    "text", ["六金小区", "五金小区 南阳", "南阳联合体", "jinxq", "", "  ", "%", "_", "五%区", "\\", "'; --"]
)
def test_and_what_is_something_else_does_not(cast, text):
    Alliance.objects.filter(pk=cast.alliance.pk).update(pinyin=pinyin_of(WUJIN))
    assert WUJIN not in found(text)


def test_every_word_for_the_kind_finds_every_kind(cast):
    named = {
        alliance(name, cast.dongshiqiao_org, cast.town_org).name
        for name in ("甲地党建融合体", "甲地党建共同体", "甲地综合体", "甲地党建联盟", "甲地大党委", "甲地联合党总支")
    }
    for word in ("党建联合体", "融合体", "联盟", "大党委", "基层治理共同体", "联合党总支"):
        assert found(f"甲地{word}") == named, word


def test_a_former_member_and_a_mere_invitation_are_not_found_by_name(cast):
    cast.alliance.memberships.filter(organization=cast.fulian_org).update(state="left", left_on="2019-05-01")
    assert WUJIN not in found("妇联")
    cast.alliance.memberships.create(organization=cast.lushan_org, state="invited")
    assert WUJIN not in found("鹿山")


@pytest.mark.parametrize(
    ("text", "rest"), [("建国村联合体", "建国村"), ("林东党建联合体", "林东"), ("联盟", ""), ("林东", None)]
)
def test_what_is_left_without_the_word_for_the_kind(text, rest):
    assert without_kind(text) == rest


def test_search_stays_within_ones_scope(client, cast):
    client.force_login(cast.nanyang)
    page = client.get("/search/", {"q": "五金小区联合体"}).content.decode()
    assert WUJIN not in page
    assert client.get("/api/v1/alliances/", {"q": "妇联"}).json()["results"] == []
    client.force_login(cast.chifeng)
    assert WUJIN in client.get("/search/", {"q": "妇联联合体"}).content.decode()
    assert [r["name"] for r in client.get("/api/v1/alliances/", {"q": "林东"}).json()["results"]] == [WUJIN]


def test_items_are_found_by_title_asker_and_number(cast):
    needs = list_of(cast.alliance, cast.dongshiqiao)
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="疏通雨污管网")
    for text in ("雨污", "疏通雨污管网", "网", "东石桥社区", item.number):
        assert Item.objects.matching(text).get() == item, text
    assert not Item.objects.matching("疏网").exists()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    some.text(some.sampled_from("东石桥社区党 总支a1%_\\'"), min_size=1, max_size=12),
    some.text(some.sampled_from("东石桥社区党总支a1%_\\'"), min_size=1, max_size=3),
)
def test_the_index_finds_what_the_text_holds(db, name, part):
    """Nothing that contains the text is lost by asking the pairs first."""
    region = Region.objects.get_or_create(code="15", name="内蒙古自治区")[0]
    Organization.objects.all().delete()
    Organization.objects.create(code="X", name=name, region=region, kind="branch", sector="organ", level="city")
    assert holding(Organization.objects.all(), "name", part).exists() == (part in name)


def test_the_expression_of_the_search_is_that_of_the_index(cast):
    """Without other ways the planner takes the index, so both are the same to it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    for model, field in ((Organization, "name"), (Alliance, "name"), (Item, "title")):
        assert "pairs" in holding(model.objects.order_by(), field, "东石桥").explain(), model


def test_a_search_costs_the_same_for_three_as_for_one(client, cast):
    client.force_login(cast.chifeng)
    counts = []
    for n in range(3):
        alliance(f"五金第{n}联盟", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org])
        client.get("/search/", {"q": "五金联合体 妇联"})
        with CaptureQueriesContext(connection) as asked:
            client.get("/search/", {"q": "五金联合体 妇联"})
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]


@pytest.mark.parametrize("text", ["名" * 80, "五 " * 40, "\x00五金", "\ud800"])
def test_odd_texts_are_no_trouble(client, cast, text):
    client.force_login(cast.chifeng)
    assert client.get("/search/", {"q": text.encode("utf-8", "surrogatepass")}).status_code in {200, 400}
