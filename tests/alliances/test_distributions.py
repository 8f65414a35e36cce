"""What is earned together is divided to the fen, agreed on by two, settled, and never edited."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alliances.models import Distribution
from alliances.money import LARGEST, reserve_of, split
from alliances.transitions import distribution as verbs
from alliances.transitions import fund
from members.models import Role
from members.states import Refused
from tests.alliances.means import DAY, FOUR_FOUR_TWO_ONE, divided, scheme, settled
from tests.cast import NOW, SINCE, again, join


def test_a_million_by_4421(cast):
    made = settled(cast, "1000000.00")
    lines = {line.party: line for line in made.lines.all()}
    assert {party: (line.share, line.reserve, line.in_hand) for party, line in lines.items()} == {
        "农户": (Decimal("400000.00"), Decimal("0.00"), Decimal("400000.00")),
        "经营主体": (Decimal("400000.00"), Decimal("40000.00"), Decimal("360000.00")),
        "村集体": (Decimal("200000.00"), Decimal("20000.00"), Decimal("180000.00")),
    }
    assert cast.alliance.reserve.balance() == Decimal("60000.00")
    assert {entry.party: entry.amount for entry in cast.alliance.reserve.all()} == {
        "经营主体": Decimal("40000.00"), "村集体": Decimal("20000.00")}  # fmt: skip


@pytest.mark.parametrize(("amount", "percents", "shares"), [
    ("0.01", "40 40 20", "0.01 0 0"), ("0.02", "40 40 20", "0.01 0.01 0"), ("0.03", "40 40 20", "0.01 0.01 0.01"),
    ("0.01", "10 90", "0 0.01"), ("100.00", "33.33 33.33 33.34", "33.33 33.33 33.34"),
    ("1.00", "33.33 33.33 33.34", "0.33 0.33 0.34"), ("999999999999.99", "50 50", "500000000000.00 499999999999.99"),
])  # fmt: skip
def test_the_last_fen_goes_to_the_largest_remainder_then_in_the_schemes_order(amount, percents, shares):
    found = split(Decimal(amount), [Decimal(percent) for percent in percents.split()])
    assert found == [Decimal(share) for share in shares.split()]


@st.composite
def schemes(draw):
    """Any shares in hundredths of a per cent that sum to 100, each with any reserve rate."""
    cuts = draw(st.lists(st.integers(1, 9999), min_size=1, max_size=11, unique=True))
    ends = [0, *sorted(cuts), 10_000]
    return [
        (Decimal(b - a) / 100, Decimal(draw(st.integers(0, 10_000))) / 100)
        for a, b in pairwise(ends)
    ]


@given(schemes(), st.integers(1, int(LARGEST * 100)))
def test_no_fen_is_lost_whatever_the_scheme_and_the_amount(shares, fen):
    amount, percents = Decimal(fen) / 100, [percent for percent, _rate in shares]
    parts = split(amount, percents)
    assert sum(parts) == amount
    for (percent, rate), part in zip(shares, parts, strict=True):
        assert abs(part - amount * percent / 100) < Decimal("0.01")
        reserve = reserve_of(part, rate)
        assert Decimal(0) <= reserve <= part
        assert reserve == reserve.quantize(Decimal("0.01"))


@pytest.mark.parametrize("shares", [
    FOUR_FOUR_TWO_ONE[:2], [*FOUR_FOUR_TWO_ONE[:2], ("村集体", Decimal("19.99"), Decimal(0))],
    [*FOUR_FOUR_TWO_ONE[:2], ("农户", Decimal(20), Decimal(0))],
    [("甲", Decimal(100), Decimal(0))], [], [("甲", Decimal(100), Decimal(0)), ("乙", Decimal(0), Decimal(0))],
    [("甲", Decimal(101), Decimal(0)), ("乙", Decimal(-1), Decimal(0))],
    [("甲", Decimal(50), Decimal("100.01")), ("乙", Decimal(50), Decimal(0))],
    [("甲", Decimal(50), Decimal(-1)), ("乙", Decimal(50), Decimal(0))],
    [("甲", Decimal("33.333"), Decimal(0)), ("乙", Decimal("66.667"), Decimal(0))],
    [("", Decimal(50), Decimal(0)), ("乙", Decimal(50), Decimal(0))],
    [("甲", Decimal("NaN"), Decimal(0)), ("乙", Decimal(50), Decimal(0))],
    [("字" * 10_000, Decimal(50), Decimal(0)), ("乙", Decimal(50), Decimal(0))],
])  # fmt: skip
def test_shares_sum_to_exactly_a_hundred_and_each_party_stands_once(cast, shares):
    with pytest.raises(ValidationError):
        scheme(cast, shares)
    assert not cast.alliance.schemes.exists()


def test_a_scheme_in_use_is_replaced_not_changed(cast):
    first = scheme(cast)
    with pytest.raises(Refused) as refused:
        scheme(cast)
    assert refused.value.code == "name_taken"
    made = divided(cast, "100.00", of=first)
    verbs.retire_scheme(first, by=cast.dongshiqiao, at=NOW)
    scheme(cast)
    with pytest.raises(Refused) as refused:
        divided(cast, "100.00", of=first)
    assert refused.value.code == "retired"
    assert made.lines.count() == 3


S = Distribution.State
WAYS = {
    (S.DRAFT, "confirm_distribution"): S.CONFIRMED, (S.DRAFT, "cancel_distribution"): S.CANCELLED,
    (S.CONFIRMED, "settle"): S.SETTLED, (S.CONFIRMED, "cancel_distribution"): S.CANCELLED,
    (S.SETTLED, "ask_reversal"): S.REVERSING, (S.REVERSING, "agree_reversal"): S.REVERSED,
    (S.REVERSING, "keep"): S.SETTLED,
}  # fmt: skip
BY_MEMBER = {"confirm_distribution", "agree_reversal", "keep"}
WITH_REASON = {"cancel_distribution", "ask_reversal", "keep"}


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("verb", sorted({verb for _state, verb in WAYS}))
def test_a_distribution_moves_as_its_table_says(cast, state, verb):
    made = divided(cast, "100.00")
    Distribution.objects.filter(pk=made.pk).update(state=state, confirmed_for=cast.fulian_org)
    words = {"by": cast.fulian, "organization": cast.fulian_org} if verb in BY_MEMBER else {"by": cast.dongshiqiao}
    words |= {"reason": "有误"} if verb in WITH_REASON else {}
    if (state, verb) in WAYS:
        getattr(verbs, verb)(made, at=NOW, **words)
    else:
        with pytest.raises(Refused):
            getattr(verbs, verb)(made, at=NOW, **words)
    made.refresh_from_db()
    assert made.state == WAYS.get((state, verb), state)


def test_the_lead_does_not_confirm_its_own_draft_nor_one_person_for_two(cast):
    made = divided(cast)
    with pytest.raises(PermissionDenied):
        verbs.confirm_distribution(made, organization=cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
    with pytest.raises(PermissionDenied):
        verbs.confirm_distribution(made, organization=cast.lushan_org, by=cast.lushan, at=NOW)
    Role.objects.create(user=cast.dongshiqiao, role="branch", organization=cast.fulian_org, since=SINCE)
    both = again(cast.dongshiqiao)
    assert not Distribution.objects.confirmable_by(both).exists()
    with pytest.raises(PermissionDenied):
        verbs.confirm_distribution(made, organization=cast.fulian_org, by=both, at=NOW)
    made.refresh_from_db()
    assert made.state == "draft"


def test_who_may_confirm_settle_and_see(cast):
    made = divided(cast)
    join(cast.alliance, cast.town_org)
    for name in ("chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian", "lushan", "nanyang", "dongguan"):
        user, things = again(getattr(cast, name)), Distribution.objects.all()
        assert things.confirmable_by(user).exists() == (name in {"fulian", "lindong"}), name
        assert things.cancellable_by(user).exists() == (name == "dongshiqiao"), name
        assert things.visible_to(user).exists() == (name not in {"lushan", "nanyang", "dongguan"}), name
    verbs.confirm_distribution(made, organization=cast.fulian_org, by=cast.fulian, at=NOW)
    assert Distribution.objects.settlable_by(again(cast.dongshiqiao)).exists()
    assert not Distribution.objects.settlable_by(again(cast.fulian)).exists()


def test_what_was_settled_is_taken_back_by_counter_entries(cast):
    made = settled(cast)
    verbs.ask_reversal(made, by=cast.dongshiqiao, at=NOW, reason="销售款退回")
    assert Distribution.objects.in_force().get() == made
    with pytest.raises(PermissionDenied):
        verbs.agree_reversal(made, organization=cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
    verbs.agree_reversal(made, organization=cast.fulian_org, by=cast.fulian, at=NOW)
    assert made.state == "reversed"
    assert cast.alliance.reserve.balance() == 0
    assert cast.alliance.reserve.count() == 4
    assert made.lines.count() == 3


def test_a_reserve_already_drawn_on_keeps_the_distribution_in_force(cast):
    made = settled(cast)
    fund.draw(cast.alliance, amount=Decimal("1.00"), purpose="补偿", on=DAY, by=cast.dongshiqiao, at=NOW)
    verbs.ask_reversal(made, by=cast.dongshiqiao, at=NOW, reason="有误")
    with pytest.raises(Refused) as refused:
        verbs.agree_reversal(made, organization=cast.fulian_org, by=cast.fulian, at=NOW)
    assert refused.value.code == "not_enough"
    made.refresh_from_db()
    assert (made.state, cast.alliance.reserve.balance()) == ("reversing", Decimal("59999.00"))
    verbs.keep(made, organization=cast.fulian_org, by=cast.fulian, at=NOW, reason="准备金已动用")
    assert made.state == "settled"


@pytest.mark.parametrize("words", [{"amount": Decimal(0)}, {"amount": Decimal("NaN")}, {"on": date(2019, 6, 4)}])
def test_an_odd_distribution_is_refused(cast, words):
    given_words = {"amount": Decimal(1), "on": DAY, "by": cast.dongshiqiao, "at": NOW} | words
    with pytest.raises(ValidationError):
        verbs.distribute(scheme(cast), **given_words)


def test_a_scheme_begins_with_three_parties_and_grows_line_by_line_without_losing_what_was_typed(cast, browse):
    where, lead = reverse("alliances:draw_up_scheme", args=[cast.alliance.pk]), browse("dongshiqiao")
    assert lead.get(where).content.decode().count('name="party_') == 3
    typed = {"name": "两方", "base": "利润", "party_1": "甲", "percent_1": "60", "rows": "3", "more": "1"}
    page = lead.post(where, typed)
    assert page.status_code == 200
    assert page.content.decode().count('name="party_') == 4
    assert 'value="甲"' in page.content.decode()
    assert not cast.alliance.schemes.exists()
    for odd in ("999", "-1", "x", "９"):
        assert lead.post(where, typed | {"rows": odd}).content.decode().count('name="party_') <= 12
    more = {f"party_{n}": f"第{n}方" for n in range(1, 6)} | {f"percent_{n}": "20" for n in range(1, 6)}
    assert lead.post(where, {"name": "五方", "base": "利润", "rows": "5"} | more).status_code == 302
    assert cast.alliance.schemes.get().shares.count() == 5
