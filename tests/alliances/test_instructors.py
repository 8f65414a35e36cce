"""Party-building instructors: sent by a department or by the lead of an alliance; coverage as a figure."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from alliances import transitions as verbs
from alliances.instruction import INSTRUCTED
from alliances.measures import Period
from alliances.models import Instructor
from members.models import Organization, Step
from members.states import Refused
from tests.alliances.test_budgets import queries
from tests.cast import NOW, again, join, organization, person

TODAY = NOW.date()


@pytest.fixture
def social(cast):
    made = [organization(f"巴林左旗第{n}社会组织党支部", "150422", sector="social") for n in range(3)]
    join(cast.alliance, made[0])
    return made


def sent(cast, to, **words):
    given = {"person": "孙丽", "sent_by": cast.fulian_org, "since": TODAY, "by": cast.balinzuo, "at": NOW} | words
    return verbs.assign_instructor(to, **given)


def rate(day=TODAY, code="150422"):
    return [metric.total(Period(day, day), code) for metric in INSTRUCTED]


def test_coverage_is_a_rate_of_the_day_with_numerator_and_denominator(cast, social):
    assert rate() == [0.0, 0, 3]
    first = sent(cast, social[0])
    sent(cast, social[0], person="又一位")
    sent(cast, social[1], since=TODAY + timedelta(days=1))
    assert rate() == [0.3333, 1, 3]
    verbs.recall_instructor(first, by=cast.balinzuo, at=NOW, reason="轮换")
    assert rate(TODAY + timedelta(days=1)) == [0.6667, 2, 3]
    assert rate(code="411302") == [None, 0, 0]


@pytest.mark.parametrize(("who", "able"), [
    ("chifeng", {0, 1, 2}), ("balinzuo", {0, 1, 2}), ("lindong", set()), ("dongshiqiao", {0}), ("fulian", set()),
    ("nanyang", set()), ("dongguan", set()),
])  # fmt: skip
def test_departments_and_leads_send_and_nobody_else(cast, social, who, able):
    found = Organization.objects.instructable_by(again(getattr(cast, who)))
    assert {social.index(one) for one in found} == able


def test_only_to_social_organisations_and_not_twice(cast, social):
    with pytest.raises(Refused) as refused:
        sent(cast, cast.fulian_org)
    assert refused.value.code == "not_social"
    sent(cast, social[0])
    with pytest.raises(Refused) as refused:
        sent(cast, social[0])
    assert refused.value.code == "already_sent"


@pytest.mark.parametrize("words", [
    {"since": date(1, 1, 1)}, {"since": date(9999, 12, 31)}, {"person": "字" * 10_000}, {"person": " "},
])  # fmt: skip
def test_an_odd_assignment_is_refused(cast, social, words):
    with pytest.raises(ValidationError):
        sent(cast, social[0], **words)
    assert not Instructor.objects.exists()


def test_the_instructor_is_known_and_stays_where_they_belong(cast, social):
    sun = person("孙丽", cast.fulian_org)
    assert sent(cast, social[0]).party_member == sun
    sun.refresh_from_db()
    assert sun.organization == cast.fulian_org


@pytest.mark.parametrize(("who", "sees"), [
    ("chifeng", True), ("balinzuo", True), ("dongshiqiao", True), ("fulian", True), ("lindong", False),
    ("lushan", False), ("nanyang", False),
])  # fmt: skip
def test_an_instructor_is_seen_above_by_the_sender_and_by_the_own(cast, social, browse, who, sees):
    sent(cast, social[0], alliance=cast.alliance)
    answer = browse(who).get("/api/v1/instructors/").json()
    assert bool(answer["results"]) is sees
    assert ("孙丽" in browse(who).get(reverse("instructors:list")).content.decode()) is sees


def test_page_and_rest_take_the_same_step(cast, social, browse):
    department, lead = browse("balinzuo"), browse("dongshiqiao")
    words = {"person": "孙丽", "sent_by": cast.fulian_org.name, "since": "2019-06-03"}
    url = reverse("instructors:assign", args=[social[0].pk])
    assert department.post(url, words | {"sent_by": "没有的党支部"}).status_code == 422
    assert department.post(url, words | {"sent_by": cast.dongguan_org.code}).status_code == 422
    since = str(date.today())
    assert department.post(url, words | {"since": since}).status_code == 302
    body = {"organization": social[0].pk, "person": "李强", "sent_by": cast.fulian_org.pk, "since": since}
    made = lead.post("/api/v1/instructors/", body, content_type="application/json")
    assert (made.status_code, made.json()["alliance"]) == (201, cast.alliance.pk)
    by_page, by_rest = Instructor.objects.order_by("pk")
    assert by_page.alliance is None
    steps = [Step.objects.of(one).last() for one in (by_page, by_rest)]
    assert {(s.verb, s.organization) for s in steps} == {("assign_instructor", cast.fulian_org)}
    reason = {"reason": "轮换"}
    assert department.post(reverse("instructors:recall", args=[by_page.pk]), reason).status_code == 302
    url = f"/api/v1/instructors/{by_rest.pk}/recall/"
    assert lead.post(url, reason, content_type="application/json").status_code == 200
    assert lead.post(url, reason, content_type="application/json").status_code == 409
    assert not Instructor.objects.filter(until=None).exists()


@pytest.mark.parametrize("page", ["instructors", "posts", "participants", "leadership", "REST posts"])
def test_three_rows_cost_no_more_queries_than_one(cast, browse, social, page):
    joint = type(cast.alliance).objects.get(pk=cast.alliance.pk)
    type(joint).objects.filter(pk=joint.pk).update(form="joint_branch")
    joint.refresh_from_db()
    url = {
        "instructors": reverse("instructors:list"), "posts": reverse("posts:list"),
        "participants": reverse("participants:list"), "REST posts": "/api/v1/posts/",
        "leadership": reverse("alliances:leadership", args=[joint.pk]),
    }[page]  # fmt: skip

    def grow(n):
        sent(cast, social[n], person=f"指导员{n}")
        verbs.put_forward(joint, person(f"党员{n}", cast.dongshiqiao_org), by=again(cast.dongshiqiao), at=NOW)
        for place in range(2):
            post = verbs.nominate(
                joint, kind="deputy", person=f"人选{n}{place}", organization=cast.fulian_org, since=TODAY,
                until=TODAY + timedelta(days=900), by=again(cast.dongshiqiao), at=NOW,
            )  # fmt: skip
        verbs.consent(post, cast.fulian_org, agrees=True, by=again(cast.fulian), at=NOW)

    chifeng = browse("chifeng")
    grow(0)
    one = queries(chifeng, url)
    grow(1), grow(2)
    three = queries(chifeng, url)
    assert len(three) == len(one), "\n".join(three)
    assert len(one) <= 26
