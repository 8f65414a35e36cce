"""自评: the lead writes beside what is counted, the superior may return it, raters read it; late is shown only."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from assessments import transitions
from assessments.models import SelfReport
from members.models import Step
from members.states import MoveRefused, Refused
from tests.assessments.running import TEXTS, drafted, returned, running, scoring, submitted
from tests.cast import NOW, again, at

pytestmark = pytest.mark.django_db

STATES = {"draft": drafted, "submitted": submitted, "returned": returned}
VERBS = {
    "submitted": lambda report, cast: transitions.submit(report, by=cast.dongshiqiao, at=NOW),
    "returned": lambda report, cast: transitions.return_(report, by=cast.lindong, at=NOW, reason="再补"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("to", VERBS)
def test_every_verb_from_every_state(cast, state, to):
    report = STATES[state](cast, running(cast))
    if to in SelfReport.MOVES[state]:
        assert VERBS[to](report, cast).state == to
    else:
        with pytest.raises(MoveRefused):
            VERBS[to](report, cast)


def test_what_was_submitted_is_written_no_more_and_what_came_back_is(cast):
    scheme = running(cast)
    submitted(cast, scheme)
    with pytest.raises(MoveRefused):
        drafted(cast, scheme, plans="改口")
    report = transitions.return_(SelfReport.objects.get(), by=cast.lindong, at=NOW, reason="太空")
    assert drafted(cast, scheme, plans="改停车") == report
    assert SelfReport.objects.get().plans == "改停车"


@pytest.mark.parametrize("who", ["fulian", "lindong", "chifeng", "nanyang"])
def test_nobody_but_the_lead_writes(cast, who):
    with pytest.raises(PermissionDenied):
        transitions.write(running(cast), cast.alliance, **TEXTS, by=getattr(cast, who), at=NOW)
    assert not SelfReport.objects.exists()


def test_a_report_with_an_empty_part_is_not_submitted(cast):
    with pytest.raises(ValidationError):
        transitions.submit(drafted(cast, running(cast), plans=" "), by=cast.dongshiqiao, at=NOW)
    assert SelfReport.objects.get().state == "draft"


def test_ten_thousand_characters_are_too_many(cast):
    with pytest.raises(ValidationError):
        drafted(cast, running(cast), went_well="好" * 10_000)


def test_after_the_rating_nothing_is_written(cast):
    scheme = running(cast)
    report = drafted(cast, scheme)
    scoring(cast, scheme)
    with pytest.raises(Refused) as refusal:
        transitions.submit(report, by=cast.dongshiqiao, at=NOW)
    assert refusal.value.code == "not_open"


def test_late_is_after_the_term_of_working_days_and_stays_so_by_the_first_day(cast):
    scheme = running(cast)  # opened on Monday 3 June; 7 June 2019 was a holiday
    assert scheme.report_by == date(2019, 6, 25)
    assert not submitted(cast, scheme, at(date(2019, 6, 25))).late
    report = transitions.return_(SelfReport.objects.get(), by=cast.lindong, at=NOW, reason="补")
    assert not transitions.submit(report, by=cast.dongshiqiao, at=at(date(2019, 7, 1))).late
    SelfReport.objects.update(submitted_on=date(2019, 6, 26))
    assert SelfReport.objects.get().late


def test_a_draft_is_the_leads_alone_and_raters_read_what_is_submitted(cast):
    def readers():
        people = ("dongshiqiao", "fulian", "lindong", "balinzuo", "chifeng", "lushan", "nanyang")
        return [name for name in people if SelfReport.objects.visible_to(again(getattr(cast, name))).exists()]

    scheme = running(cast)
    report = drafted(cast, scheme)
    assert readers() == ["dongshiqiao"]
    transitions.submit(report, by=cast.dongshiqiao, at=NOW)
    assert readers() == ["dongshiqiao", "fulian", "lindong", "balinzuo", "chifeng"]
    transitions.return_(report, by=cast.lindong, at=NOW, reason="补")
    assert readers() == ["dongshiqiao", "lindong", "balinzuo", "chifeng"]


def test_the_page_shows_what_is_counted_and_saves_or_submits(cast, client):
    scheme = running(cast)
    client.force_login(cast.dongshiqiao)
    page = reverse("assessments:self_report", args=[scheme.pk, cast.alliance.pk])
    shown = client.get(page)
    assert "系统已算出的数" in shown.text
    assert 'type="number"' not in shown.text
    client.post(page, TEXTS)
    assert SelfReport.objects.get().state == "draft"
    refused = client.post(page, {**TEXTS, "plans": "", "submit": "1"})
    assert refused.status_code == 422
    assert client.post(page, {**TEXTS, "submit": "1"}).status_code == 302
    assert client.post(page, {**TEXTS, "submit": "1"}).status_code == 409  # sent twice
    assert SelfReport.objects.get().state == "submitted"
    client.force_login(cast.fulian)
    assert client.get(page).status_code == 403
    assert "垃圾有人清了" in client.get(SelfReport.objects.get().get_absolute_url()).text
    client.force_login(cast.nanyang)
    assert client.get(page).status_code == 404


def test_rest_takes_the_steps_of_the_page(cast, client):
    def steps(report):
        return list(Step.objects.of(report).values_list("verb", "from_state", "to_state", "by"))

    scheme = running(cast)
    by_verbs = steps(transitions.return_(submitted(cast, scheme), by=cast.lindong, at=NOW, reason="补"))
    SelfReport.objects.all().delete()
    client.force_login(cast.dongshiqiao)
    body = {"alliance": cast.alliance.pk, **TEXTS}
    made = client.post(f"/api/v1/assessments/{scheme.pk}/self-reports/", body, "application/json")
    assert made.status_code == 201
    path = f"/api/v1/self-reports/{made.json()['id']}/"
    assert client.post(f"{path}submit/", {}, "application/json").status_code == 200
    client.force_login(cast.lindong)
    assert client.post(f"{path}return/", {"reason": "补"}, "application/json").json()["state"] == "returned"
    assert steps(SelfReport.objects.get()) == by_verbs
