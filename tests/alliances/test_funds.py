"""The funds of an alliance: written once, never edited, never below zero."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum

from alliances.models import Alliance, FundEntry
from alliances.money import LARGEST, amount_of
from alliances.transitions import fund
from members.models import Step
from members.states import Refused
from tests.alliances.means import DAY, grant, settled, spent
from tests.cast import NOW, again, at


def test_the_balance_is_what_came_in_less_what_was_spent(cast):
    grant(cast, "1000.00")
    grant(cast, "500.50", source="pooled", member=cast.fulian_org)
    grant(cast, "99.50", source="dues")
    spent(cast, "600.25")
    assert cast.alliance.funds.balance() == Decimal("999.75")
    by_kind = dict(cast.alliance.funds.order_by().values_list("kind").annotate(Sum("amount")))
    assert by_kind["pooled"] == Decimal("500.50")
    assert by_kind["spending"] == Decimal("-600.25")


def test_more_than_the_balance_is_refused_and_the_balance_is_named(cast):
    grant(cast, "1000.00")
    with pytest.raises(Refused) as refused:
        spent(cast, "1000.01")
    assert refused.value.code == "not_enough"
    assert "1000.00" in refused.value.message.replace(",", "")
    assert spent(cast, "1000.00").amount == Decimal("-1000.00")


def test_money_is_not_spent_on_a_day_before_it_came(cast):
    grant(cast, "100.00", on=DAY - timedelta(days=2))
    grant(cast, "1000.00")
    with pytest.raises(Refused):
        spent(cast, "500.00", on=DAY - timedelta(days=1))
    spent(cast, "1100.00")
    with pytest.raises(Refused, match=DAY.isoformat()):
        spent(cast, "0.01", on=DAY - timedelta(days=1))


def test_a_wrong_line_is_taken_back_by_a_counter_entry_and_both_stay(cast):
    wrong = grant(cast, "1000.00", source="dues")
    counter = fund.reverse_entry(wrong, reason="误记为党费", by=cast.dongshiqiao, at=NOW)
    assert (counter.amount, counter.kind, counter.reverses) == (Decimal("-1000.00"), "dues", wrong)
    assert cast.alliance.funds.balance() == 0
    assert cast.alliance.funds.count() == 2
    for line in (FundEntry.objects.get(pk=wrong.pk), counter):
        with pytest.raises(Refused) as refused:
            fund.reverse_entry(line, reason="再来", by=cast.dongshiqiao, at=NOW)
        assert refused.value.code == "reversed"
    assert Step.objects.of(counter).get().reason == "误记为党费"


def test_income_already_spent_is_not_taken_back(cast):
    wrong = grant(cast, "1000.00")
    spending = spent(cast, "1.00")
    with pytest.raises(Refused) as refused:
        fund.reverse_entry(wrong, reason="误记", by=cast.dongshiqiao, at=NOW)
    assert refused.value.code == "not_enough"
    fund.reverse_entry(spending, reason="没有花", by=cast.dongshiqiao, at=NOW)
    fund.reverse_entry(wrong, reason="误记", by=cast.dongshiqiao, at=NOW)
    assert cast.alliance.funds.balance() == 0


@pytest.mark.parametrize("amount", ["1e400000", "NaN", "sNaN", "Infinity", "-1", "0", "0.001", "1000000000000.00"])
def test_an_amount_that_is_none_is_refused_in_words(cast, amount):
    with pytest.raises(ValidationError) as wrong:
        grant(cast, amount)
    assert wrong.value.message_dict["amount"][0].startswith("金额")


@pytest.mark.parametrize("amount", [Decimal("0.01"), Decimal("1E+3"), LARGEST])
def test_an_amount_from_one_fen_to_the_largest_is_one(amount):
    assert amount_of(amount) == amount


@pytest.mark.parametrize(("words", "field"), [
    ({"source": "spending"}, "source"), ({"source": "gift"}, "source"), ({"source": "pooled"}, "member"),
    ({"member": "fulian_org"}, "member"), ({"source": "pooled", "member": "lushan_org"}, "member"),
    ({"on": date(2019, 6, 4)}, "on"), ({"on": date(2019, 2, 28)}, "on"), ({"on": date(1, 1, 1)}, "on"),
    ({"document": "字" * 10_000}, "document"),
])  # fmt: skip
def test_odd_income_is_refused(cast, words, field):
    if "member" in words:
        words = words | {"member": getattr(cast, words["member"])}
    with pytest.raises(ValidationError) as wrong:
        grant(cast, **words)
    assert field in wrong.value.message_dict
    assert not FundEntry.objects.exists()


def test_spending_names_its_purpose_and_only_the_alliances_own_activity(cast):
    grant(cast)
    with pytest.raises(ValidationError):
        spent(cast, "1.00", purpose="  ")
    other = cast.nanyang_alliance.activities.create(
        region_id="411302", kind="other", title="别处", host=cast.dongguan_org, planned_on=DAY
    )
    with pytest.raises(ValidationError):
        spent(cast, "1.00", activity=other)


def test_an_alliance_that_does_not_run_keeps_no_funds(cast):
    Alliance.objects.filter(pk=cast.alliance.pk).update(state="submitted")
    with pytest.raises(Refused) as refused:
        grant(cast)
    assert refused.value.code == "not_running"


def test_only_the_lead_takes_back_and_who_does_not_follow_sees_nothing(cast):
    entry = grant(cast)
    assert FundEntry.objects.reversible_by(again(cast.dongshiqiao)).get() == entry
    seen = {"chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian"}
    for name in (*seen, "nanyang", "dongguan", "lushan", "sysadmin", "auditor"):
        user = again(getattr(cast, name))
        assert FundEntry.objects.visible_to(user).exists() == (name in seen), name
        assert FundEntry.objects.reversible_by(user).exists() == (name == "dongshiqiao"), name


def test_the_reserve_is_drawn_on_for_a_purpose_and_never_below_zero(cast):
    settled(cast)
    words = {"on": DAY, "by": cast.dongshiqiao, "at": NOW}
    drawn = fund.draw(cast.alliance, amount=Decimal("10000.00"), purpose="补偿受灾种植户", **words)
    assert cast.alliance.reserve.balance() == Decimal("50000.00")
    with pytest.raises(Refused) as refused:
        fund.draw(cast.alliance, amount=Decimal("50000.01"), purpose="再补", **words)
    assert refused.value.code == "not_enough"
    fund.reverse_entry(drawn, reason="未实际支付", by=cast.dongshiqiao, at=NOW)
    assert cast.alliance.reserve.balance() == Decimal("60000.00")
    put_in = cast.alliance.reserve.exclude(distribution=None).first()
    with pytest.raises(Refused) as refused:
        fund.reverse_entry(put_in, reason="直接改", by=cast.dongshiqiao, at=at(DAY, 12))
    assert refused.value.code == "of_a_distribution"
