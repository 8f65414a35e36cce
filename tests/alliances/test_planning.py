"""An alliance's year: templates to change freely, a plan in one step, repeats. Never a quota."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from alliances import transitions as verbs
from alliances.models import Activity, ActivityTemplate, Alliance
from alliances.notices import WRITERS
from alliances.planning import repeats, year_plan
from alliances.proposals import proposed_for
from members.models import Notice, Step
from members.notices import tell
from members.states import Refused
from tests.cast import NOW, again

TODAY = NOW.date()
WHOLE_YEAR = (date(2020, 1, 1), date(2020, 12, 31))


@pytest.fixture
def lead(cast):
    return {"by": cast.dongshiqiao, "at": NOW}


@pytest.fixture
def templates(cast, lead):
    return verbs.adopt_templates(cast.alliance, **lead)


def rows(*days, **words):
    return [{"kind": "theme_day", "title": "主题党日", "planned_on": day, **words} for day in days]


def test_the_five_ones_are_a_beginning_and_not_a_law(cast, templates, lead):
    assert [(t.kind, t.every) for t in templates] == [
        ("founding_meeting", "once"), ("party_lesson", "year"), ("exchange_visit", "month"), ("theme_day", "quarter"),
        ("mutual_review", "half_year"),
    ]  # fmt: skip
    with pytest.raises(Refused):
        verbs.adopt_templates(cast.alliance, **lead)
    verbs.edit_template(templates[2], every="quarter", title="互访", **lead)
    verbs.drop_template(templates[4], **lead)
    verbs.add_template(cast.alliance, kind="other", title="邻里节", every="year", month=9, **lead)
    left = [template.title for template in cast.alliance.activity_templates.all()]
    assert left == ["成立大会", "书记党课", "互访", "主题党日", "邻里节"]
    assert Step.objects.of(cast.alliance).filter(verb__endswith="template").count() == 3


@pytest.mark.parametrize("words", [
    {"title": "字" * 10_000}, {"title": ""}, {"every": "daily"}, {"month": 13}, {"month": 0}, {"day": 32},
    {"kind": "points"},
])  # fmt: skip
def test_a_template_that_does_not_fit_is_refused(cast, lead, words):
    with pytest.raises(ValidationError):
        verbs.add_template(cast.alliance, **{"kind": "other", "title": "邻里节", "every": "year"} | words | lead)


def test_the_templates_propose_a_year_by_day(templates):
    found = year_plan(templates, 2020, WHOLE_YEAR, [])
    assert len(found) == 1 + 1 + 12 + 4 + 2
    assert [p.planned_on for p in found] == sorted(p.planned_on for p in found)
    by_title = {p.title: p.planned_on for p in found}
    assert by_title["2020年书记党课"] == date(2020, 7, 1)
    assert by_title["3月交流互访"] == date(2020, 3, 15)
    assert by_title["二季度主题党日"] == date(2020, 5, 5)
    assert by_title["下半年互学互检互评"] == date(2020, 12, 20)


def test_what_is_there_already_is_marked_and_what_happens_once_is_not_proposed_again(templates):
    there = [("founding_meeting", date(2019, 3, 1)), ("theme_day", date(2020, 4, 2))]
    found = year_plan(templates, 2020, WHOLE_YEAR, there)
    assert "成立大会" not in {p.title for p in found}
    assert [p.title for p in found if p.present] == ["二季度主题党日"]


@pytest.mark.parametrize(("month", "day", "on"), [(2, 31, date(2020, 2, 29)), (None, None, date(2020, 1, 15)),
                                                  (12, 31, date(2020, 12, 31))])  # fmt: skip
def test_a_month_too_short_ends_earlier(month, day, on):
    template = ActivityTemplate(kind="other", title="邻里节", every="year", month=month, day=day)
    assert [p.planned_on for p in year_plan([template], 2020, WHOLE_YEAR, [])] == [on]


def test_only_days_to_come_within_a_year_are_proposed(cast, templates):
    found = [*proposed_for(cast.alliance, 2019, TODAY), *proposed_for(cast.alliance, 2020, TODAY)]
    assert min(p.planned_on for p in found) > TODAY
    assert (max(p.planned_on for p in found) - TODAY).days <= 366
    assert proposed_for(cast.alliance, 2018, TODAY) == []


def test_a_year_is_planned_in_one_step_and_told_once(cast, lead):
    tell(WRITERS, NOW)
    Notice.objects.all().delete()
    made = verbs.plan_year(
        cast.alliance, host=cast.fulian_org, activities=rows(date(2019, 7, 1), date(2019, 9, 1)), **lead
    )
    assert {activity.state for activity in made} == {"planned"}
    tell(WRITERS, NOW)
    assert [(n.user.username, n.text) for n in Notice.objects.all()] == [
        ("fulian", "“五金小区基层治理共同体”排定了2项活动。")
    ]


@pytest.mark.parametrize("days", [[], [date(2019, 7, 1), date(2030, 1, 1)], [date(2019, 7, 1), date(2018, 1, 1)]])
def test_all_of_the_plan_or_none(cast, lead, days):
    with pytest.raises(ValidationError):
        verbs.plan_year(cast.alliance, host=cast.fulian_org, activities=rows(*days), **lead)
    assert not Activity.objects.exists()


@pytest.mark.parametrize(("first", "every", "until", "days"), [
    (date(2019, 6, 3), "week", date(2019, 6, 24), [date(2019, 6, 10), date(2019, 6, 17), date(2019, 6, 24)]),
    (date(2019, 10, 31), "month", date(2020, 2, 29), [date(2019, 11, 30), date(2019, 12, 31), date(2020, 1, 31),
                                                      date(2020, 2, 29)]),
    (date(2019, 11, 5), "quarter", date(2020, 5, 5), [date(2020, 2, 5), date(2020, 5, 5)]),
    (date(2019, 6, 3), "month", date(2019, 7, 2), []), (date(2019, 6, 3), "week", date(1, 1, 1), []),
])  # fmt: skip
def test_repeats_fall_on_the_same_day(first, every, until, days):
    assert repeats(first, every, until) == days


def test_an_activity_repeats_until_a_day_and_each_may_be_cancelled_alone(cast, lead):
    activity = verbs.plan(
        cast.alliance, kind="volunteering", title="清扫", host=cast.fulian_org, planned_on=TODAY, place="小区", **lead
    )
    made = verbs.repeat(activity, every="month", until=date(2019, 9, 3), **lead)
    assert [(a.title, a.host, a.place, a.planned_on.month) for a in made] == [
        ("清扫", cast.fulian_org, "小区", month) for month in (7, 8, 9)
    ]
    verbs.cancel(made[1], reason="下雨", **lead)
    assert cast.alliance.activities.filter(state="planned").count() == 3
    for words in ({"every": "day", "until": date(2019, 9, 3)}, {"every": "week", "until": TODAY},
                  {"every": "week", "until": date(9999, 12, 31)}):  # fmt: skip
        with pytest.raises(ValidationError):
            verbs.repeat(activity, **words, **lead)


def test_the_year_is_arranged_by_the_lead_and_the_street_above_only(cast, templates):
    for one in ("dongshiqiao", "lindong"):
        assert Alliance.objects.arrangeable_by(again(getattr(cast, one))).get() == cast.alliance
        assert ActivityTemplate.objects.writable_by(again(getattr(cast, one))).exists()
    for other in ("fulian", "chifeng", "lushan", "nanyang", "auditor"):
        assert not Alliance.objects.arrangeable_by(again(getattr(cast, other))).exists()
    assert not ActivityTemplate.objects.visible_to(again(cast.nanyang)).exists()
    assert ActivityTemplate.objects.visible_to(again(cast.fulian)).exists()


def test_the_plan_is_previewed_unchecked_moved_and_then_made(cast, browse):
    lead, year = browse("dongshiqiao"), timezone.localdate().year + 1
    assert lead.post(reverse("alliances:adopt_templates", args=[cast.alliance.pk])).status_code == 302
    assert "交流互访" in browse("fulian").get(reverse("alliances:templates", args=[cast.alliance.pk])).content.decode()
    url = reverse("alliances:plan_year", args=[cast.alliance.pk]) + f"?year={year}"
    shown = lead.get(url).context["rows"]
    assert shown.forms
    words = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "host": cast.dongshiqiao_org.pk}
    for n, row in enumerate(shown.forms[:2]):
        words |= {f"form-{n}-{name}": row.initial[name] for name in ("kind", "title", "planned_on")}
    assert lead.post(url, words).status_code == 422  # nothing is chosen
    assert lead.post(url, words | {"form-0-chosen": "on", "form-0-planned_on": "bad"}).status_code == 422
    assert lead.post(url, words | {"form-0-chosen": "on", "form-0-title": "新年互访"}).status_code == 302
    assert [activity.title for activity in cast.alliance.activities.all()] == ["新年互访"]
    assert browse("fulian").get(url).status_code == 403


def test_page_and_rest_take_the_same_step(cast, browse):
    lead, today = browse("dongshiqiao"), timezone.localdate()
    base = f"/api/v1/alliances/{cast.alliance.pk}"
    assert lead.post(f"{base}/adopt-templates/").status_code == 201
    assert lead.post(f"{base}/adopt-templates/").status_code == 409
    proposed = lead.get(f"{base}/proposed-year/?year={today.year + 1}").json()
    body = {"host": cast.fulian_org.pk, "activities": proposed[:2]}
    made = lead.post(f"{base}/plan-year/", body, "application/json")
    assert made.status_code == 201, made.content
    first = made.json()[0]["id"]
    later = today.replace(day=1).replace(year=today.year + 1).isoformat()
    once = {"every": "month", "until": later}
    assert lead.post(f"/api/v1/activities/{first}/repeat/", once, "application/json").status_code in {200, 422}
    assert lead.post(reverse("activities:repeat", args=[first]), once).status_code in {302, 422}
    assert lead.post(f"{base}/plan-year/", {"host": cast.dongguan_org.pk}, "application/json").status_code == 404
    template = cast.alliance.activity_templates.first()
    edited = lead.post(f"/api/v1/activity-templates/{template.pk}/edit/", {"month": 5}, "application/json")
    assert edited.json()["month"] == 5
    assert lead.post(f"/api/v1/activity-templates/{template.pk}/drop/").status_code == 204


def test_sessions_people_and_person_times_are_shown_as_three(cast, browse, people, lead):
    activity = verbs.plan(
        cast.alliance, kind="volunteering", title="清扫", host=cast.dongshiqiao_org, planned_on=TODAY, **lead
    )
    for who in (people[:2], people[:1]):
        verbs.hold(activity, held_on=TODAY, organizations=[cast.dongshiqiao_org], people=who, **lead)
    page = browse("fulian").get(activity.get_absolute_url()).content.decode()
    for count in ("2 场", "2 人<", "3 人次"):
        assert count in page
