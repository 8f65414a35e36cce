"""The pages of lists: whom they show what, which verbs they offer, what they cost with one row and with three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from listings import transitions as verbs
from listings.models import Claim, Item
from tests.cast import NOW, at
from tests.listings.conftest import item_on


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def test_the_register_of_items_shows_saved_views_with_counts(client, cast, item):
    answer = page(client, cast.dongshiqiao, "items:list")
    assert answer.status_code == 200
    assert item.title in answer.content.decode()
    assert [tab.count for tab in answer.context["tabs"]] == [1, 1, 0, 1, 0]


def test_an_items_page_offers_only_what_the_reader_may_do(client, cast, item):
    def offered(user):
        return [button.url for button in page(client, user, "items:detail", item.pk).context["buttons"]]

    assert offered(cast.fulian) == ["items:claim"]
    may = ["items:claim", "whistles:blow", "items:return", "items:refuse", "items:forward"]
    assert offered(cast.dongshiqiao) == may
    assert offered(cast.chifeng) == []


@pytest.mark.parametrize("name", ["items:detail", "items:claim", "items:confirm", "items:refuse"])
def test_nanyang_finds_nothing(client, cast, item, name):
    assert page(client, cast.nanyang, name, item.pk).status_code == 404


def test_claiming_on_the_page_leads_to_ones_own_claims(client, cast, item):
    client.force_login(cast.fulian)
    answer = client.post(reverse("items:claim", args=[item.pk]), {"organization": cast.fulian_org.pk}, follow=True)
    assert answer.redirect_chain == [(reverse("claims:list") + "?tab=mine", 302)]
    assert item.title in answer.content.decode()


def test_a_second_press_does_no_harm(client, cast, item):
    client.force_login(cast.fulian)
    words = {"organization": cast.fulian_org.pk}
    client.post(reverse("items:claim", args=[item.pk]), words)
    again = client.post(reverse("items:claim", args=[item.pk]), words)
    assert again.status_code == 409
    assert Claim.objects.count() == 1


@pytest.mark.parametrize("tab", ["open", "mine", "finished"])
def test_the_claim_flow_has_three_tabs(client, cast, item, tab):
    assert page(client, cast.fulian, "claims:list", tab=tab).status_code == 200


VERB_PAGES = ["amend", "study", "open", "return", "resubmit", "refuse", "link", "claim", "confirm", "send_back"]


@pytest.mark.parametrize("verb", VERB_PAGES)
@pytest.mark.parametrize("name", ["chifeng", "lindong", "dongshiqiao", "fulian"])
def test_every_verbs_page_answers_everybody_who_sees_the_item(client, cast, item, verb, name):
    answer = page(client, getattr(cast, name), f"items:{verb}", item.pk)
    assert answer.status_code in (200, 302, 403)


def test_every_page_of_a_list_and_a_claim_is_shown(client, cast, item):
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    for name in ("listings:detail", "items:new", "listings:sign"):
        assert page(client, cast.dongshiqiao, name, item.listing_id).status_code == 200, name
    for name in ("claims:detail", "claims:report", "claims:finish", "claims:release"):
        assert page(client, cast.fulian, name, claim.pk).status_code == 200, name
    for name in ("listings:list", "listings:new", "items:where"):
        assert page(client, cast.dongshiqiao, name).status_code == 200, name


def test_a_need_is_written_down_in_a_few_fields(client, cast, needs):
    client.force_login(cast.fulian)
    words = {"asked_by": cast.fulian_org.pk, "title": "妇女儿童之家缺图书", "category": "education", "capacity": 2}
    answer = client.post(reverse("items:new", args=[needs.pk]), words)
    assert answer.status_code == 302
    assert Item.objects.get().state == "collected"


def test_a_need_without_a_title_comes_back_with_the_input_kept(client, cast, needs):
    client.force_login(cast.fulian)
    answer = client.post(
        reverse("items:new", args=[needs.pk]), {"asked_by": cast.fulian_org.pk, "capacity": 2, "place": "院内"}
    )
    assert answer.status_code == 422
    assert "院内" in answer.content.decode()


PAGES = [
    ("items:list", {}),
    ("listings:list", {}),
    ("claims:list", {}),
    ("claims:list", {"tab": "mine"}),
    ("claims:list", {"tab": "finished"}),
]


@pytest.mark.parametrize(("name", "query"), PAGES)
def test_a_list_costs_the_same_with_one_row_and_with_three(client, cast, needs, name, query):
    def fill(number):
        mine = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=f"事项 {number}", capacity=2)
        item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=f"待认领 {number}")
        verbs.report(verbs.claim(mine, cast.fulian_org, at=at(NOW.date())), "进展", at=NOW)
        other = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=f"办结 {number}")
        verbs.finish(verbs.claim(other, cast.fulian_org, at=NOW), at=NOW)
        verbs.draw_up(
            cast.alliance, kind="project", period_from=NOW.date().replace(year=2020 + number),
            period_to=NOW.date().replace(year=2020 + number), at=NOW,
        )  # fmt: skip

    client.force_login(cast.fulian)
    counts = []
    for number in (1, 2, 3):
        fill(number)
        if number != 2:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(name), query).status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 16
