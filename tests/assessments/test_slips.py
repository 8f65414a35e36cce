"""群众评议: slips on paper, one opinion each, without an account; nobody can tell who said what."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse

from assessments import scoring as scores
from assessments import transitions
from assessments.models import Opinion, OpinionSlip, SlipBatch
from members import throttling
from members.models import Denial, Step
from members.states import Refused
from tests.assessments.running import running, scoring, slips, voted
from tests.assessments.years import opened
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_asked():
    throttling._here.clear()
    throttling.cache.clear()


def refusal_of(code, **words):
    with pytest.raises(Refused) as refused:
        transitions.vote(code, **({"stars": 5, "at": NOW} | words))
    return refused.value.code


def masses_of(scheme, cast):
    lines = scores.workings(scheme, [cast.alliance])[cast.alliance.pk]["lines"]
    return next(line for line in lines if line["source"] == "masses")


def test_a_code_is_good_for_one_opinion(cast):
    code = slips(cast, running(cast))[0]
    transitions.vote(code.lower().replace("-", " "), stars=4, words=" 路灯修好了 ", at=NOW)
    said = Opinion.objects.get()
    assert (said.score, said.words, said.alliance) == (Decimal(80), "路灯修好了", cast.alliance)
    assert refusal_of(code) == "used"
    assert Opinion.objects.count() == 1


def test_only_digests_are_stored_and_nothing_leads_from_an_opinion_to_its_slip_or_a_moment(cast):
    codes = slips(cast, running(cast))
    transitions.vote(codes[0], stars=4, at=NOW)
    assert not OpinionSlip.objects.filter(digest__in=codes).exists()
    assert {field.name for field in Opinion._meta.fields} == {
        "id", "scheme", "alliance", "score", "words", "at", "synthetic",
    }  # fmt: skip
    assert {field.name for field in OpinionSlip._meta.fields} == {"id", "batch", "digest", "used"}
    assert Opinion.objects.get().at.astimezone(NOW.tzinfo).hour == 0
    assert not Step.objects.filter(thing_type__model__in=("opinion", "opinionslip")).exists()
    tables = connection.introspection.table_names()
    assert not {"assessments_opinionevent", "assessments_opinionslipevent"} & set(tables)


def test_unknown_codes_and_those_of_a_rating_that_is_over_are_refused(cast):
    scheme = running(cast)
    code = slips(cast, scheme)[0]
    assert refusal_of("2222-2222") == "no_such_code"
    assert refusal_of("") == "no_such_code"
    scoring(cast, scheme)
    assert refusal_of(code) == "over"
    assert not OpinionSlip.objects.filter(used=True).exists()


@pytest.mark.parametrize(("stars", "shown"), [((5, 5), None), ((5, 4, 3), "80.00"), ((1, 2, 5), "53.33")])
def test_the_masses_count_from_three(cast, stars, shown):
    scheme = running(cast)
    voted(cast, scheme, *stars)
    line = masses_of(scheme, cast)
    assert line["points"] == shown
    assert line["raters"] == len(stars)


@pytest.mark.parametrize("who", ["fulian", "lindong", "chifeng", "nanyang", "lushan"])
def test_only_the_lead_or_a_community_among_the_members_hands_out_slips(cast, who):
    own = {"fulian": "fulian_org", "lushan": "lushan_org"}.get(who, "dongshiqiao_org")
    with pytest.raises(PermissionDenied):
        transitions.issue(
            running(cast), cast.alliance, getattr(cast, own), count=3, by=getattr(cast, who), at=NOW
        )


@pytest.mark.parametrize("count", [0, 201])
def test_so_many_at_once(cast, count):
    with pytest.raises(ValidationError):
        slips(cast, running(cast), count)


def test_a_scheme_that_does_not_ask_the_masses_has_no_slips(cast):
    with pytest.raises(Refused) as refusal:
        slips(cast, opened(cast))
    assert refusal.value.code == "not_asked"


def test_the_paper_is_shown_once_and_a_form_sent_twice_makes_no_second_paper(cast, client):
    scheme = running(cast)
    client.force_login(cast.dongshiqiao)
    page = reverse("assessments:slips", args=[scheme.pk, cast.alliance.pk])
    said = {"organization": cast.dongshiqiao_org.pk, "count": 3, "once": "a" * 32}
    paper = client.post(page, said)
    assert paper.text.count("slips__code") == 3
    assert client.post(page, said).status_code == 302
    assert SlipBatch.objects.get().slips.count() == 3
    client.force_login(cast.fulian)
    assert client.get(page).status_code == 403
    client.force_login(cast.nanyang)
    assert client.get(page).status_code == 404


def test_the_page_without_a_log_in_takes_one_tap_and_keeps_nothing_of_who_it_was(cast, client):
    code = slips(cast, running(cast))[0]
    page = reverse("opinion")
    assert client.get(page).status_code == 200
    asked = client.post(page, {"code": code})
    assert cast.alliance.name in asked.text
    assert asked.headers["Cache-Control"] == "no-store"
    assert not Opinion.objects.exists()
    assert client.post(page, {"code": code, "stars": "9"}).status_code == 422
    assert client.post(page, {"code": code, "stars": "5", "words": "长" * 10_000}).status_code == 422
    thanks = client.post(page, {"code": code, "stars": "5", "words": "谢谢"})
    assert thanks.url == reverse("opinion_thanks")
    assert client.get(thanks.url).status_code == 200
    again = client.post(page, {"code": code, "stars": "1"})
    assert again.status_code == 409
    assert Opinion.objects.get().score == 100
    assert not Denial.objects.exclude(address=None).exists()
    assert Denial.objects.get(code="used").user is None
    assert "sessionid" not in client.cookies


def test_guessing_is_slowed_down_and_a_whole_meeting_behind_one_address_is_not(cast, client):
    codes = slips(cast, running(cast), 15)
    page = reverse("opinion")
    for code in codes[:12]:
        assert client.post(page, {"code": code, "stars": "4"}).status_code == 302
    wrong = [client.post(page, {"code": f"2222-33{n:02}"}).status_code for n in range(11)]
    assert wrong == [409] * 10 + [429]
    refused = client.post(page, {"code": codes[12], "stars": "4"})  # a right one answers as a wrong one meanwhile
    assert refused.status_code == 429
    assert refused.headers["Retry-After"]
    assert Opinion.objects.count() == 12
    assert not [key for key in throttling._here if "127.0.0.1" in key]


def test_what_one_more_voice_changes_is_shown_to_nobody_before_the_rating_has_ended(cast, client):
    """Between two looks at an open scheme only numbers of raters differ: no mean, no score, no words."""
    scheme = running(cast)
    voted(cast, scheme, 5, 5, 5)
    codes = slips(cast, scheme, 1)
    pages = [reverse("assessments:detail", args=[scheme.pk]), reverse("assessments:progress", args=[scheme.pk])]
    hidden = [reverse("assessments:results", args=[scheme.pk]), reverse("assessments:export", args=[scheme.pk])]
    hidden.append(reverse("assessments:result", args=[scheme.pk, cast.alliance.pk]))
    client.force_login(cast.chifeng)
    before = [client.get(page).text for page in pages]
    assert [client.get(page).status_code for page in hidden] == [404, 404, 404]
    transitions.vote(codes[0], stars=1, words="不好", at=NOW)
    after = [client.get(page).text for page in pages]
    assert "4 / 4" in after[1]
    for text in (*before, *after):
        assert "不好" not in text
        assert "80.00" not in text
        assert "100.00" not in text


def test_rest_hands_out_slips_as_the_page_does(cast, client):
    scheme = running(cast)
    client.force_login(cast.dongshiqiao)
    path = f"/api/v1/assessments/{scheme.pk}/slips/"
    made = client.post(path, {"alliance": cast.alliance.pk, "count": 3}, "application/json")
    assert made.status_code == 201
    transitions.vote(made.json()["codes"][0], stars=3, at=NOW)
    assert SlipBatch.objects.with_used().get().used == 1
    client.force_login(cast.fulian)
    assert client.post(path, {"alliance": cast.alliance.pk, "count": 3}, "application/json").status_code == 403
