"""Rules differ by place, as data: the general ones, Chifeng's, Nanyang's."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from alliances import transitions as verbs
from alliances.loading import load_rules
from alliances.models import ChecklistMark, ChecklistRow, RuleSet
from alliances.transitions import refuse_head
from assessments import approvals
from members.models import Approval, Region
from members.states import Refused
from tests.cast import NOW, alliance, organization


def test_the_shipped_rules_are_made_once_and_what_was_changed_stays(cast):
    assert load_rules() == 3
    RuleSet.objects.filter(region="1504").update(silence_days=15)
    assert load_rules() == 0
    call_command("load_rules", verbosity=0)
    assert RuleSet.objects.for_region("150422404002").silence_days == 15
    assert RuleSet.objects.count() == 3


def test_a_region_not_yet_loaded_gets_its_rules_later(db):
    assert load_rules() == 1
    assert RuleSet.objects.for_region("411302").region_id is None


def test_the_nearest_region_upwards_rules(cast):
    load_rules()
    RuleSet.objects.create(region_id="150422", silence_days=3)
    assert RuleSet.objects.for_region("150422404").silence_days == 3
    assert RuleSet.objects.for_region("150402").region_id == "1504"
    assert RuleSet.objects.for_region("411302001").first_agenda_item
    assert not RuleSet.objects.for_region("150402").head_reserved
    assert RuleSet.objects.for_region("37").region_id is None


def test_there_is_one_general_rule_set(db):
    RuleSet.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSet.objects.create()


def test_where_nobody_set_rules_the_defaults_hold(db):
    rules = RuleSet.objects.for_region("15")
    assert (rules.pk, rules.admission_vote, rules.silence_days, rules.head_reserved) == (None, True, 10, False)


@pytest.mark.parametrize(("who", "form", "reason", "allowed"), [
    ("lead", "joint_committee", "", True),
    ("committee", "joint_committee", "", True),
    ("member", "joint_committee", "", False),
    ("firm", "joint_committee", "", False),
    ("firm", "joint_committee", "项目需要", False),  # only nested branches may be exempt
    ("firm", "nested", "", False),
    ("firm", "nested", "网格内只有一家物业企业有支部", True),
    ("lead", "nested", "", True),
    ("firm", "league", "", True),  # the rule speaks of joint committees
])  # fmt: skip
def test_who_may_head_a_joint_committee_in_nanyang(cast, who, form, reason, allowed):
    load_rules()
    firm = organization("宛城建设公司党支部", "411302", sector="private_enterprise", ownership="private")
    member = organization("东关小学党支部", "411302001", sector="school")
    joint = alliance("东关联合党委", cast.dongguan_org, cast.nanyang_org, [firm, member])
    if form == "nested":
        joint = alliance(
            "东关第一联合党支部", cast.dongguan_org, cast.nanyang_org, [firm], form="joint_branch", parent=joint
        )
    joint.form = joint.form if form == "nested" else form
    head = {"lead": cast.dongguan_org, "committee": cast.nanyang_org, "member": member, "firm": firm}[who]
    if allowed:
        refuse_head(joint, head, reason)
        return
    with pytest.raises(Refused) as refused:
        refuse_head(joint, head, reason)
    assert refused.value.code == "head_reserved"


def test_an_enterprise_that_leads_does_not_head_in_nanyang_but_does_elsewhere(cast):
    load_rules()
    firm = organization("宛城建设公司党支部", "411302", sector="private_enterprise", ownership="private")
    with pytest.raises(Refused):
        refuse_head(alliance("宛城产业联合党委", firm, cast.nanyang_org, [cast.dongguan_org]), firm)
    here = organization("四海物业党支部", "150422", sector="private_enterprise", ownership="private")
    refuse_head(alliance("物业联合党委", here, cast.banner_org, [cast.fulian_org]), here)


SHEET = {
    "silence_days": 10, "late_working_days": 5, "rectification_days": 60, "appeal_working_days": 10,
    "item_working_days": 20,
    "offer_working_days": 2, "escalation_working_days": 3, "answer_working_days": 5, "term_notice_days": 60,
    "admission_vote": "on", "admission_days": 14,
    "admission_majority": "members", "list_set": "project", "reason": "经部务会研究",
}  # fmt: skip


def test_a_department_changes_its_rules_with_a_second_person(cast, browse):
    load_rules()
    change = reverse("rules:change", args=["150422"])
    assert browse("balinzuo").get(change).status_code == 200
    made = browse("balinzuo").post(change, SHEET)
    asked = Approval.objects.get()
    assert made.headers["Location"] == asked.get_absolute_url()
    assert RuleSet.objects.for_region("150422").region_id == "1504"  # nothing has changed yet
    paper = browse("chifeng").get(asked.get_absolute_url()).content.decode()
    assert "准入表决期限（天）" in paper and "全体成员过半数" in paper
    assert browse("chifeng").post(reverse("approvals:approve", args=[asked.pk])).status_code == 302
    rules = RuleSet.objects.for_region("150422404002")
    assert (rules.region_id, rules.admission_days, rules.admission_majority) == ("150422", 14, "members")
    assert "巴林左旗的规则" in browse("fulian").get(reverse("rules:list"), follow=True).content.decode()


def test_rules_by_rest_keep_what_they_do_not_name(cast, browse):
    load_rules()
    body = {"reason": "经部务会研究", "rules": {"admission_days": 9}}
    rest = browse("balinzuo").post("/api/v1/rules/150422/change/", body, content_type="application/json")
    assert rest.status_code == 202
    approvals.approve(Approval.objects.get(), by=cast.chifeng, at=NOW)
    told = browse("fulian").get("/api/v1/rules/150422404/").json()
    assert (told["region"], told["owner"]) == ("150422404", "150422")
    assert (told["admission_days"], told["silence_days"]) == (9, 10)
    bad = {"reason": "x", "rules": {"admission_days": 0}}
    assert browse("balinzuo").post(
        "/api/v1/rules/150422/change/", bad, content_type="application/json"
    ).status_code == 422  # fmt: skip


def test_what_changes_nothing_is_not_proposed(cast):
    with pytest.raises(ValidationError):
        verbs.propose_rules(Region.objects.get(pk="1504"), {"silence_days": 10}, by=cast.chifeng, at=NOW, reason="x")


def test_nanyangs_checklist_comes_without_words_and_its_department_fills_it_in(cast, browse):
    load_rules()
    rows = ChecklistRow.objects.for_region("411302001001")
    assert [rows.filter(group=group).count() for group in ("七防", "八有", "九落实")] == [7, 8, 9]
    assert not rows.filled().exists()
    assert not ChecklistRow.objects.for_region("150422").exists()
    shown = browse("nanyang").get(reverse("rules:detail", args=["4113"])).content.decode()
    assert shown.count('<details class="fold">') == 3, "what has no words yet is folded"
    assert "7 条，内容由组织部门填写" in shown
    fill = reverse("rules:fill_checklist", args=["4113"])
    assert browse("chifeng").get(fill).status_code == 403
    browse("nanyang").post(fill, {"text_1": "防火", "reason": "按本地文件"})
    asked = Approval.objects.get()
    assert browse("nanyang2").get(asked.get_absolute_url()).status_code == 200
    assert browse("nanyang2").post(reverse("approvals:approve", args=[asked.pk])).status_code == 302
    assert rows.filled().get().text == "防火"


def test_a_lead_marks_in_words_how_its_alliance_stands(cast, browse):
    load_rules()
    ChecklistRow.objects.filter(position=1).update(text="防火")
    row = ChecklistRow.objects.get(position=1)
    page = reverse("alliances:checklist", args=[cast.nanyang_alliance.pk])
    mark = reverse("alliances:mark", args=[cast.nanyang_alliance.pk])
    shown = browse("dongguan").get(page).content.decode()
    assert "未登记" in shown
    assert re.search(rf'href="{cast.nanyang_alliance.get_absolute_url()}" aria-current="page"', shown), "among the tabs"
    assert "看落实清单" in browse("dongguan").get(cast.nanyang_alliance.get_absolute_url()).content.decode()
    assert browse("dongguan").get(f"{mark}?row={row.pk}").status_code == 200
    assert browse("nanyang").post(mark, {"row": row.pk, "standing": "in_place"}).status_code == 403
    assert browse("chifeng").get(page).status_code == 404
    words = {"row": row.pk, "standing": "in_place", "remark": "已排查"}
    assert browse("dongguan").post(mark, words).status_code == 302
    words["standing"] = "under_way"  # said anew: one mark of a row
    assert browse("dongguan").post(mark, words).status_code == 302
    assert ChecklistMark.objects.get().standing == "under_way"
    told = browse("nanyang").get(f"/api/v1/alliances/{cast.nanyang_alliance.pk}/checklist/").json()
    assert [(line["text"], line["standing"]) for line in told] == [("防火", "under_way")]
    empty = ChecklistRow.objects.get(position=2)
    assert browse("dongguan").post(mark, words | {"row": empty.pk}).status_code == 422  # no words, no mark
