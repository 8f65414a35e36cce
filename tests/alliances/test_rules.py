"""Rules differ by place, as data: the general ones, Chifeng's, Nanyang's."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from alliances.loading import load_rules
from alliances.models import RuleSet
from alliances.transitions import refuse_head
from members.states import Refused
from tests.cast import alliance, organization


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
