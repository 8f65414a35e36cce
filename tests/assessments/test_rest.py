"""REST of the year, the quarter and four eyes takes the same steps as the pages, and no key comes in."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from alliances.models import Rectification
from assessments import reviews
from assessments.models import AllianceScore, Proposal, Rating, Scheme
from members.models import Approval, Step
from tests.assessments.facts import QUARTER_END, solved
from tests.assessments.years import closed, draft, opened
from tests.cast import KEY, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(cast):
    reviews.run(QUARTER_END)
    return Proposal.objects.get(alliance=cast.alliance, kind="rectify")


def session_of(user):
    browser = APIClient()
    browser.force_login(user)
    return browser


def post(user, path, **body):
    return session_of(user).post(f"/api/v1/{path}", body, format="json")


def test_confirming_is_accepted_and_takes_effect_when_another_person_approves(cast, proposal):
    asked = post(cast.chifeng, f"proposals/{proposal.pk}/confirm/", reason="没有动静", due_on="2099-01-31")
    assert asked.status_code == 202
    assert not Rectification.objects.exists()
    approved = post(cast.chifeng2, f"approvals/{asked.json()['id']}/approve/")
    assert (approved.status_code, approved.json()["state"]) == (200, "approved")
    assert Rectification.objects.get().due_on == date(2099, 1, 31)


def test_the_proposer_is_forbidden_to_approve(cast, proposal):
    asked = post(cast.chifeng, f"proposals/{proposal.pk}/confirm/", reason="没有动静")
    assert post(cast.chifeng, f"approvals/{asked.json()['id']}/approve/").status_code == 403
    assert Approval.objects.get().state == "pending"


def test_what_was_approved_cannot_be_approved_twice(cast, proposal):
    asked = post(cast.chifeng, f"proposals/{proposal.pk}/confirm/", reason="没有动静")
    path = f"approvals/{asked.json()['id']}/approve/"
    assert post(cast.chifeng2, path).status_code == 200
    assert post(cast.chifeng2, path).status_code == 409
    assert Rectification.objects.count() == 1


def test_what_cannot_happen_any_more_leaves_the_approval_pending(cast, proposal):
    asked = post(cast.chifeng, f"proposals/{proposal.pk}/confirm/", reason="没有动静")
    cast.alliance.__class__.objects.filter(pk=cast.alliance.pk).update(state="rectifying")
    assert post(cast.chifeng2, f"approvals/{asked.json()['id']}/approve/").status_code == 409
    assert Approval.objects.get().state == "pending"
    proposal.refresh_from_db()
    assert proposal.state == "waiting"


def test_a_no_puts_the_proposal_back(cast, proposal):
    asked = post(cast.chifeng, f"proposals/{proposal.pk}/overrule/", reason="季节性")
    assert post(cast.chifeng2, f"approvals/{asked.json()['id']}/refuse/", answer="再看一季度").status_code == 200
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_overruling_needs_two_people_too(cast, proposal):
    asked = post(cast.chifeng, f"proposals/{proposal.pk}/overrule/", reason="季节性")
    post(cast.chifeng2, f"approvals/{asked.json()['id']}/approve/")
    proposal.refresh_from_db()
    assert proposal.state == "overruled"
    assert not Rectification.objects.exists()


@pytest.mark.parametrize("who", ["nanyang", "fulian", "dongshiqiao"])
def test_what_is_not_visible_is_not_found(cast, proposal, who):
    caller = getattr(cast, who)
    assert session_of(caller).get(f"/api/v1/proposals/{proposal.pk}/").status_code == 404
    assert post(caller, f"proposals/{proposal.pk}/confirm/", reason="。").status_code == 404
    listed = session_of(caller).get("/api/v1/proposals/").json()["results"]
    assert cast.alliance.pk not in [row["alliance"] for row in listed]


def test_a_street_sees_and_is_forbidden(cast, proposal):
    assert session_of(cast.lindong).get(f"/api/v1/proposals/{proposal.pk}/").status_code == 200
    assert post(cast.lindong, f"proposals/{proposal.pk}/confirm/", reason="。").status_code == 403


def test_a_confirmation_without_a_reason_is_invalid(cast, proposal):
    assert post(cast.chifeng, f"proposals/{proposal.pk}/confirm/").status_code == 422


@pytest.mark.parametrize("route", ["assessments", "reviews", "proposals", "approvals"])
def test_a_key_is_forbidden_here_whatever_its_scopes(cast, route):
    client_of("1504", "statistics:read", "register:read", "lists:read", "items:write", "claims:write")
    program = APIClient(headers={"Authorization": f"Bearer {KEY}"})
    assert program.get(f"/api/v1/{route}/").status_code == 403


def test_the_steps_of_page_and_rest_are_the_same(cast, proposal, client):
    post(cast.chifeng, f"proposals/{proposal.pk}/confirm/", reason="没有动静")
    post(cast.chifeng2, f"approvals/{Approval.objects.get().pk}/refuse/", answer="再看")
    by_rest = list(Step.objects.of(proposal).values_list("verb", "from_state", "to_state"))[1:]
    client.force_login(cast.chifeng)
    client.post(f"/proposals/{proposal.pk}/confirm/", {"reason": "没有动静"})
    client.force_login(cast.chifeng2)
    client.post(f"/approvals/{Approval.objects.get(state='pending').pk}/refuse/", {"answer": "再看"})
    by_page = list(Step.objects.of(proposal).values_list("verb", "from_state", "to_state"))[3:]
    assert by_page == by_rest


def test_a_scheme_opens_and_is_published_by_two_people(cast):
    scheme = draft(cast)
    asked = post(cast.chifeng, f"assessments/{scheme.pk}/open/", reason="年度考核")
    assert asked.status_code == 202
    assert post(cast.chifeng, f"approvals/{asked.json()['id']}/approve/").status_code == 403
    assert post(cast.chifeng2, f"approvals/{asked.json()['id']}/approve/").status_code == 200
    assert post(cast.chifeng, f"assessments/{scheme.pk}/close/").json()["state"] == "scoring"
    Scheme.objects.update(appeals_until=scheme.cut_off)  # nobody has appealed
    asked = post(cast.chifeng, f"assessments/{scheme.pk}/publish/", reason="核对无误")
    assert post(cast.chifeng2, f"approvals/{asked.json()['id']}/approve/").status_code == 200
    assert AllianceScore.objects.get().alliance == cast.alliance


def test_figures_that_changed_since_the_proposal_are_a_conflict(cast):
    scheme = closed(cast)
    asked = post(cast.chifeng, f"assessments/{scheme.pk}/publish/", reason="核对无误")
    solved(cast.alliance, 1, day=date(2019, 5, 6))
    conflict = post(cast.chifeng2, f"approvals/{asked.json()['id']}/approve/")
    assert (conflict.status_code, conflict.json()["code"]) == (409, "figures_changed")


def test_a_rating_by_rest_is_given_once(cast):
    scheme = opened(cast)
    pair = {"alliance": cast.alliance.pk, "organization": cast.fulian_org.pk, "direction": "members", "score": "80"}
    assert post(cast.fulian, f"assessments/{scheme.pk}/ratings/", **pair).status_code == 201
    again = post(cast.fulian, f"assessments/{scheme.pk}/ratings/", **pair)
    assert (again.status_code, again.json()["code"]) == (409, "already_rated")
    assert post(cast.dongshiqiao, f"assessments/{scheme.pk}/ratings/", **pair).status_code == 404
    assert post(cast.nanyang, f"assessments/{scheme.pk}/ratings/", **pair).status_code == 404
    assert Rating.objects.count() == 1


def test_a_scheme_that_takes_no_ratings_is_a_conflict(cast):
    scheme = closed(cast)
    pair = {"alliance": cast.alliance.pk, "organization": cast.fulian_org.pk, "direction": "members", "score": "80"}
    assert post(cast.fulian, f"assessments/{scheme.pk}/ratings/", **pair).status_code == 409
