"""A key on a page: one asks, the security administrator grants, who asked draws it once; before it ends it says so."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members import accounts, keys
from members.models import ApiClient, Approval, IdempotentAnswer, Notice
from members.notices import WRITERS, tell
from members.states import Refused
from members.transitions import approve
from tests.cast import KEY, client_of

pytestmark = pytest.mark.django_db
WORDS = {"name": "民政局低保系统", "scopes": ["statistics:read"], "days": 90, "reason": "数据共享"}
FIGURES = "/api/v1/figures/"


def granted(cast, place=None, **words):
    at = timezone.now()
    asked = keys.ask_key(place or cast.fulian_org, **(WORDS | words), by=cast.balinzuo, at=at)
    return approve(asked, by=cast.secadmin, at=at, verbs=accounts.VERBS)


def bearing(key):
    return {"HTTP_AUTHORIZATION": f"Bearer {key}"}


def test_a_key_is_asked_for_on_a_page_granted_by_another_and_drawn_once(client, cast):
    client.force_login(cast.balinzuo)
    form = {**WORDS, "place": "150422", "scopes": ["statistics:read", "lists:read"]}
    assert client.post(reverse("keys:ask"), form).status_code == 302
    assert client.post(reverse("keys:ask"), form).status_code == 409  # one for the place waits
    assert "民政局低保系统" in client.get(reverse("keys:list")).content.decode()
    assert not ApiClient.objects.exists()
    asked = Approval.objects.get()
    client.force_login(cast.secadmin)
    assert "接口密钥 · 民政局低保系统（读清单、读统计）" in client.get(reverse("accounts:grants")).content.decode()
    assert client.post(reverse("accounts:grant_approve", args=[asked.pk])).status_code == 302
    made = ApiClient.objects.get()
    assert client.post(reverse("keys:draw", args=[made.pk])).status_code == 403  # who grants does not draw
    client.force_login(cast.balinzuo)
    shown = client.post(reverse("keys:draw", args=[made.pk])).content.decode()
    key = shown.partition('class="key">')[2].partition("<")[0]
    assert client.post(reverse("keys:draw", args=[made.pk])).status_code == 409
    client.logout()
    assert client.get(FIGURES, **bearing(key)).status_code == 200
    assert key not in json.dumps(list(ApiClient.objects.values()), default=str)


def test_nobody_grants_what_they_have_asked_for_and_places_out_of_reach_answer_like_unknown_ones(client, cast):
    client.force_login(cast.nanyang)
    for place in ("1504", "990000", cast.fulian_org.code, "NO-SUCH"):
        answer = client.post(reverse("keys:ask"), {**WORDS, "place": place})
        assert answer.status_code == 422
        assert "没有这个代码，或它不在您的范围内。" in answer.content.decode()
    asked = keys.ask_key(cast.fulian_org, **WORDS, by=cast.secadmin, at=timezone.now())
    with pytest.raises(Exception, match="提出人不能复核"):
        approve(asked, by=cast.secadmin, at=timezone.now(), verbs=accounts.VERBS)


def test_page_and_rest_draw_alike_and_a_repeated_answer_tells_no_key(client, cast):
    made = granted(cast)
    client.force_login(cast.balinzuo)
    address = f"/api/v1/keys/{made.pk}/draw/"
    first = client.post(address, {}, "application/json", HTTP_IDEMPOTENCY_KEY="once")
    second = client.post(address, {}, "application/json", HTTP_IDEMPOTENCY_KEY="once")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["key"]
    assert second.json() == first.json() | {"key": None}
    assert first.json()["key"] not in IdempotentAnswer.objects.get().body
    with pytest.raises(Refused, match="领取过"):
        keys.draw_key(made, by=cast.balinzuo, at=timezone.now())
    assert client.post(f"/api/v1/keys/{made.pk}/revoke/", {"reason": "换系统"}, "application/json").status_code == 200
    assert client.get(FIGURES, **bearing(first.json()["key"])).json()["code"] == "key_revoked"


def test_a_key_that_writes_claims_belongs_to_an_organisation(client, cast):
    client.force_login(cast.balinzuo)
    form = {**WORDS, "place": "150422", "scopes": ["claims:write"]}
    answer = client.post(reverse("keys:ask"), form)
    assert (answer.status_code, Approval.objects.count()) == (422, 0)
    made = granted(cast, scopes=["claims:write"])
    assert (made.organization, made.region_id) == (cast.fulian_org, "150422")


@pytest.mark.parametrize(("change", "code"), [
    ({"revoked_at": timezone.now()}, "key_revoked"), ({"expires_at": timezone.now()}, "key_expired"),
    ({"digest": "x"}, "key_refused"),
])  # fmt: skip
def test_a_key_that_opens_nothing_says_why(client, cast, change, code):
    client_of("1504", "statistics:read")
    ApiClient.objects.update(**change)
    answer = client.get(FIGURES, **bearing(KEY))
    assert (answer.status_code, answer.json()["code"]) == (401, code)


def test_a_key_that_ends_within_thirty_days_says_when_in_every_answer(client, cast):
    made = client_of("1504", "statistics:read")
    assert "Key-Expires" not in client.get(FIGURES, **bearing(KEY))
    made.expires_at = timezone.now() + timedelta(days=29)
    made.save()
    answer = client.get(FIGURES, **bearing(KEY))
    assert answer["Key-Expires"].startswith(f"{timezone.localtime(made.expires_at):%Y-%m-%d}")
    assert (int(answer["RateLimit-Limit"]), int(answer["RateLimit-Remaining"])) == (120, 118)


def test_who_asked_hears_that_the_key_may_be_drawn(client, cast):
    granted(cast)
    tell(WRITERS, timezone.now())
    assert set(Notice.objects.filter(text__contains="密钥").values_list("user__username", flat=True)) == {
        "secadmin", "balinzuo",
    }  # fmt: skip
