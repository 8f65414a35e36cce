"""Who works for an alliance, and who does business beside it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from alliances.models import Partner, Staff
from alliances.transitions import staff as verbs
from members.states import Refused
from tests.alliances.means import DAY
from tests.cast import NOW, again


def took_on(cast, **words):
    given = {"kind": "volunteer", "task": "周末巡查", "since": DAY, "by": cast.dongshiqiao, "at": NOW} | words
    return verbs.take_on(cast.alliance, **given)


def enlisted(cast, **words):
    given = {"kind": "cooperative", "name": "惠民种植合作社", "since": DAY, "by": cast.dongshiqiao, "at": NOW} | words
    return verbs.enlist(cast.alliance, **given)


def test_a_party_member_or_a_name_with_its_organisation(cast, people):
    took_on(cast, kind="cross_posting", person=people[0])
    took_on(cast, name="赵六", unit="巴林左旗志愿者协会")
    assert [(s.who, s.belongs) for s in cast.alliance.staff.order_by("pk")] == [
        ("张三", "东石桥社区党总支"), ("赵六", "巴林左旗志愿者协会")]  # fmt: skip
    for words in ({}, {"person": people[1], "name": "李四"}, {"name": "钱七"}, {"name": "字" * 10_000, "unit": "某"}):
        with pytest.raises(ValidationError):
            took_on(cast, **words)
    with pytest.raises(Refused) as refused:
        took_on(cast, kind="cross_posting", person=people[0])
    assert refused.value.code == "already_there"


@pytest.mark.parametrize("since", [date(2019, 6, 4), date(1, 1, 1), date(9999, 12, 31)])
def test_nobody_began_tomorrow(cast, since):
    with pytest.raises(ValidationError):
        took_on(cast, name="赵六", unit="协会", since=since)
    with pytest.raises(ValidationError):
        enlisted(cast, since=since)


def test_who_ends_stays_as_history(cast):
    somebody = took_on(cast, name="赵六", unit="协会", since=DAY - timedelta(days=10))
    verbs.end(somebody, by=cast.dongshiqiao, at=NOW, reason="期满")
    assert (somebody.until, Staff.objects.present().count(), Staff.objects.count()) == (DAY, 0, 1)
    with pytest.raises(Refused):
        verbs.end(somebody, by=cast.dongshiqiao, at=NOW)


def test_a_partner_of_a_name_stands_once_at_a_time(cast):
    first = enlisted(cast)
    with pytest.raises(Refused) as refused:
        enlisted(cast)
    assert refused.value.code == "already_there"
    verbs.end(first, by=cast.dongshiqiao, at=NOW)
    assert enlisted(cast).until is None


def test_the_lead_keeps_both_and_nobody_beside_sees_them(cast):
    took_on(cast, name="赵六", unit="协会")
    enlisted(cast)
    for name in ("chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian", "lushan", "nanyang", "dongguan"):
        user = again(getattr(cast, name))
        for model in (Staff, Partner):
            assert model.objects.endable_by(user).exists() == (name == "dongshiqiao"), name
            assert model.objects.visible_to(user).exists() == (name not in {"lushan", "nanyang", "dongguan"}), name
