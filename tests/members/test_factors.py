"""The second factor: a password alone does not open the account; a code opens once; a lost phone is no disaster."""

from datetime import timedelta

import pyotp
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import accounts, factors
from members.models import Denial, SecondFactor, Session, Step
from members.sealing import unseal
from members.states import Refused
from members.throttling import _here
from members.views.factors import HALFWAY, HALFWAY_TERM
from tests.cast import again

pytestmark = pytest.mark.django_db
GOOD = "Qinghe-7831-Luyuan"
LOGIN = "/login/"
SECOND = "/login/code/"


@pytest.fixture(autouse=True)
def counts_anew():
    _here.clear()


@pytest.fixture
def balinzuo(cast):
    accounts.set_password(cast.balinzuo, GOOD, at=timezone.now(), by=None)
    return again(cast.balinzuo)


@pytest.fixture
def equipped(balinzuo):
    """An account with an authenticator, its secret, its recovery codes; set up an hour ago."""
    then = timezone.now() - timedelta(hours=1)
    secret = factors.prepare(balinzuo, at=then)
    codes = factors.confirm(balinzuo, pyotp.TOTP(secret).at(then), at=then)
    return again(balinzuo), secret, codes


def password(client, **more):
    return client.post(LOGIN, {"username": "balinzuo", "password": GOOD, **more})


def now_of(secret):
    return pyotp.TOTP(secret).now()


def test_a_right_password_alone_opens_nothing(client, equipped):
    answer = password(client, next="/items/")
    assert (answer.status_code, answer["Location"]) == (302, SECOND)
    assert client.get(reverse("accounts:settings")).status_code == 302
    assert client.get(SECOND).status_code == 200
    assert Session.objects.filter(user=equipped[0]).count() == 0


def test_with_its_code_one_is_in_and_goes_where_one_wanted(client, equipped):
    password(client, next="/items/")
    before = client.session.session_key
    answer = client.post(SECOND, {"code": now_of(equipped[1])})
    assert (answer.status_code, answer["Location"]) == (302, "/items/")
    assert client.get(reverse("accounts:settings")).status_code == 200
    assert client.session.session_key != before


def test_a_code_opens_once(equipped):
    user, secret, _codes = equipped
    at = timezone.now()
    code = pyotp.TOTP(secret).at(at)
    factors.prove(user, code, at=at)
    with pytest.raises(Refused, match="验证码") as twice:
        factors.prove(user, code, at=at + timedelta(seconds=5))
    assert twice.value.code == "wrong_code"


@pytest.mark.parametrize(("seconds", "opens"), [(-60, False), (-30, True), (0, True), (30, False), (3600, False)])
def test_a_code_is_good_for_its_half_minute_and_the_one_after(equipped, seconds, opens):
    user, secret, _codes = equipped
    at = timezone.now()
    code = pyotp.TOTP(secret).at(at + timedelta(seconds=seconds))
    if opens:
        factors.prove(user, code, at=at)
    else:
        with pytest.raises(Refused):
            factors.prove(user, code, at=at)


def test_a_recovery_code_opens_once_however_it_is_typed(equipped):
    user, _secret, codes = equipped
    assert len(set(codes)) == factors.RECOVERY_CODES
    factors.prove(user, codes[0].lower().replace("-", " "), at=timezone.now())
    with pytest.raises(Refused):
        factors.prove(user, codes[0], at=timezone.now())
    factors.prove(user, codes[1], at=timezone.now())


def test_nothing_in_the_database_opens_by_itself(equipped):
    user, secret, codes = equipped
    factor = SecondFactor.objects.get(user=user)
    stored = factor.secret + "".join(factor.recovery_codes.values_list("digest", flat=True))
    assert secret not in stored
    assert not any(code.replace("-", "") in stored for code in codes)
    assert unseal(factor.secret, factors.PURPOSE) == secret


def test_five_wrong_codes_lock_also_the_right_one_and_also_from_elsewhere(equipped):
    user, secret, _codes = equipped
    at = timezone.now()
    for _try in range(factors.TRIES):
        with pytest.raises(Refused) as wrong:
            factors.prove(user, "000000", at=at)
        assert wrong.value.code == "wrong_code"
    with pytest.raises(Refused) as locked:
        factors.prove(user, pyotp.TOTP(secret).at(at), at=at)
    assert locked.value.code == "factor_locked"
    later = at + factors.LOCK + timedelta(seconds=1)
    factors.prove(user, pyotp.TOTP(secret).at(later), at=later)


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "0" * 20, "\u202e12345", "' OR 1=1 --"])
def test_what_is_no_code_is_said_on_the_form(client, equipped, code):
    password(client)
    answer = client.post(SECOND, {"code": code})
    assert answer.status_code == 422
    assert client.get(reverse("accounts:settings")).status_code == 302


def test_guessing_on_the_page_is_told_to_wait_and_leaves_a_trace(client, equipped):
    password(client)
    answers = [client.post(SECOND, {"code": "000000"}).status_code for _try in range(7)]
    assert answers[:5] == [422] * 5
    assert answers[-1] == 429
    assert Denial.objects.filter(code="wrong_code").count() == 5


