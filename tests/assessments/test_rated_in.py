"""Nobody is asked for a rating that nothing is made of."""

from decimal import Decimal

import pytest

from assessments import reminders, sheets
from assessments.models import Scheme
from assessments.transitions import rate
from members.states import Refused
from tests.assessments.running import WITH_MASSES
from tests.assessments.years import EVEN, opened
from tests.cast import NOW

pytestmark = pytest.mark.django_db
WITHOUT_SUPERIOR = (EVEN[0] | {"weight": Decimal(70)}, EVEN[1])


def owed(scheme, cast):
    return reminders.owed_by_superiors(scheme), reminders.owed_by_organization(scheme)["ratings"]


def test_the_superior_is_asked_where_its_word_counts(cast):
    scheme = opened(cast, rows=WITH_MASSES)
    assert sheets.tasks_of(scheme, cast.lindong)["superior"]
    assert owed(scheme, cast)[0]


def test_the_superior_is_not_asked_where_no_indicator_is_theirs(cast):
    scheme = opened(cast, rows=WITHOUT_SUPERIOR)
    assert not sheets.tasks_of(scheme, cast.lindong)["superior"]
    assert not owed(scheme, cast)[0]
    with pytest.raises(Refused, match="不采用"):
        rate(
            scheme, cast.alliance, cast.alliance.supervising, direction="superior", score=80, by=cast.lindong, at=NOW
        )


def test_the_lead_is_not_asked_of_its_members_where_their_result_has_no_share_of_it(cast):
    scheme = opened(cast, rows=WITH_MASSES)
    lead = cast.dongshiqiao_org.pk
    assert sheets.tasks_of(scheme, cast.dongshiqiao)["alliance"]
    assert owed(scheme, cast)[1][lead]
    Scheme.objects.filter(pk=scheme.pk).update(member_weight=0)
    scheme.refresh_from_db()
    assert not sheets.tasks_of(scheme, cast.dongshiqiao)["alliance"]
    assert not owed(scheme, cast)[1][lead]
    assert sheets.tasks_of(scheme, cast.fulian)["members"]
