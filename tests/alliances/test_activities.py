"""Activities are planned, held, and counted; what is entered late counts once a second person vouches for it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliances import transitions as verbs
from alliances.models import Alliance, Membership, RuleSet, Session
from members.states import Refused
from tests.cast import NOW, again, at, person

TODAY = NOW.date()


@pytest.fixture
def activity(cast):
    return verbs.plan(
        cast.alliance, kind="theme_day", title="清理楼道", host=cast.dongshiqiao_org, planned_on=TODAY,
        by=cast.dongshiqiao, at=NOW,
    )  # fmt: skip


def held(cast, activity, day=TODAY, on=NOW, **words):
    given = {"organizations": [cast.dongshiqiao_org], "by": cast.dongshiqiao} | words
    return verbs.hold(activity, held_on=day, at=on, **given)


@pytest.mark.parametrize(("state", "verb", "after"), [
    ("planned", "hold", "held"), ("planned", "cancel", "cancelled"), ("planned", "record_session", None),
    ("held", "hold", "held"), ("held", "cancel", None), ("held", "record_session", "held"),
    ("cancelled", "hold", None), ("cancelled", "cancel", None), ("cancelled", "record_session", None),
])  # fmt: skip
def test_an_activity_moves_as_its_table_says(cast, activity, state, verb, after):
    type(activity).objects.filter(pk=activity.pk).update(state=state)
    activity.refresh_from_db()
    words = {"reason": "下雨"} if verb == "cancel" else {"held_on": TODAY, "organizations": [cast.fulian_org]}
    if after:
        getattr(verbs, verb)(activity, by=cast.dongshiqiao, at=NOW, **words)
    else:
        with pytest.raises(Refused):
            getattr(verbs, verb)(activity, by=cast.dongshiqiao, at=NOW, **words)
    activity.refresh_from_db()
    assert activity.state == (after or state)


def test_sessions_people_and_person_times_are_three_counts(cast, activity, people):
    held(cast, activity, people=people[:2])
    held(cast, activity, people=people[:1])
    records = cast.alliance.service_records
    assert activity.sessions.count() == 2
    assert records.count() == 3
    assert records.values("person").distinct().count() == 2


def test_a_day_to_come_is_not_held_yet(cast, activity):
    with pytest.raises(ValidationError) as wrong:
        held(cast, activity, day=date(2019, 6, 4))
    assert "held_on" in wrong.value.message_dict


def test_only_members_of_that_day_came(cast, activity):
    with pytest.raises(ValidationError):
        held(cast, activity, organizations=[cast.lushan_org])
    with pytest.raises(ValidationError):
        held(cast, activity, organizations=[])
    verbs.leave(
        Membership.objects.get(alliance=cast.alliance, organization=cast.fulian_org),
        by=cast.fulian,
        at=NOW,
        reason="忙",
    )
    with pytest.raises(ValidationError):
        held(cast, activity, organizations=[cast.fulian_org])
    assert held(cast, activity, day=date(2019, 5, 31), organizations=[cast.fulian_org]).attendances.count() == 1


def test_only_people_of_the_organisations_that_came_served(cast, activity, people):
    with pytest.raises(ValidationError):
        held(cast, activity, people=[people[2]])
    with pytest.raises(ValidationError):
        held(cast, activity, people=[person("新来", cast.dongshiqiao_org, since=date(2019, 6, 4))])


def test_a_member_names_its_own_people_and_nobody_is_counted_twice(cast, activity, people):
    session = held(cast, activity, organizations=[cast.dongshiqiao_org, cast.fulian_org])
    serve = {"organization": cast.fulian_org, "by": cast.fulian, "at": NOW}
    assert verbs.serve(session, people=[people[2]], **serve) == 1
    assert verbs.serve(session, people=[people[2]], **serve) == 0
    with pytest.raises(ValidationError):
        verbs.serve(session, people=[people[0]], **serve)
    with pytest.raises(Refused):
        verbs.serve(session, people=[], **serve | {"organization": cast.lushan_org})


def test_a_late_session_counts_once_somebody_else_has_vouched_for_it(cast, activity):
    session = held(cast, activity, on=at(date(2019, 7, 1)), day=TODAY)
    assert session.late
    assert not Session.objects.counted().filter(pk=session.pk).exists()
    assert not Session.objects.confirmable_by(again(cast.dongshiqiao)).exists()
    with pytest.raises(PermissionDenied):
        verbs.confirm_session(session, by=cast.dongshiqiao, at=NOW)
    assert Session.objects.confirmable_by(again(cast.balinzuo)).get() == session
    for stranger in ("fulian", "nanyang", "lushan", "auditor"):
        assert not Session.objects.confirmable_by(again(getattr(cast, stranger))).exists()
    verbs.confirm_session(session, by=cast.balinzuo, at=NOW)
    assert Session.objects.counted().get() == session
    with pytest.raises(Refused):
        verbs.confirm_session(session, by=cast.chifeng, at=NOW)


def test_an_on_time_session_takes_no_late_people(cast, activity, people):
    session = held(cast, activity, organizations=[cast.fulian_org])
    with pytest.raises(Refused) as refused:
        verbs.serve(session, organization=cast.fulian_org, people=[people[2]], by=cast.fulian, at=at(date(2019, 7, 1)))
    assert refused.value.code == "too_late"


def test_how_late_is_late_is_the_regions_own_rule(cast, activity):
    RuleSet.objects.create(region_id="1504", late_working_days=60)
    assert not held(cast, activity, on=at(date(2019, 7, 1)), day=TODAY).late


def test_activities_are_planned_by_members_of_running_alliances_within_a_year(cast):
    words = {"kind": "other", "title": "座谈", "planned_on": TODAY, "by": cast.dongshiqiao, "at": NOW}
    with pytest.raises(Refused) as refused:
        verbs.plan(cast.alliance, host=cast.lushan_org, **words)
    assert refused.value.code == "not_member"
    for day in (date(1, 1, 1), date(9999, 12, 31)):
        with pytest.raises(ValidationError):
            verbs.plan(cast.alliance, host=cast.fulian_org, **words | {"planned_on": day})
    Alliance.objects.filter(pk=cast.alliance.pk).update(state="submitted")
    with pytest.raises(Refused) as refused:
        verbs.plan(cast.alliance, host=cast.fulian_org, **words)
    assert refused.value.code == "not_running"
