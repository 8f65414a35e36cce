"""What a browser is told, what a forged request gets, what an error gives away."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.accounts import set_password
from members.models import Complaint, Denial, Role
from members.problems import document
from tests.cast import person

PAGES = ["accounts:settings", "accounts:list", "organizations:list", "inbox:list", "complaints:list", "audit:steps"]


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_pages_with_data_stay_out_of_caches_frames_and_foreign_scripts(client, cast, page):
    client.force_login(cast.chifeng)
    answer = client.get(reverse(page))
    policy = answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_the_session_cookie_is_for_the_server_only(client, cast):
    set_password(cast.fulian, "Qinghe-7831-Luyuan", at=timezone.now(), by=None)
    client.post("/login/", {"username": "fulian", "password": "Qinghe-7831-Luyuan"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["accounts:logout", "accounts:switch", "accounts:elder", "accounts:login", "complaints:new"]
)
def test_a_write_without_a_token_is_403_and_leaves_a_trace(cast, name):
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(cast.fulian)
    assert forger.post(reverse(name), {"text": "x"}).status_code == 403
    assert Denial.objects.get().user == cast.fulian
    assert not Complaint.objects.exists()


@pytest.mark.django_db
def test_rest_with_a_session_asks_for_the_token_too(cast):
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(cast.chifeng)
    answer = forger.post(f"/api/v1/alliances/{cast.alliance.pk}/rectify/", {"reason": "x"}, "application/json")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def broken(*args, **kwargs):
    raise ZeroDivisionError("a secret of the house")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/organizations/", "/api/v1/organizations/"])
def test_an_error_shows_its_number_and_nothing_else(cast, monkeypatch, path):
    client = Client(raise_request_exception=False)
    client.force_login(cast.chifeng)
    monkeypatch.setattr("members.querysets.OrganizationQuerySet.visible_to", broken)
    answer = client.get(path)
    text = answer.content.decode()
    assert answer.status_code == 500
    assert answer["X-Request-Id"] in text
    assert "secret" not in text
    assert "Traceback" not in text


@pytest.mark.django_db
def test_an_unknown_page_carries_its_number_too(client):
    answer = client.get("/nothing/")
    assert answer.status_code == 404
    assert answer["X-Request-Id"] in answer.content.decode()


@pytest.mark.django_db
def test_a_stranger_cannot_choose_the_number(client):
    assert client.get("/login/", HTTP_X_REQUEST_ID="evil")["X-Request-Id"] != "evil"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}", "\u202egnp.exe"]
)
def test_what_people_type_is_shown_as_text(client, cast, text):
    cast.fulian_org.name = text
    cast.fulian_org.save()
    member = person(text, cast.fulian_org, phone="13800001234")
    Complaint.objects.create(text=text, page=text, region_id="150422", by=cast.fulian, at=timezone.now())
    client.force_login(cast.balinzuo)
    pages = [
        reverse("organizations:list"), reverse("organizations:detail", args=[cast.fulian_org.pk]),
        reverse("organizations:people", args=[cast.fulian_org.pk]), reverse("complaints:list"),
        reverse("complaints:detail", args=[Complaint.objects.get().pk]),
        reverse("organizations:person_phone", args=[member.pk]),
        reverse("organizations:list") + "?q=" + text,
    ]  # fmt: skip
    for page in pages:
        shown = client.get(page).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "14" not in shown.split("<h1>")[1].split("</h1>")[0]


def test_a_problem_document_has_the_members_of_the_rfc():
    assert set(document(409, "full", "满")) == {"type", "title", "status", "detail", "code"}


@pytest.mark.django_db
def test_posting_what_the_form_does_not_ask_changes_nothing(client, cast):
    client.force_login(cast.fulian)
    page = reverse("organizations:contact", args=[cast.fulian_org.pk])
    forged = {
        "contact": "李",
        "phone": "1",
        "name": "改名",
        "region": "4113",
        "parent": cast.nanyang_org.pk,
        "code": "X",
    }
    client.post(page, forged)
    before = cast.fulian_org
    after = type(before).objects.get(pk=before.pk)
    assert (after.name, after.region_id, after.parent_id, after.code) == (
        before.name,
        before.region_id,
        before.parent_id,
        before.code,
    )
    client.post(
        reverse("accounts:switch"),
        {"role": cast.fulian.roles.get().pk, "region": "4113", "is_active": "0", "duty": "system"},
    )
    assert Role.objects.filter(user=cast.fulian).count() == 1
