"""Every page of the ground opens for whom it is meant, answers 404 for what is hidden and 302 for strangers."""

import pytest
from django.urls import reverse
from django.utils import timezone

from members.complaints import complain
from members.models import Complaint, Organization
from tests.cast import person

pytestmark = pytest.mark.django_db

OPEN_TO_ALL = [
    "accounts:settings",
    "accounts:password",
    "accounts:list",
    "organizations:list",
    "inbox:list",
    "complaints:list",
    "complaints:new",
    "audit:steps",
]
EVERYBODY = ["chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian", "nanyang", "sysadmin", "secadmin", "auditor"]


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_pages_for_all_open_for_everybody(client, cast, name):
    client.force_login(getattr(cast, name))
    answers = {page: client.get(reverse(page)).status_code for page in OPEN_TO_ALL}
    assert answers == dict.fromkeys(OPEN_TO_ALL, 200)


@pytest.mark.parametrize("page", [*OPEN_TO_ALL, "audit:denials", "accounts:grants", "accounts:new"])
def test_a_stranger_is_sent_to_the_log_in(client, page):
    answer = client.get(reverse(page))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login/")


@pytest.mark.parametrize(
    ("page", "may"), [("audit:denials", {"secadmin", "auditor"}), ("accounts:grants", {"secadmin", "auditor"})]
)
def test_the_trail_of_security_is_for_its_administrators(client, cast, page, may):
    for name in EVERYBODY:
        client.force_login(getattr(cast, name))
        assert client.get(reverse(page)).status_code == (200 if name in may else 403), name


def test_an_organisation_is_described_to_its_department_and_named_to_its_allies(client, cast):
    Organization.objects.filter(pk=cast.fulian_org.pk).update(contact="王老师", phone="04761234567")
    page = reverse("organizations:detail", args=[cast.fulian_org.pk])
    client.force_login(cast.balinzuo)
    above = client.get(page).content.decode()
    assert "王老师" in above
    assert "047****4567" in above
    assert "04761234567" not in above
    client.force_login(cast.dongshiqiao)
    beside = client.get(page).content.decode()
    assert cast.fulian_org.name in beside
    assert "王老师" not in beside
    assert "4567" not in beside
    client.force_login(cast.nanyang)
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("action", ["detail", "edit", "contact", "phone", "people", "hand_over"])
def test_a_hidden_organisation_answers_exactly_like_an_absent_one(client, cast, action):
    client.force_login(cast.nanyang)
    hidden = client.get(reverse(f"organizations:{action}", args=[cast.fulian_org.pk]))
    absent = client.get(reverse(f"organizations:{action}", args=[987654321]))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    drop = lambda page: page.content.decode().replace(page["X-Request-Id"], "")  # noqa: E731
    assert drop(hidden) == drop(absent)


def test_the_department_edits_a_record_and_the_database_remembers_what_was_before(client, cast):
    client.force_login(cast.balinzuo)
    page = reverse("organizations:edit", args=[cast.fulian_org.pk])
    form = client.get(page).context["form"]
    said = {name: form[name].value() or "" for name in form.fields} | {"name": "巴林左旗妇女联合会党支部", "pinyin": ""}
    assert client.post(page, said).status_code == 302
    changed = Organization.objects.get(pk=cast.fulian_org.pk)
    assert changed.pinyin == "balinzuoqifunvlianhehuidangzhibu blzqfnlhhdzb"
    shown = client.get(reverse("organizations:detail", args=[changed.pk])).content.decode()
    assert cast.fulian_org.name in shown
    assert "修改资料" in shown


def test_an_organisation_cannot_be_moved_out_of_the_departments_reach(client, cast):
    client.force_login(cast.balinzuo)
    page = reverse("organizations:edit", args=[cast.fulian_org.pk])
    form = client.get(page).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    assert client.post(page, said | {"region_code": "4113"}).status_code == 422
    assert client.post(page, said | {"parent_code": cast.nanyang_org.code}).status_code == 422


