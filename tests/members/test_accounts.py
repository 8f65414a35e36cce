"""Accounts: opened with a slip, useful after a second person's word, handed over, out when rights change."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from members import accounts
from members.checks import one_duty_each
from members.models import Approval, Role, Slip, Step, User
from members.states import Refused
from members.transitions import approve
from tests.cast import again

pytestmark = pytest.mark.django_db
GOOD = "Qinghe-7831-Luyuan"


def new_account(by, username="xinren"):
    return accounts.open_account(username=username, name="新人", by=by, at=timezone.now())


def test_a_slip_opens_an_account_once(client, cast):
    user = new_account(cast.balinzuo)
    code = accounts.issue_slip(user, by=cast.balinzuo, at=timezone.now())
    said = {"username": "xinren", "code": code.lower().replace("-", " "), "password": GOOD, "again": GOOD}
    assert client.post(reverse("accounts:activate"), said).status_code == 302
    assert User.objects.get(pk=user.pk).check_password(GOOD)
    assert client.post(reverse("accounts:activate"), said).status_code == 422


def test_a_slip_is_stored_as_a_digest_only(cast):
    code = accounts.issue_slip(new_account(cast.balinzuo), by=cast.balinzuo, at=timezone.now())
    assert code not in str(Slip.objects.values().get())
    assert not Step.objects.filter(detail__icontains=code).exists()


def test_a_new_slip_makes_the_old_one_void(cast):
    user = new_account(cast.balinzuo)
    old = accounts.issue_slip(user, by=cast.balinzuo, at=timezone.now())
    accounts.issue_slip(user, by=cast.balinzuo, at=timezone.now())
    with pytest.raises(Refused):
        accounts.activate("xinren", old, GOOD, at=timezone.now())


def test_a_slip_ends_after_its_term_and_belongs_to_one_account(cast):
    code = accounts.issue_slip(new_account(cast.balinzuo), by=cast.balinzuo, at=timezone.now())
    with pytest.raises(Refused):
        accounts.activate("xinren", code, GOOD, at=timezone.now() + accounts.SLIP_TERM + timedelta(seconds=1))
    with pytest.raises(Refused):
        accounts.activate("fulian", code, GOOD, at=timezone.now())


def test_slips_cannot_be_guessed_for_long(client, cast):
    said = {"username": "fulian", "code": "AAAA-AAAA-AAAA-AAAA", "password": GOOD, "again": GOOD}
    answers = {
        client.post(reverse("accounts:activate"), said, REMOTE_ADDR="10.9.8.7").status_code for _try in range(12)
    }
    assert answers == {422, 429}


def test_the_slip_is_shown_once_on_paper(client, cast):
    client.force_login(cast.balinzuo)
    page = reverse("accounts:slip", args=[cast.fulian.pk])
    assert "slip__code" not in client.get(page).content.decode()
    shown = client.post(page)
    assert "slip__code" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert "slip__code" not in client.get(page).content.decode()


@pytest.mark.parametrize("action", ["slip", "reset", "disable", "enable", "propose_role"])
@pytest.mark.parametrize(
    ("name", "status"), [("nanyang", 404), ("dongshiqiao", 404), ("fulian", 403), ("secadmin", 403)]
)
def test_only_a_superior_touches_an_account(client, cast, action, name, status):
    client.force_login(getattr(cast, name))
    answer = client.post(reverse(f"accounts:{action}", args=[cast.fulian.pk]), {"reason": "x"})
    assert answer.status_code == status


def test_nobody_touches_an_account_of_the_same_height_or_above(client, cast):
    client.force_login(cast.chifeng)
    assert client.post(reverse("accounts:reset", args=[cast.chifeng2.pk])).status_code == 404
    client.force_login(cast.balinzuo)
    assert client.post(reverse("accounts:reset", args=[cast.chifeng.pk])).status_code == 404


def test_a_reset_ends_the_old_password_and_every_session(client, cast):
    accounts.set_password(cast.fulian, GOOD, at=timezone.now(), by=cast.fulian)
    client.force_login(again(cast.fulian))
    assert client.get(reverse("accounts:settings")).status_code == 200
    accounts.reset(again(cast.fulian), by=cast.balinzuo, at=timezone.now())
    assert client.get(reverse("accounts:settings")).status_code == 302
    assert not again(cast.fulian).has_usable_password()


@pytest.mark.parametrize("change", ["disable", "grant", "end"])
def test_who_is_disabled_or_gets_another_role_is_out_on_the_next_request(client, cast, change):
    client.force_login(cast.fulian)
    client.get(reverse("accounts:settings"))
    user, at = again(cast.fulian), timezone.now()
    if change == "disable":
        accounts.disable(user, by=cast.balinzuo, at=at, reason="调离")
    elif change == "grant":
        accounts.grant_role(user, by=None, at=at, role="banner", region="150422")
    else:
        accounts.end_role(user.roles.get(), by=None, at=at)
    assert client.get(reverse("accounts:settings")).status_code == 302


def test_a_role_takes_effect_when_the_security_administrator_agrees(client, cast):
    client.force_login(cast.balinzuo)
    said = {"username": "xinren", "name": "新人", "role": "town", "place": "150422404", "reason": "新任", "x": ""}
    assert client.post(reverse("accounts:new"), said).status_code == 302
    approval = Approval.objects.get()
    assert not User.objects.get(username="xinren").rights.towns
    client.force_login(cast.balinzuo)
    assert client.post(reverse("accounts:grant_approve", args=[approval.pk])).status_code == 403
    client.force_login(cast.chifeng)
    assert client.post(reverse("accounts:grant_approve", args=[approval.pk])).status_code == 404
    client.force_login(cast.secadmin)
    assert "林东东城街道 · 乡镇街道党（工）委" in client.get(reverse("accounts:grants")).content.decode()
    assert client.post(reverse("accounts:grant_approve", args=[approval.pk])).status_code == 302
    assert User.objects.get(username="xinren").rights.towns == ("150422404",)
    assert client.post(reverse("accounts:grant_approve", args=[approval.pk])).status_code == 409


def test_a_refused_role_is_not_held(client, cast):
    accounts.propose_role(cast.fulian, by=cast.balinzuo, at=timezone.now(), reason="x", role="banner", region="150422")
    client.force_login(cast.secadmin)
    page = reverse("accounts:grant_refuse", args=[Approval.objects.get().pk])
    assert client.post(page, {"answer": "理由不足"}).status_code == 302
    assert again(cast.fulian).rights.departments == ()


@pytest.mark.parametrize("place", ["4113", "1504", "999999", "15042240400", "１５０４２２"])
def test_a_role_is_proposed_within_ones_own_reach_only(client, cast, place):
    client.force_login(cast.balinzuo)
    said = {"role": "city", "place": place, "reason": "x"}
    assert client.post(reverse("accounts:propose_role", args=[cast.fulian.pk]), said).status_code == 422
    assert not Approval.objects.exists()


def test_nobody_proposes_a_role_for_oneself(cast):
    with pytest.raises(PermissionDenied):
        accounts.propose_role(
            cast.balinzuo, by=cast.balinzuo, at=timezone.now(), reason="x", role="city", region="1504"
        )


def test_proposer_and_approver_are_two_people_also_for_the_database(cast):
    approval = accounts.propose_role(
        cast.fulian, by=cast.sysadmin, at=timezone.now(), reason="x", role="town", region="150422404"
    )
    with pytest.raises(PermissionDenied):
        approve(approval, by=cast.sysadmin, at=timezone.now(), verbs=accounts.VERBS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(decided_by=cast.sysadmin)


def test_a_post_passes_to_the_next_secretary(client, cast):
    client.force_login(cast.balinzuo)
    page = reverse("organizations:hand_over", args=[cast.fulian_org.pk])
    assert client.post(page, {"username": "xinshuji", "name": "新书记"}).status_code == 302
    assert User.objects.get(username="xinshuji").rights.organizations == {cast.fulian_org.pk}
    assert again(cast.fulian).rights.organizations == frozenset()
    assert Step.objects.of(cast.fulian_org).filter(verb="hand_over", by=cast.balinzuo).exists()


def test_nobody_hands_a_post_to_oneself_or_to_an_administrator(client, cast):
    client.force_login(cast.balinzuo)
    page = reverse("organizations:hand_over", args=[cast.fulian_org.pk])
    assert client.post(page, {"username": "balinzuo"}).status_code == 403
    assert client.post(page, {"username": "auditor"}).status_code == 422
    client.force_login(cast.dongshiqiao)
    assert client.post(page, {"username": "dongshiqiao"}).status_code == 403


@pytest.mark.parametrize(
    ("duty", "role"), [("business", "security"), ("security", "audit"), ("security", "city"), ("audit", "system")]
)
def test_one_account_never_holds_two_duties(cast, duty, role):
    user = accounts.open_account(username="er", name="二", by=None, at=timezone.now(), duty=duty)
    with pytest.raises(Refused, match="三员分立"):
        accounts.grant_role(user, by=None, at=timezone.now(), role=role, region="1504")


def test_two_duties_do_not_pass_the_wall_of_the_database(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(user=cast.auditor, role="security", duty="security", since=timezone.localdate())
        connection.check_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=cast.auditor.pk).update(duty="business")
        connection.check_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(user=cast.auditor, role="city", duty="audit", region_id="1504", since=timezone.localdate())


def test_the_deploy_check_names_a_missing_wall(cast):
    assert one_duty_each(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE members_role DROP CONSTRAINT role_has_the_duty_of_its_account")
    assert [problem.id for problem in one_duty_each(databases=["default"])] == ["members.E002"]


def test_a_new_account_has_a_sound_name(client, cast):
    client.force_login(cast.balinzuo)
    for username in ("", "A", "a b", "长" * 10_000, "fulian", "x\0y", "a/../b"):
        said = {"username": username, "name": "新", "role": "town", "place": "150422404", "reason": "x"}
        assert client.post(reverse("accounts:new"), said).status_code == 422, username[:10]


def test_disabled_accounts_get_no_slip(cast):
    user = accounts.disable(cast.fulian, by=cast.balinzuo, at=timezone.now(), reason="x")
    with pytest.raises(Refused):
        accounts.issue_slip(user, by=cast.balinzuo, at=timezone.now())
    accounts.enable(user, by=cast.balinzuo, at=timezone.now(), reason="x")
    assert accounts.issue_slip(user, by=cast.balinzuo, at=timezone.now())


def test_a_role_ends_for_an_account_and_cannot_point_to_nothing(cast):
    with pytest.raises(ValidationError):
        accounts.grant_role(cast.fulian, by=None, at=timezone.now(), role="banner", region="77")
