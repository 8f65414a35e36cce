"""What a reward gives: policy in words; funds with an amount and one of the three sources."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from alliances import transitions
from alliances.models import Reward
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def test_funds_are_kept_with_their_amount_and_source(cast):
    words = {"what": "以奖代补", "kind": "funds", "amount": "20000", "source": "dues"}
    transitions.reward(cast.alliance, by=cast.chifeng, at=NOW, reason="成效突出", **words)
    granted = Reward.objects.get()
    assert (granted.kind, granted.amount, granted.source) == ("funds", Decimal("20000.00"), "dues")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"kind": "funds", "amount": "20000"}, "source"),
        ({"kind": "funds", "amount": "20000", "source": "spending"}, "source"),
        ({"kind": "funds", "source": "dues"}, "amount"),
        ({"kind": "funds", "amount": "0", "source": "dues"}, "amount"),
        ({"kind": "funds", "amount": "1.001", "source": "dues"}, "amount"),
        ({"kind": "funds", "amount": "NaN", "source": "dues"}, "amount"),
        ({"kind": "policy", "amount": "20000"}, "amount"),
        ({"kind": "medal"}, "kind"),
        ({"what": " "}, "what"),
    ],
)
def test_what_is_no_whole_favour_is_refused_beside_its_field(cast, words, field):
    with pytest.raises(ValidationError) as wrong:
        transitions.reward(cast.alliance, by=cast.chifeng, at=NOW, reason="。", **({"what": "以奖代补"} | words))
    assert field in wrong.value.error_dict
    assert not Reward.objects.exists()


def test_the_day_of_the_re_check_does_not_lie_before_the_term(cast):
    words = {"by": cast.chifeng, "at": NOW, "reason": "。", "due_on": "2019-08-01"}
    with pytest.raises(ValidationError) as wrong:
        transitions.rectify(cast.alliance, recheck_on="2019-07-31", **words)
    assert "recheck_on" in wrong.value.error_dict
    order = transitions.rectify(cast.alliance, recheck_on="2019-08-05", **words)
    assert order.recheck_on == date(2019, 8, 5)
