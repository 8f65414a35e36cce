"""A real office begins: departments register organisations and people, once; the operator opens the first account."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from members.models import Organization, PartyMember, Slip, Step
from tests.cast import organization

NEW = {
    "name": "临潢路社区党总支", "short_name": "", "pinyin": "", "region_code": "150422404001", "parent_code": "",
    "kind": "general_branch", "sector": "community", "industry": "governance", "level": "primary",
    "ownership": "public", "contact": "", "phone": "", "code": "", "is_of_place": "on",
}  # fmt: skip
PAGE = "/organizations/new/"

pytestmark = pytest.mark.django_db


def enter(client, user, **changes):
    client.force_login(user)
    return client.post(PAGE, NEW | changes)


def test_a_department_registers_an_organisation_of_its_banner(client, cast):
    assert enter(client, cast.balinzuo, parent_code=cast.town_org.code).status_code == 302
    made = Organization.objects.get(name=NEW["name"])
    assert made.code == f"ORG-150422-{made.pk:06d}"
    assert (made.place_id, made.parent, made.pinyin.split()[1]) == ("150422404001", cast.town_org, "lhlsqdzz")
    assert Step.objects.of(made).get().verb == "register"
    assert not made.synthetic


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"region_code": "4113"}, "region_code"),
        ({"region_code": "999"}, "region_code"),
        ({"parent_code": "nobody"}, "parent_code"),
        ({"name": "名" * 10_000}, "name"),
        ({"region_code": "150422"}, "is_of_place"),
        ({"region_code": "150422404002"}, "is_of_place"),
        ({"code": "ORG-000001"}, "code"),
    ],
)
def test_what_cannot_be_is_named_beside_its_field_and_kept(client, cast, changes, field):
    answer = enter(client, cast.balinzuo, **changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Organization.objects.filter(name=NEW["name"]).exists()


@pytest.mark.parametrize("who", ["lindong", "dongshiqiao", "sysadmin"])
def test_nobody_but_a_department_registers(client, cast, who):
    assert enter(client, getattr(cast, who)).status_code == 403


def test_a_parent_of_another_city_answers_like_an_unknown_one(client, cast):
    hidden = enter(client, cast.balinzuo, parent_code=cast.nanyang_org.code).context["form"].errors
    unknown = enter(client, cast.balinzuo, parent_code="nobody").context["form"].errors
    assert hidden == unknown


def test_a_branch_puts_its_own_members_on_its_list_and_no_other_list(client, cast):
    client.force_login(cast.fulian)
    said = {"name": "赵一", "post": "宣传委员", "phone": "", "since": "2020-01-01"}
    assert client.post(reverse("organizations:person_new", args=[cast.fulian_org.pk]), said).status_code == 302
    one = PartyMember.objects.get(name="赵一")
    assert (one.organization, one.since) == (cast.fulian_org, date(2020, 1, 1))
    assert Step.objects.of(one).get().organization == cast.fulian_org
    assert client.post(reverse("organizations:person_new", args=[cast.dongshiqiao_org.pk]), said).status_code == 403
    hidden = organization("别处党支部", "4113")
    assert client.post(reverse("organizations:person_new", args=[hidden.pk]), said).status_code == 404


def test_the_operator_issues_a_slip_for_the_first_account(cast, capsys):
    call_command("issue_slip", "chifeng")
    assert Slip.objects.get(user=cast.chifeng).issued_by is None
    assert Step.objects.of(cast.chifeng).get().verb == "issue_slip"
    assert len(capsys.readouterr().out.strip().splitlines()[-1]) == 19
    with pytest.raises(CommandError):
        call_command("issue_slip", "nobody")