def test_who_gave_no_password_finds_no_second_step(client, equipped):
    assert client.get(SECOND)["Location"] == LOGIN
    assert client.post(SECOND, {"code": now_of(equipped[1])})["Location"] == LOGIN


def test_the_second_step_ends_with_the_account_and_with_time(client, equipped):
    password(client)
    session = client.session
    session[HALFWAY]["at"] -= HALFWAY_TERM.total_seconds()
    session.save()
    assert client.post(SECOND, {"code": now_of(equipped[1])})["Location"] == LOGIN
    password(client)
    type(equipped[0]).objects.filter(pk=equipped[0].pk).update(is_active=False)
    assert client.post(SECOND, {"code": now_of(equipped[1])})["Location"] == LOGIN


def test_who_must_have_one_does_nothing_before(client, balinzuo, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    assert password(client).status_code == 302
    page = reverse("accounts:factor_set_up")
    assert client.get(reverse("accounts:settings"))["Location"] == page
    refused = client.get("/api/v1/items/")
    assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_missing")
    assert "<svg" not in client.get(page).content.decode().partition("<main")[2].partition('class="scan"')[2]
    client.post(page)
    assert "<svg" in client.get(page).content.decode().partition('class="scan"')[2]
    codes = client.post(page, {"code": now_of(factors.prepared(balinzuo))})
    assert codes.content.decode().count("<code>") == factors.RECOVERY_CODES
    assert client.get(reverse("accounts:settings")).status_code == 200
    assert client.get("/api/v1/items/").status_code == 200


@pytest.mark.parametrize(
    ("who", "must"),
    [("chifeng", True), ("balinzuo", True), ("sysadmin", True), ("secadmin", True), ("auditor", True),
     ("lindong", False), ("dongshiqiao", False), ("fulian", False)],
)  # fmt: skip
def test_administrators_and_departments_must_all_others_may(cast, settings, who, must):
    user = getattr(cast, who)
    assert factors.required_of(user) is False
    settings.REQUIRE_SECOND_FACTOR = True
    assert factors.required_of(user) is must


def test_setting_up_ends_the_other_sessions(balinzuo):
    elsewhere, here = Client(), Client()
    password(elsewhere)
    password(here)
    here.post(reverse("accounts:factor_set_up"))
    here.post(reverse("accounts:factor_set_up"), {"code": now_of(factors.prepared(balinzuo))})
    assert here.get(reverse("accounts:settings")).status_code == 200
    assert elsewhere.get(reverse("accounts:settings")).status_code == 302


def test_a_secret_is_shown_before_it_counts_and_never_after(client, equipped):
    user, secret, _codes = equipped
    client.force_login(user)
    for name in ("factor", "factor_set_up", "factor_codes", "settings"):
        assert secret not in client.get(reverse(f"accounts:{name}"), follow=True).content.decode().replace(" ", "")
    with pytest.raises(Refused) as there:
        factors.prepare(user, at=timezone.now())
    assert there.value.code == "has_factor"


def test_new_recovery_codes_void_the_old_ones(equipped):
    user, secret, codes = equipped
    at = timezone.now()
    fresh = factors.renew_codes(user, pyotp.TOTP(secret).at(at), at=at)
    with pytest.raises(Refused):
        factors.prove(user, codes[0], at=at)
    factors.prove(user, fresh[0], at=at)


def test_its_owner_gives_it_up_with_a_last_code_where_that_is_allowed(equipped, settings):
    user, secret, _codes = equipped
    at = timezone.now()
    settings.REQUIRE_SECOND_FACTOR = True
    with pytest.raises(PermissionDenied):
        factors.give_up(user, pyotp.TOTP(secret).at(at), at=at)
    settings.REQUIRE_SECOND_FACTOR = False
    with pytest.raises(Refused):
        factors.give_up(user, "000000", at=at)
    factors.give_up(user, pyotp.TOTP(secret).at(at), at=at)
    assert not factors.has_factor(user)


def test_a_lost_one_is_removed_by_the_security_administrator_alone(cast, equipped):
    user = equipped[0]
    there = Client()
    there.force_login(user)
    page = reverse("accounts:factor_remove", args=[user.pk])
    for other in ("chifeng", "sysadmin", "auditor", "nanyang"):
        browser = Client()
        browser.force_login(getattr(cast, other))
        assert browser.post(page, {"reason": "手机丢失"}).status_code in {403, 404}
    browser = Client()
    browser.force_login(cast.secadmin)
    assert browser.post(page, {"reason": ""}).status_code == 422
    assert browser.post(page, {"reason": "手机丢失，已当面核实"}).status_code == 302
    assert not factors.has_factor(user)
    assert there.get(reverse("accounts:settings")).status_code == 302
    assert Step.objects.of(user).filter(verb="remove_factor", by=cast.secadmin).count() == 1


def test_each_verb_leaves_its_step_and_no_secret(equipped):
    user, secret, codes = equipped
    steps = Step.objects.of(user).filter(verb="set_up_factor")
    assert steps.count() == 1
    told = str(list(Step.objects.of(user).values_list("detail", "reason", flat=False)))
    assert secret not in told
    assert codes[0] not in told
