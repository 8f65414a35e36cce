"""Log-in: the same answer for wrong and unknown, a lock that needs no Redis, sessions that end, passwords that hold."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import accounts
from members.models import Denial, Session, User
from members.passwords import PROFILES
from members.sessions import ABSOLUTE, IDLE
from tests.cast import again

pytestmark = pytest.mark.django_db
GOOD = "Qinghe-7831-Luyuan"
LOGIN = "/login/"


@pytest.fixture
def fulian_with_password(cast):
    accounts.set_password(cast.fulian, GOOD, at=timezone.now(), by=None)
    return again(cast.fulian)


def log_in(client, username="fulian", password=GOOD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def words(answer):
    return answer.content.decode().split("<form", 1)[1].replace("fulian", "NAME").replace("nobody", "NAME")


def without_token(text):
    return "".join(part for part in text.split("\n") if "csrfmiddlewaretoken" not in part)


def test_a_right_password_opens_the_house(client, fulian_with_password):
    assert log_in(client).status_code == 302
    assert client.get(reverse("accounts:settings")).status_code == 200


def test_wrong_unknown_and_disabled_sound_alike(client, fulian_with_password):
    wrong = log_in(client, password="no")
    unknown = log_in(client, username="nobody")
    assert wrong.status_code == unknown.status_code == 422
    assert without_token(words(wrong)) == without_token(words(unknown))
    User.objects.update(is_active=False)
    assert without_token(words(log_in(client))) == without_token(words(unknown))


def test_unknown_accounts_cost_a_hash_like_known_ones(client, fulian_with_password, monkeypatch):
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.models.AbstractBaseUser.set_password", lambda self, raw: hashed.append(raw)
    )
    monkeypatch.setattr(User, "set_password", lambda self, raw: hashed.append(raw))
    log_in(client, username="nobody")
    assert len(hashed) == 1


@pytest.mark.parametrize("username", ["fulian", "nobody"])
def test_five_failures_lock_the_account_from_that_address(client, fulian_with_password, username):
    answers = [log_in(client, username=username, password="no").status_code for _try in range(6)]
    assert answers[:4] == [422] * 4
    assert answers[-1] == 429
    locked = log_in(client, username=username)
    assert locked.status_code == 429
    assert int(locked["Retry-After"]) > 0


def test_another_address_and_another_account_stay_free(client, cast, fulian_with_password):
    for _try in range(6):
        log_in(client, password="no")
    assert Client(REMOTE_ADDR="10.0.0.9").post(LOGIN, {"username": "fulian", "password": GOOD}).status_code == 302
    accounts.set_password(cast.dongshiqiao, GOOD, at=timezone.now(), by=None)
    assert log_in(Client(), username="dongshiqiao").status_code == 302


def test_a_forged_forwarding_header_does_not_open_the_lock(fulian_with_password):
    for number in range(6):
        Client(HTTP_X_FORWARDED_FOR=f"1.2.3.{number}").post(LOGIN, {"username": "fulian", "password": "no"})
    answer = Client(HTTP_X_FORWARDED_FOR="9.9.9.9").post(LOGIN, {"username": "fulian", "password": GOOD})
    assert answer.status_code == 429


def test_the_lock_holds_without_redis(client, fulian_with_password, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    for _try in range(6):
        log_in(client, password="no")
    assert log_in(client).status_code == 429


def test_a_failed_log_in_leaves_a_trace_without_the_password(client, fulian_with_password):
    log_in(client, password="Geheim-1234-xyz")
    denial = Denial.objects.get()
    assert (denial.path, denial.code, denial.user) == (LOGIN, "login_failed", None)
    assert "Geheim" not in str(denial.__dict__)


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "\0"]
)
def test_next_leads_nowhere_else(client, fulian_with_password, target):
    assert log_in(client, next=target)["Location"] == "/"
    assert client.post(reverse("accounts:elder"), {"elder": "1", "next": target})["Location"] == "/"


def test_next_leads_to_a_page_of_ours(client, fulian_with_password):
    assert log_in(client, next="/organizations/?q=a")["Location"] == "/organizations/?q=a"


@pytest.mark.parametrize("username", ["", "\0", "长" * 10_000, "a" * 41, "'; --"])
def test_odd_names_are_refused_orderly(client, db, username):
    assert log_in(client, username=username).status_code == 422


def test_the_key_of_a_session_rotates_at_log_in(client, cast, fulian_with_password):
    client.force_login(cast.dongshiqiao)
    before = client.cookies["sessionid"].value
    client.post(reverse("accounts:logout"))
    log_in(client)
    first = client.cookies["sessionid"].value
    other = Client()
    log_in(other)
    assert len({before, first, other.cookies["sessionid"].value}) == 3
    assert not Session.objects.filter(pk=before).exists()


@pytest.mark.parametrize(("column", "age", "status"), [
    ("seen_at", IDLE - timedelta(minutes=1), 200), ("seen_at", IDLE + timedelta(seconds=1), 302),
    ("created_at", ABSOLUTE - timedelta(minutes=1), 200), ("created_at", ABSOLUTE + timedelta(seconds=1), 302),
])  # fmt: skip
def test_a_session_ends_after_half_an_hour_idle_or_half_a_day(client, cast, column, age, status):
    client.force_login(cast.fulian)
    Session.objects.update(**{column: timezone.now() - age})
    assert client.get(reverse("accounts:settings")).status_code == status
    assert Session.objects.exists() == (status == 200)


def test_use_keeps_a_session_alive_and_saving_it_does_not_make_it_younger(client, cast):
    client.force_login(cast.fulian)
    long_ago = timezone.now() - timedelta(hours=11)
    Session.objects.update(created_at=long_ago, seen_at=timezone.now() - timedelta(minutes=20))
    client.post(reverse("accounts:switch"), {"role": cast.fulian.roles.get().pk})
    session = Session.objects.get()
    assert session.created_at == long_ago
    assert timezone.now() - session.seen_at < timedelta(minutes=1)


def test_own_sessions_are_listed_and_revocable_and_others_are_not(cast):
    here, there, stranger = Client(), Client(), Client()
    for browser, user in ((here, cast.fulian), (there, cast.fulian), (stranger, cast.nanyang)):
        browser.force_login(user)
    listed = here.get(reverse("accounts:settings")).context["sessions"]
    assert len(listed) == 2
    other = next(handle for handle, _row, current, _device in listed if not current)
    key = there.cookies["sessionid"].value
    assert key not in here.get(reverse("accounts:settings")).content.decode()
    assert stranger.post(reverse("accounts:revoke_session", args=[other])).status_code == 404
    assert here.post(reverse("accounts:revoke_session", args=[other])).status_code == 302
    assert there.get(reverse("accounts:settings")).status_code == 302
    assert here.get(reverse("accounts:settings")).status_code == 200


def test_logging_out_is_a_post(client, cast):
    client.force_login(cast.fulian)
    assert client.get(reverse("accounts:logout")).status_code == 405
    client.post(reverse("accounts:logout"))
    assert client.get(reverse("accounts:settings")).status_code == 302


def test_one_acts_only_as_what_one_is(client, cast):
    client.force_login(cast.lindong)
    roles = list(cast.lindong.roles.values_list("pk", flat=True))
    assert client.post(reverse("accounts:switch"), {"role": roles[1]}).status_code == 302
    assert client.session["acting"] == roles[1]
    for role in (cast.nanyang.roles.get().pk, "x", "-1", "", 2**63):
        assert client.post(reverse("accounts:switch"), {"role": role}).status_code == 404


def test_large_type_is_remembered_on_the_device(client):
    client.post(reverse("accounts:elder"), {"elder": "1", "next": LOGIN})
    assert 'class="is-elder"' in client.get(LOGIN).content.decode()


@pytest.mark.parametrize("made", ["flag", "age"])
def test_who_must_renew_the_password_does_nothing_else_first(client, fulian_with_password, made):
    change = (
        {"must_change_password": True}
        if made == "flag"
        else {"password_changed_at": timezone.now() - timedelta(days=91)}
    )
    User.objects.filter(pk=fulian_with_password.pk).update(**change)
    log_in(client)
    assert client.get(reverse("organizations:list"))["Location"] == reverse("accounts:password")
    api = client.get("/api/v1/organizations/")
    assert (api.status_code, api.json()["code"]) == (403, "password_expired")
    new = "Lvshui-4419-Qingshan"
    said = {"present": GOOD, "password": new, "again": new}
    assert client.post(reverse("accounts:password"), said).status_code == 302
    assert client.get(reverse("organizations:list")).status_code == 200


def test_a_changed_password_ends_the_other_sessions(fulian_with_password):
    here, there = Client(), Client()
    log_in(here)
    log_in(there)
    new = "Lvshui-4419-Qingshan"
    here.post(reverse("accounts:password"), {"present": GOOD, "password": new, "again": new})
    assert here.get(reverse("accounts:settings")).status_code == 200
    assert there.get(reverse("accounts:settings")).status_code == 302


def test_the_present_password_is_needed_to_change_it(client, fulian_with_password):
    log_in(client)
    new = "Lvshui-4419-Qingshan"
    said = {"present": "wrong", "password": new, "again": new}
    assert client.post(reverse("accounts:password"), said).status_code == 422


def refused(profile, password, user=None):
    try:
        validate_password(password, user, get_password_validators(PROFILES[profile]))
    except ValidationError as weak:
        return {each.code for each in weak.error_list}
    return set()


@pytest.mark.parametrize(("profile", "password", "codes"), [
    ("djbh3", "Ab3-efghijk", {"password_too_short"}), ("djbh3", "Ab3-efghijkl", set()),
    ("djbh3", "abcdefghijk7", {"password_too_plain"}), ("djbh3", "ABCDEFGH-jkmx", set()),
    ("asvs", "abcdefghijklmn", {"password_too_short"}), ("asvs", "ufo landet im gras", set()),
    ("djbh3", "Chifeng-2019-x!", {"password_of_context"}), ("djbh3", "Ｃｈｉｆｅｎｇ-2019-x", {"password_of_context"}),
    ("djbh3", "wo-De-党建-12345", {"password_of_context"}),
])  # fmt: skip
def test_each_profile_has_its_bar(profile, password, codes):
    assert refused(profile, password) == codes


def test_names_of_the_person_and_of_the_organisation_are_no_password(cast):
    assert refused("djbh3", "Fulian-77-xyzw!", cast.fulian) == {"password_of_context"}
    assert refused("djbh3", "Aa7-巴林左旗妇联党支部", cast.fulian) == {"password_of_context"}


def test_the_last_five_passwords_stay_used(cast):
    user = cast.fulian
    used = [f"Qinghe-78{number}1-Luyuan" for number in range(6)]
    for password in used:
        accounts.set_password(user, password, at=timezone.now(), by=user)
    for password in used[1:]:
        with pytest.raises(ValidationError):
            accounts.set_password(user, password, at=timezone.now(), by=user)
    accounts.set_password(user, used[0], at=timezone.now(), by=user)


def test_the_middleware_knows_a_proxy_only_when_told(rf, settings):
    from members.middleware import address_of

    request = rf.get("/", HTTP_X_FORWARDED_FOR="6.6.6.6, 10.1.1.1", REMOTE_ADDR="10.0.0.1")
    assert address_of(request) == "10.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert address_of(request) == "10.1.1.1"
    assert address_of(SimpleNamespace(headers={}, META={})) is None


def test_no_password_of_any_time_stands_in_the_history(cast):
    """Neither the present hash nor the former ones are copied into the database's own history."""
    accounts.set_password(cast.fulian, "Qinghe-7831-Luyuan", at=timezone.now(), by=None)
    accounts.set_password(cast.fulian, "Shanhe-2290-Caoyuan", at=timezone.now(), by=None)
    kept = apps.get_model("members", "UserEvent")
    assert kept.objects.filter(pgh_obj=cast.fulian).exists()
    assert not [name.name for name in kept._meta.get_fields() if "passwords" in name.name or name.name == "password"]