def test_a_branch_writes_its_own_contact_data_and_nobody_elses(client, cast):
    client.force_login(cast.fulian)
    assert (
        client.post(
            reverse("organizations:contact", args=[cast.fulian_org.pk]), {"contact": "李", "phone": "1"}
        ).status_code
        == 302
    )
    assert (
        client.post(reverse("organizations:contact", args=[cast.dongshiqiao_org.pk]), {"contact": "李"}).status_code
        == 403
    )
    assert client.post(reverse("organizations:edit", args=[cast.fulian_org.pk]), {"name": "x"}).status_code == 403


def test_a_full_phone_needs_a_reason_and_leaves_a_trace(client, cast):
    member = person("赵", cast.fulian_org, phone="13800001234")
    page = reverse("organizations:person_phone", args=[member.pk])
    client.force_login(cast.fulian)
    assert "13800001234" not in client.get(reverse("organizations:people", args=[cast.fulian_org.pk])).content.decode()
    assert client.post(page, {"reason": ""}).status_code == 422
    assert "13800001234" in client.post(page, {"reason": "通知开会"}).content.decode()
    client.force_login(cast.auditor)
    assert "通知开会" in client.get(reverse("audit:steps")).content.decode()
    client.force_login(cast.dongshiqiao)
    assert client.post(page, {"reason": "好奇"}).status_code == 404


def test_party_members_of_an_ally_are_not_listed(client, cast):
    person("钱同志", cast.fulian_org)
    client.force_login(cast.dongshiqiao)
    assert "钱同志" not in client.get(reverse("organizations:people", args=[cast.fulian_org.pk])).content.decode()


def test_a_complaint_reaches_the_department_and_is_answered_once(client, cast):
    client.force_login(cast.fulian)
    client.post(reverse("complaints:new"), {"text": "表太多", "page": "/alliances/"})
    complaint = Complaint.objects.get()
    client.force_login(cast.nanyang)
    assert client.get(complaint.get_absolute_url()).status_code == 404
    client.force_login(cast.balinzuo)
    page = reverse("complaints:answer", args=[complaint.pk])
    assert client.post(page, {"answer": "已取消两张"}).status_code == 302
    assert client.post(page, {"answer": "再答"}).status_code == 409
    client.force_login(cast.fulian)
    assert "已取消两张" in client.get(complaint.get_absolute_url()).content.decode()


def test_nobody_answers_the_own_complaint(client, cast):
    complaint = complain(text="慢", page="", region_id="150422", by=cast.balinzuo, at=timezone.now())
    client.force_login(cast.balinzuo)
    assert client.post(reverse("complaints:answer", args=[complaint.pk]), {"answer": "好"}).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00",
        "?q=" + "长" * 10_000,
        "?cursor=xx",
        "?cursor=cD0lMDA%3D",
        "?password__startswith=a",
        "?kind=_connector",
    ],
)
@pytest.mark.parametrize("page", ["organizations:list", "accounts:list", "inbox:list"])
def test_odd_questions_get_an_orderly_answer(client, cast, page, query):
    client.force_login(cast.chifeng)
    assert client.get(reverse(page) + query).status_code in {200, 404}


@pytest.mark.parametrize("pk", ["0", "9223372036854775808", "99999999999999999999999999"])
@pytest.mark.parametrize("place", ["organizations", "accounts", "complaints"])
def test_impossible_ids_are_not_found(client, cast, place, pk):
    client.force_login(cast.chifeng)
    assert client.get(f"/{place}/{pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_organisations_asks_the_same_number_of_questions_however_long_it_is(
    client, cast, count, django_assert_max_num_queries
):
    for number in range(count):
        Organization.objects.create(
            code=f"X{number}", name=f"组织{number}", kind="branch", sector="organ", level="primary", region_id="150422"
        )
    client.force_login(cast.balinzuo)
    client.get(reverse("organizations:list"))
    with django_assert_max_num_queries(8):
        client.get(reverse("organizations:list"))


@pytest.mark.parametrize("page", ["accounts:list", "complaints:list", "audit:steps", "inbox:list"])
def test_the_other_lists_have_a_budget_too(client, cast, page, django_assert_max_num_queries):
    client.force_login(cast.chifeng)
    client.get(reverse(page))
    with django_assert_max_num_queries(9):
        client.get(reverse(page))
