"""What was done by mistake or too early: corrections that wait, helpers struck out, terms before the holidays came."""

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from alliances.models import RuleSet, ServiceRecord
from alliances.words.alliance import STANDING_BUTTONS
from alliances.working_days import Calendar
from listings import transitions as verbs
from listings.models import Claim, Help, Item
from listings.transitions.reckoning import reckon_terms
from members.buttons import buttons_for
from members.models import Approval, Step
from members.transitions import propose
from tests.cast import NOW, at, person
from tests.listings.conftest import item_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(cast, item):
    return verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)


@pytest.fixture
def confirmed(cast, item, claim):
    verbs.finish(claim, by=cast.fulian, at=NOW)
    return verbs.confirm(item, by=cast.dongshiqiao, at=NOW)


def test_a_correction_that_waits_for_its_second_person_is_not_offered_again(browse, cast, confirmed):
    chifeng, address = browse("chifeng"), reverse("items:correct", args=[confirmed.pk])
    page = reverse("items:detail", args=[confirmed.pk])
    assert address in chifeng.get(page).content.decode()
    assert chifeng.post(address, {"reason": "没有修好"}).status_code == 302
    said = chifeng.get(page).content.decode()
    assert address not in said
    assert "正在等待另一位同志复核" in said
    assert Approval.objects.get().get_absolute_url() in said
    assert chifeng.get(address, follow=True).redirect_chain == [(page, 302)]
    assert "正在等待另一位同志复核" not in browse("fulian").get(page).content.decode()


def test_every_verb_that_waits_for_a_second_person_hides_its_button(cast):
    def offered():
        return {button.url for button in buttons_for(cast.alliance, cast.chifeng, STANDING_BUTTONS)}

    before = offered()
    propose("alliances.rectify", cast.alliance, by=cast.chifeng2, at=NOW, reason="不活", region_id="150422404002")
    assert before - offered() == {"alliances:rectify"}


def named(cast, claim, name="张三"):
    verbs.name_helpers(claim, [person(name, cast.fulian_org)], by=cast.fulian, at=NOW)
    return Help.objects.get(person__name=name)


def points(user):
    return Help.objects.visible_to(user).earning().count()


def test_a_helper_named_by_mistake_is_struck_out_with_person_time_and_point(browse, cast, claim, item):
    RuleSet.objects.create(region_id="150422", points=True)
    wrong, right = named(cast, claim), named(cast, claim, "李四")
    verbs.finish(claim, by=cast.fulian, at=NOW)
    verbs.confirm(item, by=cast.dongshiqiao, at=NOW)
    assert (points(cast.fulian), ServiceRecord.objects.count()) == (2, 2)
    address = reverse("claims:strike_helper", args=[claim.pk])
    fulian = browse("fulian")
    assert address in fulian.get(claim.get_absolute_url()).content.decode()
    assert fulian.post(address, {"helper": wrong.pk, "reason": ""}).status_code == 422
    assert fulian.post(address, {"helper": wrong.pk, "reason": "同名，登记错了"}).status_code == 302
    assert (points(cast.fulian), list(ServiceRecord.objects.all())) == (1, [right.record])
    step = Step.objects.of(claim).get(verb="strike_helper")
    assert (step.reason, step.detail) == ("同名，登记错了", {"person": wrong.person_id, "served_on": "2019-06-03"})
    assert fulian.post(address, {"helper": wrong.pk, "reason": "再删"}).status_code == 422
    with pytest.raises(ValidationError):
        verbs.strike_helper(claim, wrong, reason="再删", by=cast.fulian, at=NOW)


def test_page_and_rest_strike_alike_and_only_the_branch_that_named_does(browse, call, cast, claim):
    wrong = named(cast, claim)
    words = {"person": wrong.person_id, "served_on": "2019-06-03", "reason": "登记错了"}
    address = f"claims/{claim.pk}/strike-helper/"
    assert call(cast.nanyang, address, **words).status_code == 404
    assert call(cast.dongshiqiao, address, **words).status_code == 403
    assert browse("dongshiqiao").post(reverse("claims:strike_helper", args=[claim.pk])).status_code == 403
    assert call(cast.fulian, address, **words | {"person": 2**40}).status_code == 404
    assert call(cast.fulian, address, **words).status_code == 200
    assert not Help.objects.exists()
    assert call(cast.fulian, address, **words).status_code == 409


NATIONAL = "2019-06-10,调休,0\n"


def test_terms_that_the_rule_had_set_follow_a_notice_that_comes_later(cast, needs, tmp_path):
    """Monday 10 June becomes a day off: what was due in twenty working days is due a working day later."""
    today = timezone.localdate()
    usual = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org)
    written = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="写了期限的", due_on=date(2019, 6, 28))
    paused = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="暂停的")
    Item.objects.filter(pk=paused.pk).update(paused_at=NOW, due_on=None)
    before, due = Calendar.present(), usual.due_on
    path = tmp_path / "notice.csv"
    path.write_text("day,name,working\n" + NATIONAL, encoding="utf-8")
    out = StringIO()
    call_command("load_holidays", path, stdout=out, stderr=StringIO())
    assert "0 running terms" in out.getvalue()  # in the eyes of today all of them are long over
    assert today > due
    assert reckon_terms(before, at=NOW) == 1
    usual.refresh_from_db()
    written.refresh_from_db()
    assert usual.due_on == Calendar.present().after(NOW.date(), 20) > due
    assert written.due_on == date(2019, 6, 28)
    step = Step.objects.of(usual).get(verb="reckon")
    assert step.detail == {"from": str(due), "to": str(usual.due_on)}
    assert reckon_terms(before, at=NOW) == 0  # twice is once
    assert reckon_terms(before, at=at(date(2019, 9, 2))) == 0


def test_disputes_and_what_is_passed_on_stand_in_the_side_bar(browse):
    said = browse("fulian").get("/").content.decode()
    assert f'href="{reverse("disputes:list")}"' in said
    assert f'href="{reverse("forwardings:list")}"' in said
    assert Claim.objects.count() == 0
