"""Terms of items: they stop while the item waits for others, are extended by who oversees, and never become shorter."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliances.models import Holiday
from listings import transitions as verbs
from listings.models import Extension, Item, Pause
from listings.notices import WRITERS
from members.models import Notice
from members.notices import tell
from members.states import MoveRefused, Refused
from tests.alliances.notices_on_holidays import counted_between, counted_on
from tests.cast import NOW, again, at, client_of, join
from tests.listings.conftest import DUE, item_on, term
from tests.listings.test_rest import told

WAITS = {"waits_for": "供电公司批复", "reason": "增容方案未批"}
ASKS = {"until": date(2019, 7, 31), "reason": "雨季不能开挖"}
FAR = timezone.localdate() + timedelta(days=40)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def moment(text):
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(("due", "paused", "resumed", "then"), [
    ("2024-02-09", "2024-02-05T10:00", "2024-02-07T10:00", "2024-02-19"),  # two days on, over Spring Festival
    ("2024-04-30", "2024-04-26T10:00", "2024-05-06T10:00", "2024-05-09"),  # 28 April is a make-up Sunday
    ("2024-05-11", "2024-05-10T10:00", "2024-05-13T10:00", "2024-05-14"),  # due on a make-up Saturday
    ("2024-09-18", "2024-09-13T10:00", "2024-09-14T10:00", "2024-09-19"),
    ("2025-01-26", "2025-01-24T10:00", "2025-02-05T10:00", "2025-02-06"),
    ("2025-10-11", "2025-09-30T10:00", "2025-10-09T10:00", "2025-10-13"),
    ("2025-06-03", "2025-06-03T10:00", "2025-06-07T10:00", "2025-06-09"),  # nothing left, and a Saturday
    ("2026-02-27", "2026-02-13T10:00", "2026-02-25T10:00", "2026-03-03"),
    ("2026-05-09", "2026-04-30T10:00", "2026-05-06T10:00", "2026-05-11"),
    ("2026-09-30", "2026-09-24T23:59:59", "2026-09-28T00:00:00", "2026-10-08"),  # the border of the day
    ("2026-09-30", "2026-09-25T00:00:00", "2026-09-28T10:00", "2026-10-08"),  # a pause on a day off costs nothing
    ("2026-03-08", "2026-03-02T10:00", "2026-03-02T16:00", "2026-03-08"),  # a Sunday by wish: never earlier
])  # fmt: skip
def test_a_pause_keeps_the_working_days_that_are_left(cast, item, work, due, paused, resumed, then):
    due, then, paused, resumed = date.fromisoformat(due), date.fromisoformat(then), moment(paused), moment(resumed)
    term(item, due, work)
    verbs.pause(item, by=cast.fulian, at=paused, **WAITS)
    assert fresh(item).due_on is None
    verbs.resume(item, by=cast.fulian, at=resumed)
    left, day = counted_between(paused.date(), due), resumed.date()
    counted = counted_on(day, left) if left else counted_on(day - timedelta(days=1), 1)
    assert fresh(item).due_on == then == max(due, counted)
    assert Pause.objects.get().days_left == left


def test_who_waits_is_neither_late_nor_due(cast, item, work):
    verbs.pause(item, by=cast.fulian, at=NOW, **WAITS)
    long_after = date(2020, 6, 1)
    assert not Item.objects.overdue(long_after).exists()
    assert not Item.objects.escalatable(long_after).exists()
    assert Item.objects.paused().get() == item
    with pytest.raises(Refused) as refused:
        verbs.pause(item, by=cast.fulian, at=NOW, **WAITS)
    assert refused.value.code == "paused"


def test_who_is_late_cannot_pause_the_clock(cast, item, work):
    verbs_at = at(DUE + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        verbs.pause(item, by=cast.fulian, at=verbs_at, **WAITS)
    assert refused.value.code == "overdue"


def test_done_work_and_returned_items_wait_no_more(cast, needs, item, work):
    verbs.pause(item, by=cast.fulian, at=NOW, **WAITS)
    verbs.finish(work, by=cast.fulian, at=at(date(2019, 6, 10)))
    assert (fresh(item).paused_at, Pause.objects.open().count()) == (None, 0)
    other = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org)
    claim = verbs.claim(other, cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.pause(fresh(other), by=cast.fulian, at=NOW, **WAITS)
    verbs.release(claim, by=cast.fulian, at=NOW, reason="另有任务")
    assert Item.objects.resumable_by(again(cast.lindong)).get() == other
    verbs.return_(fresh(other), by=cast.dongshiqiao, at=NOW, reason="说明不清")
    assert Pause.objects.open().count() == 0


def test_work_that_is_sent_back_has_the_days_that_were_left_when_it_was_done(cast, item, work):
    verbs.finish(work, by=cast.fulian, at=at(date(2019, 6, 26)))
    verbs.send_back(fresh(item), by=cast.dongshiqiao, at=at(date(2019, 7, 15)), reason="还有一处")
    assert fresh(item).due_on == date(2019, 7, 17)


def test_who_may_stop_the_clock(cast, item, work):
    join(cast.alliance, cast.lushan_org)
    Item.objects.filter(pk=item.pk).update(capacity=2)
    verbs.claim(item, cast.lushan_org, by=cast.lushan, at=NOW)
    may = {name for name in ("fulian", "dongshiqiao", "lindong", "lushan", "balinzuo", "chifeng", "nanyang", "dongguan")
           if Item.objects.pausable_by(again(getattr(cast, name))).exists()}  # fmt: skip
    assert may == {"fulian", "dongshiqiao", "lindong"}


def test_a_later_day_is_asked_for_granted_and_remembered(cast, item, work):
    asked = verbs.ask_extension(item, cast.fulian_org, by=cast.fulian, at=NOW, **ASKS)
    assert fresh(item).due_on == DUE
    with pytest.raises(Refused) as refused:
        verbs.ask_extension(item, cast.fulian_org, by=cast.fulian, at=NOW, **ASKS)
    assert refused.value.code == "already_asked"
    may = {name for name in ("fulian", "dongshiqiao", "lindong", "lushan", "balinzuo", "chifeng", "nanyang", "dongguan")
           if Extension.objects.decidable_by(again(getattr(cast, name))).exists()}  # fmt: skip
    assert may == {"dongshiqiao", "lindong"}
    verbs.grant(asked, by=cast.dongshiqiao, at=NOW, reason="情况属实")
    assert (fresh(item).due_on, fresh(asked).state, fresh(asked).due_on) == (ASKS["until"], "granted", DUE)
    with pytest.raises(MoveRefused):
        verbs.refuse_extension(asked, by=cast.lindong, at=NOW, reason="不同意")
    tell(WRITERS, NOW)
    told_to = {notice.user.username for notice in Notice.objects.filter(text__contains="延期至")}
    assert told_to == {"dongshiqiao", "lindong", "fulian"}


def test_nobody_grants_what_they_have_asked_for(cast, needs):
    item = item_on(needs, cast.dongshiqiao, cast.fulian_org, due_on=DUE)
    verbs.claim(item, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
    verbs.ask_extension(item, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW, **ASKS)
    assert not Extension.objects.decidable_by(again(cast.dongshiqiao)).exists()
    assert Extension.objects.decidable_by(again(cast.lindong)).exists()


def test_of_two_days_that_were_granted_the_later_one_holds(cast, item, work):
    join(cast.alliance, cast.lushan_org)
    Item.objects.filter(pk=item.pk).update(capacity=2)
    verbs.claim(item, cast.lushan_org, by=cast.lushan, at=NOW)
    late = verbs.ask_extension(item, cast.fulian_org, at=NOW, until=date(2019, 8, 30), reason="等待材料")
    soon = verbs.ask_extension(item, cast.lushan_org, at=NOW, until=date(2019, 7, 5), reason="等待材料")
    verbs.grant(late, at=NOW)
    verbs.grant(soon, at=NOW)
    assert fresh(item).due_on == date(2019, 8, 30)
    assert (late.stood_on, soon.stood_on) == (late.due_on, date(2019, 8, 30))


@pytest.mark.parametrize("until", [DUE, date(2019, 6, 4), date(2020, 6, 5), date(9999, 12, 31), date(1, 1, 1)])
def test_a_day_that_is_no_later_or_too_far_is_refused_at_its_field(cast, item, work, until):
    with pytest.raises(ValidationError) as wrong:
        verbs.ask_extension(item, cast.fulian_org, at=NOW, until=until, reason="等待材料")
    assert set(wrong.value.message_dict) == {"until"}


def test_who_has_given_up_the_claim_waits_for_no_answer(cast, item, work):
    verbs.ask_extension(item, cast.fulian_org, by=cast.fulian, at=NOW, **ASKS)
    verbs.release(work, by=cast.fulian, at=NOW, reason="另有任务")
    assert not Extension.objects.undecided().exists()
    with pytest.raises(Refused) as refused:
        verbs.ask_extension(fresh(item), cast.fulian_org, at=NOW, **ASKS)
    assert refused.value.code == "not_claimant"


def test_an_item_that_is_opened_with_a_term_of_the_past_is_due_anew(cast, needs):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, opened=False, due_on=date(2019, 6, 4))
    verbs.open_(item, by=cast.dongshiqiao, at=at(date(2019, 6, 10)))
    assert item.due_on == date(2019, 7, 8)
    with pytest.raises(ValidationError):
        item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, due_on=date(2050, 1, 1))


def by_page(browse, who, name, pk, **words):
    return browse(who).post(reverse(name, args=[pk]), words).status_code


def test_page_and_rest_take_the_same_steps(cast, needs, browse, call):
    items = [item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=f"事项 {n}") for n in range(2)]
    for one in items:
        term(one, FAR, verbs.claim(one, cast.fulian_org, by=cast.fulian, at=NOW))
    page, rest = (one.pk for one in items)
    asks = {"organization": cast.fulian_org.pk, "until": str(FAR + timedelta(days=9)), "reason": "等待材料"}
    assert by_page(browse, "fulian", "items:extend", page, **asks) == 302
    assert call(cast.fulian, f"items/{rest}/extend/", **asks).status_code == 201
    one, other = Extension.objects.order_by("item_id")
    assert by_page(browse, "lindong", "extensions:grant", one.pk) == 302
    assert call(cast.lindong, f"extensions/{other.pk}/grant/").json()["state"] == "granted"
    assert by_page(browse, "fulian", "items:pause", page, **WAITS) == 302
    assert call(cast.fulian, f"items/{rest}/pause/", **WAITS).json()["due_on"] is None
    assert told(call(cast.fulian, f"items/{rest}/pause/", **WAITS)) == (409, "move_refused")
    shown = call(cast.fulian, f"items/{rest}/deadline/", method="get").json()
    assert (shown["pause"]["waits_for"], shown["days_left"], len(shown["extensions"])) == ("供电公司批复", None, 1)
    assert call(cast.fulian, "items/", method="get", due="paused").json()["results"][0]["id"] == rest
    assert by_page(browse, "dongshiqiao", "items:resume", page) == 302
    assert call(cast.dongshiqiao, f"items/{rest}/resume/").status_code == 200
    days = set(Item.objects.filter(pk__in=(page, rest)).values_list("due_on", flat=True))
    assert days == {FAR + timedelta(days=9)}


def test_others_and_odd_words_are_refused(cast, item, work, browse, call):
    term(item, FAR, work)
    assert by_page(browse, "nanyang", "items:pause", item.pk, **WAITS) == 404
    assert by_page(browse, "chifeng", "items:pause", item.pk, **WAITS) == 403
    for odd in ({"reason": "", "waits_for": "供电"}, {"reason": "x" * 10_000, "waits_for": "供电"},
                {"reason": "停电", "waits_for": "\x00"}, {"reason": "停电", "waits_for": "电" * 81}):  # fmt: skip
        assert by_page(browse, "fulian", "items:pause", item.pk, **odd) == 422
        assert call(cast.fulian, f"items/{item.pk}/pause/", **odd).status_code == 422
    borrowed = {"organization": cast.dongguan_org.pk, "until": str(FAR + timedelta(days=9)), "reason": "等待材料"}
    assert by_page(browse, "fulian", "items:extend", item.pk, **borrowed) == 422
    assert call(cast.fulian, f"items/{item.pk}/extend/", **borrowed).status_code == 404
    client_of("1504", "claims:write", organization=cast.fulian_org)
    assert call(None, f"items/{item.pk}/pause/", **WAITS).status_code == 403


def test_a_term_in_a_year_without_a_notice_says_so_until_the_notice_is_loaded(cast, item, work, browse):
    year = timezone.localdate().year + 1
    term(item, date(year, 1, 20), work)
    page = reverse("items:detail", args=[item.pk])
    Holiday.objects.create(day=date(year - 1, 1, 1), name="元旦", working=False)
    assert f"{year}年的放假安排尚未公布" in browse("fulian").get(page).content.decode()
    Holiday.objects.create(day=date(year, 1, 1), name="元旦", working=False)
    assert "尚未公布" not in browse("fulian").get(page).content.decode()


def test_a_list_of_extensions_costs_the_same_with_one_row_and_with_three(cast, needs, browse):
    town, costs = browse("lindong"), []
    for rows in (1, 3):
        while Extension.objects.count() < rows:
            item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org)
            term(item, DUE, verbs.claim(item, cast.fulian_org, at=NOW))
            verbs.ask_extension(item, cast.fulian_org, at=NOW, **ASKS)
        with CaptureQueriesContext(connection) as asked:
            assert len(town.get("/api/v1/extensions/").json()["results"]) == rows
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert browse("nanyang").get("/api/v1/extensions/").json()["results"] == []
