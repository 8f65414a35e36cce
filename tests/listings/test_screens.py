"""The items on one screen: list, board and month under the same filters; saved views; many rows at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from listings import transitions as verbs
from listings.models import Item, SavedView
from listings.transitions.saved_view import MOST, save_view
from members.models import Role, Step
from members.states import Refused
from tests.cast import NOW, SINCE, again
from tests.listings.conftest import item_on

TODAY = timezone.localdate()


def due(item, days):
    Item.objects.filter(pk=item.pk).update(due_on=TODAY + timedelta(days=days))
    return item


@pytest.fixture
def three(cast, needs):
    """Collected, open and done."""
    collected = item_on(needs, cast.fulian, cast.fulian_org, title="刚收集", opened=False)
    opened = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="等人认领")
    done = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="说办完了")
    verbs.finish(verbs.claim(done, cast.fulian_org, at=NOW), at=NOW)
    return collected, opened, done


# Board and month --------------------------------------------------------------------------------------------------


def test_the_board_stands_by_stage_with_counts_and_the_next_verb_only_for_whom_it_is(cast, three, browse):
    def board(name):
        columns = browse(name).get(reverse("items:board")).context["columns"]
        return {
            str(column.state): (column.count, [(card.item.title, card.next and card.next.url) for card in column.cards])
            for column in columns
            if column.count
        }

    assert board("dongshiqiao") == {
        "collected": (1, [("刚收集", "items:study")]),
        "open": (1, [("等人认领", "items:claim")]),
        "done": (1, [("说办完了", "items:confirm")]),
    }
    assert board("fulian")["collected"] == (1, [("刚收集", None)])
    assert board("chifeng")["done"] == (1, [("说办完了", None)])
    assert board("nanyang") == {}


def test_a_column_shows_its_nearest_terms_first_and_twenty_cards(cast, needs, browse):
    late = [item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=f"事项 {n}") for n in range(22)][-1]
    due(late, -3_000)
    column = next(c for c in browse("chifeng").get(reverse("items:board")).context["columns"] if c.count)
    assert (column.count, len(column.cards), column.cards[0].item.title) == (22, 20, late.title)


def test_the_month_shows_what_is_due_on_its_day_and_not_what_is_done(cast, three, browse):
    _collected, opened, done = three
    due(opened, 0)
    due(done, 0)
    answer = browse("fulian").get(reverse("items:calendar"))
    today = next(day for week in answer.context["weeks"] for day in week if day.today)
    assert [item.title for item in today.items] == ["等人认领"]
    for month in ("2019-13", "x", "0000-01", "99999-01"):
        assert browse("fulian").get(reverse("items:calendar"), {"month": month}).status_code == 200
    assert not browse("nanyang").get(reverse("items:calendar")).context["busy"]


@pytest.mark.parametrize("look", ["list", "board", "calendar"])
def test_each_look_costs_the_same_with_one_item_and_with_more(cast, needs, browse, look):
    client, counts = browse("dongshiqiao"), []
    for number in range(3):
        due(item_on(needs, cast.dongshiqiao, cast.fulian_org, title=f"事项 {number}"), 0)
        item_on(needs, cast.fulian, cast.fulian_org, title=f"刚收集 {number}", opened=False)
        if number != 1:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(f"items:{look}"), {"q": "事项"}).status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_filters_and_views_hold_for_every_look(cast, three, browse):
    for look, inside in (("list", "object_list"), ("board", "columns")):
        shown = browse("chifeng").get(reverse(f"items:{look}"), {"view": "done"}).context[inside]
        titles = [row.title for row in shown] if look == "list" else [
            card.item.title for column in shown for card in column.cards
        ]  # fmt: skip
        assert titles == ["说办完了"], look


# Order ------------------------------------------------------------------------------------------------------------


def test_the_list_is_sorted_by_a_white_list_of_columns(cast, needs, browse):
    first, second, third = (
        item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=title) for title in ("甲", "乙", "丙")
    )
    for item, days in ((first, 9), (second, 3)):
        due(item, days)
    Item.objects.filter(pk=third.pk).update(due_on=None)

    def order(asked):
        answer = browse("chifeng").get(reverse("items:list"), {"ordering": asked})
        return [row.pk for row in answer.context["object_list"]]

    assert order("due") == [second.pk, first.pk, third.pk]
    assert order("-due") == [third.pk, first.pk, second.pk]
    newest = [third.pk, second.pk, first.pk]
    for odd in ("", "password", "asked_by__contact", "-detail", "--due", "due,id", "\x00"):
        assert order(odd) == newest, odd


# Saved views ------------------------------------------------------------------------------------------------------


def test_a_view_is_kept_under_a_name_and_asks_again_what_was_asked(cast, three, browse):
    client = browse("fulian")
    words = {"name": "待确认的", "look": "board", "query": "view=done&cursor=abc&month=2019-01&evil=1"}
    answer = client.post(reverse("items:save_view"), words)
    assert answer.url == f"{reverse('items:board')}?view=done"
    client.post(reverse("items:save_view"), words | {"query": "state=open", "look": "list"})
    view = SavedView.objects.get()
    assert (view.query, view.look) == ("state=open", "list")
    assert Step.objects.filter(verb="save_view").count() == 2


@pytest.mark.parametrize("query", ["state=nonsense", "due_on=yesterday", "q=" + "长" * 300, "listing=-1"])
def test_a_question_that_the_list_does_not_know_is_not_kept(cast, browse, query):
    words = {"name": "不成", "look": "list", "query": query[:500]}
    assert browse("fulian").post(reverse("items:save_view"), words).status_code == 422
    told = browse("fulian").post("/api/v1/saved-views/", words, content_type="application/json")
    assert told.status_code == 422
    assert not SavedView.objects.exists()


def test_a_name_alone_keeps_the_whole_list(browse):
    told = browse("fulian").post("/api/v1/saved-views/", {"name": "全部"}, content_type="application/json")
    assert (told.status_code, told.json()["query"], told.json()["look"]) == (201, "", "list")


def test_an_id_is_written_in_digits_alone(browse):
    assert browse("fulian").get("/api/v1/items/?alliance=1.0").status_code == 422


def test_a_view_is_ones_own_unless_shared_within_the_organisation(cast, browse):
    colleague = cast.chifeng2
    Role.objects.create(user=colleague, role="branch", organization=cast.fulian_org, since=SINCE)
    own = save_view(cast.fulian, name="自己的", query="state=open", at=NOW)
    shared = save_view(cast.fulian, name="大家的", query="view=done", organization=cast.fulian_org, at=NOW)
    seen = SavedView.objects.visible_to
    assert list(seen(again(cast.fulian))) == [own, shared]
    assert list(seen(again(colleague))) == [shared]
    assert not seen(again(cast.dongshiqiao)).exists()
    assert not seen(again(cast.nanyang)).exists()
    drop = reverse("items:drop_view", args=[shared.pk])
    assert browse("chifeng2").post(drop).status_code == 403
    assert browse("nanyang").post(drop).status_code == 404
    theirs = {"name": "借来的", "look": "list", "organization": cast.dongshiqiao_org.pk}
    assert browse("fulian").post(reverse("items:save_view"), theirs).status_code == 422
    assert browse("fulian").delete(f"/api/v1/saved-views/{own.pk}/").status_code == 204
    assert browse("fulian").post(drop).status_code == 302
    assert not SavedView.objects.exists()


def test_nobody_keeps_more_than_twenty(cast):
    for number in range(MOST):
        save_view(cast.fulian, name=f"视图 {number}", query="", at=NOW)
    with pytest.raises(Refused):
        save_view(cast.fulian, name="又一个", query="", at=NOW)
    save_view(cast.fulian, name="视图 1", query="state=open", at=NOW)


# Many at once -----------------------------------------------------------------------------------------------------


def test_the_bar_speaks_for_each_row_under_its_own_right_and_says_what_failed(cast, three, browse):
    collected, opened, done = three
    hidden = verbs.collect(
        verbs.draw_up(cast.nanyang_alliance, kind="problem", period_from=NOW.date(), period_to=NOW.date(), at=NOW),
        title="南阳的", asked_by=cast.dongguan_org, at=NOW,
    )  # fmt: skip
    client = browse("dongshiqiao")
    ids = [collected.pk, opened.pk, done.pk, hidden.pk]
    asked = client.get(reverse("items:bulk"), {"item": ids, "verb": "study"})
    assert [item.pk for item in asked.context["items"]] == ids[:3]
    answer = client.post(reverse("items:bulk"), {"item": ids, "verb": "study", "reason": "属实"})
    outcome = answer.context["outcome"]
    assert [item.pk for item in outcome.done] == [collected.pk]
    assert [(pk, code) for pk, _item, code, _why in outcome.failed] == [
        (opened.pk, "move_refused"), (done.pk, "move_refused"), (hidden.pk, "not_found"),
    ]  # fmt: skip
    assert "南阳的" not in answer.content.decode()
    assert Step.objects.of(collected).get(verb="study").reason == "属实"


def test_who_oversees_nothing_does_nothing(cast, three, browse):
    outcome = browse("fulian").post(reverse("items:bulk"), {"item": three[0].pk, "verb": "open"}).context["outcome"]
    assert [code for _pk, _item, code, _why in outcome.failed] == ["permission_denied"]
    assert "data-choose" not in browse("fulian").get(reverse("items:list")).content.decode()
    assert "data-choose" in browse("lindong").get(reverse("items:list")).content.decode()


def test_returning_needs_a_reason_and_the_choice_is_kept(cast, three, browse):
    answer = browse("lindong").post(reverse("items:bulk"), {"item": [three[0].pk], "verb": "return"})
    assert answer.status_code == 422
    assert f'value="{three[0].pk}"' in answer.content.decode()
    words = {"item": [three[0].pk], "verb": "return", "reason": "请写清楼号"}
    assert browse("lindong").post(reverse("items:bulk"), words).context["outcome"].done == [three[0]]


BAD = [
    {"item": "x"}, {"item": ["1"] * 101}, {"item": str(2**70)}, {"verb": "close"}, {"verb": ""},
    {"reason": "长" * 10_000},
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_odd_choices_are_refused_and_nothing_happens(cast, three, browse, bad):
    words = {"item": [three[0].pk], "verb": "study"} | bad
    assert browse("lindong").post(reverse("items:bulk"), words).status_code == 422
    assert browse("lindong").get(reverse("items:bulk"), words).status_code in (200, 302)
    assert Item.objects.get(pk=three[0].pk).state == "collected"


def test_rest_speaks_for_many_as_the_page_does(cast, three, browse):
    body = {"verb": "open", "items": [three[0].pk, three[2].pk]}
    told = browse("dongshiqiao").post("/api/v1/items/bulk/", body, content_type="application/json").json()
    assert told["done"] == [three[0].pk]
    assert [(one["item"], one["code"]) for one in told["failed"]] == [(three[2].pk, "move_refused")]


def test_the_export_holds_exactly_the_filtered_rows(cast, three, browse):
    file = b"".join(browse("fulian").get(reverse("exports:items"), {"state": "open", "format": "csv"}))
    assert "等人认领" in file.decode()
    assert "刚收集" not in file.decode()
    assert "等人认领" not in b"".join(browse("nanyang").get(reverse("exports:items"), {"format": "csv"})).decode()
