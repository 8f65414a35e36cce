"""Calls and projects by page and by REST: the same step, who hears of it, what is hidden, what it costs to list."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from alliances.measures import Period
from alliances.transitions.fund import reverse_entry
from assessments.notices import WRITERS
from assessments.workbench import todos_of
from listings import transitions as verbs
from listings.models import Candidate, Idea, IdeaCall, Milestone, Project
from listings.projects.figures import IDEA_FIGURES, figures_of
from members.models import Notice, Step
from members.notices import tell
from tests.cast import NOW, again, organization, user
from tests.listings.projects import DAY, call_of, fixed, granted, helpers, idea_in, reach, running


def post(browser, path, body=None):
    return browser.post(f"/api/v1/{path}", body or {}, content_type="application/json")


def last(thing):
    step = Step.objects.of(thing).last()
    return step.verb, step.to_state, step.by_id, step.reason


def todays_call(cast, **words):
    today = timezone.localdate()
    return call_of(cast, at=timezone.now(), opens_on=today, closes_on=today + timedelta(days=3), **words)


def test_page_and_rest_take_the_same_steps(cast, browse):
    lead, member = browse("dongshiqiao"), browse("fulian")
    day = timezone.localdate().isoformat()
    words = {"theme": "邻里金点子", "opens_on": day, "closes_on": day}
    assert lead.post(f"/ideas/new/{cast.alliance.pk}/", words).status_code == 302
    assert post(lead, "idea-calls/", words | {"alliance": cast.alliance.pk}).status_code == 201
    by_page, by_rest = IdeaCall.objects.order_by("pk")
    assert last(by_page) == last(by_rest)
    idea = {"title": "充电棚", "proposed_by": cast.fulian_org.pk, "category": "facility"}
    assert member.post(f"/ideas/calls/{by_page.pk}/propose/", idea).status_code == 302
    assert post(member, f"idea-calls/{by_rest.pk}/propose/", idea).status_code == 201
    assert lead.post(f"/ideas/calls/{by_page.pk}/close/").status_code == 302
    assert post(lead, f"idea-calls/{by_rest.pk}/close/").status_code == 200
    one, other = Idea.objects.order_by("pk")
    assert lead.post(f"/ideas/{one.pk}/choose/", {"reason": "好"}).status_code == 302
    chosen = post(lead, f"ideas/{other.pk}/choose/", {"reason": "好"})
    assert (chosen.status_code, chosen.json()["state"]) == (200, "chosen")
    assert last(one) == last(other)
    assert chosen.json()["project"] == other.project.pk
    assert post(lead, f"ideas/{other.pk}/choose/", {"reason": "好"}).json()["code"] == "move_refused"


def test_a_project_by_rest_to_the_askers_word(cast, browse):
    project = fixed(cast, at=timezone.now())
    org, _head = helpers(cast)
    browse_helper, lead, asker = browse("lushan"), browse("dongshiqiao"), browse("fulian")
    browse_helper.force_login(_head)
    at, day = f"projects/{project.pk}", timezone.localdate().isoformat()
    granted(cast, "900.00", at=timezone.now())
    bid = post(browse_helper, f"{at}/bid/", {"organization": org.pk, "plan": "方案"}).json()
    assert post(asker, f"{at}/bid/", {"organization": cast.fulian_org.pk, "plan": "x"}).status_code in {404, 409}
    assert post(browse_helper, f"candidates/{bid['id']}/appoint/", {"reason": "x"}).status_code == 403
    appointed = post(lead, f"candidates/{bid['id']}/appoint/", {"reason": "合适", "budget": "800.00"})
    assert appointed.json()["state"] == "chosen"
    part = post(lead, f"{at}/set-milestone/", {"title": "搭棚", "due_on": day}).json()["id"]
    assert post(browse_helper, f"milestones/{part}/report/", {"text": "好了"}).status_code == 200
    assert post(browse_helper, f"milestones/{part}/accept/").status_code == 403
    assert post(asker, f"milestones/{part}/accept/").status_code == 200
    paid = post(lead, f"milestones/{part}/pay/", {"amount": "800.00", "on": day})
    assert (paid.status_code, paid.json()["paid"]) == (200, "800.00")
    assert post(lead, f"milestones/{part}/pay/", {"amount": "0.01", "on": day}).json()["code"] == "over_budget"
    seen = post(lead, f"{at}/visit/", {"visited_on": day, "seen": "看过", "follow_up": "护栏"}).json()["id"]
    assert post(lead, f"{at}/accept/").json()["code"] == "move_refused"
    assert post(browse_helper, f"visits/{seen}/follow-up/", {"text": "装了"}).status_code == 200
    assert post(lead, f"{at}/accept/").json()["state"] == "accepted"
    assert post(asker, f"items/{project.item_id}/confirm/").json()["state"] == "confirmed"
    account = asker.get(f"/api/v1/{at}/account/").json()
    assert {name: account[name] for name in ("paid", "milestones", "in_time", "visits", "followed", "days")} == {
        "paid": "800.00", "milestones": 1, "in_time": 1, "visits": 1, "followed": 1, "days": 0,
    }  # fmt: skip


@pytest.mark.parametrize(("field", "value"), [
    ("title", "字" * 10_000), ("title", "a\x00b"), ("title", ""), ("detail", "字" * 1001), ("category", "magic"),
    ("proposed_by", "dongguan_org"), ("proposed_by", "dongshiqiao_org"), ("proposed_by", 2**63),
])  # fmt: skip
def test_an_idea_that_no_form_lets_through(cast, browse, field, value):
    call = todays_call(cast)
    wanted = getattr(cast, value).pk if str(value).endswith("_org") else value
    body = {"title": "点子", "proposed_by": cast.fulian_org.pk} | {field: wanted}
    member = browse("fulian")
    assert member.post(f"/ideas/calls/{call.pk}/propose/", body).status_code == 422
    assert post(member, f"idea-calls/{call.pk}/propose/", body).status_code in {404, 422}
    assert not Idea.objects.exists()


def test_an_organisation_of_the_place_that_is_no_member_answers_and_follows_its_idea_to_the_end(cast):
    """Whoever had the idea confirms in the end, member or not; and sees nothing else of the alliance."""
    shop = organization("五金小区超市党支部", "150422404002")
    owner = user("chaoshi", "branch", organization=shop)
    call = call_of(cast, closes_on=DAY)
    assert IdeaCall.objects.answerable_by(owner).filter(pk=call.pk).exists()
    assert not IdeaCall.objects.visible_to(cast.lushan).exists()
    assert not IdeaCall.objects.visible_to(cast.nanyang).exists()
    idea = idea_in(call, cast, proposed_by=shop, by=owner)
    verbs.close_call(call, by=cast.dongshiqiao, at=NOW)
    idea.refresh_from_db()
    project = verbs.choose(idea, reason="好", by=cast.lindong, at=NOW)
    assert [p.pk for p in Project.objects.visible_to(again(owner))] == [project.pk]
    helper, head = helpers(cast)
    bid = verbs.bid(project, organization=helper, plan="方案", by=head, at=NOW)
    assert not Candidate.objects.visible_to(again(owner)).exists(), "who offers is not for everybody"
    verbs.appoint(bid, reason="好", by=cast.lindong, at=NOW)
    project.refresh_from_db()
    part = verbs.set_milestone(project, title="一", due_on=DAY, by=cast.lindong, at=NOW)
    verbs.report_milestone(part, text="好了", by=head, at=NOW)
    assert Milestone.objects.acceptable_by(again(owner)).filter(pk=part.pk).exists()
    assert not Milestone.objects.acceptable_by(head).exists()


def test_other_peoples_ideas_show_only_when_they_are_chosen_and_published(cast, browse):
    call = call_of(cast)
    idea = idea_in(call, cast, proposed_by=cast.dongshiqiao_org, by=cast.dongshiqiao)
    other = idea_in(call, cast, title="未入选的", proposed_by=cast.dongshiqiao_org, by=cast.dongshiqiao)
    member = browse("fulian")
    assert member.get(f"/ideas/{idea.pk}/").status_code == 404
    verbs.study_idea(idea, finding="只给评选的看", by=cast.dongshiqiao, at=NOW)
    verbs.close_call(call, by=cast.dongshiqiao, at=NOW)
    for one in (idea, other):
        one.refresh_from_db()
    verbs.choose(idea, reason="好", by=cast.dongshiqiao, at=NOW)
    verbs.decline_idea(other, reason="不好", by=cast.dongshiqiao, at=NOW)
    assert member.get(f"/ideas/{idea.pk}/").status_code == 404
    verbs.publish_call(IdeaCall.objects.get(pk=call.pk), by=cast.dongshiqiao, at=NOW)
    shown = member.get(f"/ideas/{idea.pk}/").content.decode()
    assert "只给评选的看" not in shown
    assert member.get(f"/api/v1/ideas/{idea.pk}/").json()["finding"] is None
    assert browse("lindong").get(f"/api/v1/ideas/{idea.pk}/").json()["finding"] == "只给评选的看"
    assert member.get(f"/ideas/{other.pk}/").status_code == 404
    account = str(cast.dongshiqiao)
    handed_in = "提交金点子"
    assert handed_in not in shown
    assert all(word in browse("lindong").get(f"/ideas/{idea.pk}/").content.decode() for word in (handed_in, account))


def test_a_payment_sent_twice_is_paid_once(cast, browse):
    project, head = running(cast, at=timezone.now())
    granted(cast, "5000.00", at=timezone.now())
    part = reach(project.milestones.first(), cast, head, at=timezone.now())
    lead, path = browse("dongshiqiao"), f"/projects/milestones/{part.pk}/pay/"
    once = lead.get(path).context["once"]
    body = {"amount": "1000.00", "on": timezone.localdate().isoformat(), "once": once}
    assert [lead.post(path, body).status_code for _ in range(2)] == [302, 302]
    assert part.payments.count() == 1


def test_those_concerned_hear_of_it_and_nobody_else(cast):
    project, head = running(cast, milestones=1)
    reach(project.milestones.get(), cast, head)
    tell(WRITERS, at=NOW)
    heard = {name: list(Notice.objects.filter(user=who).values_list("text", flat=True)) for name, who in (
        ("asker", cast.fulian), ("provider", head), ("lead", cast.dongshiqiao), ("beside", cast.nanyang),
    )}  # fmt: skip
    assert any("入选" in text for text in heard["asker"])
    assert any("请承接" in text for text in heard["provider"])
    assert any("申请承接" in text for text in heard["lead"])
    assert heard["beside"] == []


def test_the_work_bench_says_what_is_to_be_done(cast):
    project, head = running(cast, milestones=2)
    verbs.report_milestone(project.milestones.first(), text="好了", by=head, at=NOW)
    call = call_of(cast, theme="过期的", closes_on=DAY)
    idea_in(call, cast)

    def counts(who):
        return todos_of(again(who), DAY + timedelta(days=1))[1]

    assert counts(head)["milestones"] == 1
    assert counts(cast.dongshiqiao)["ideas"] == 2, "one to select from, and the decided one to be published"
    assert counts(cast.dongshiqiao)["milestones_reported"] == counts(cast.fulian)["milestones_reported"] == 1


def test_the_figures_of_a_call_and_of_a_region_are_the_same_rows(cast):
    project, head = running(cast)
    granted(cast, "5000.00")
    first = reach(project.milestones.first(), cast, head)
    for amount in ("1500.00", "700.00"):
        entry = verbs.pay(first, amount=Decimal(amount), on=DAY, by=cast.dongshiqiao, at=NOW)
    reverse_entry(entry, reason="重复", by=cast.dongshiqiao, at=NOW)
    figures = figures_of(IdeaCall.objects.all())
    assert (figures.ideas, figures.projects, figures.organizations, figures.paid) == (1, 1, 1, Decimal("1500.00"))
    june = Period(DAY.replace(day=1), DAY)
    for code, factor in (("150422404002", 1), ("1504", 1), ("4113", 0)):
        told = {metric.key: metric.total(june, code) for metric in IDEA_FIGURES}
        assert told == {
            "idea_calls_held": 0, "ideas_proposed": factor, "projects_fixed": factor, "projects_accepted": 0,
            "project_organizations": factor, "project_money": 1500 * factor,
        }  # fmt: skip
    assert sum(IDEA_FIGURES[-1].by(june, "1504", "region").values()) == 1500
    may = Period(DAY.replace(month=5, day=1), DAY.replace(month=5, day=31))
    assert [metric.total(may, "1504") for metric in IDEA_FIGURES] == [0] * 6


@pytest.mark.parametrize("path", ["ideas/", "projects/", "services/", "api/v1/projects/", "api/v1/idea-calls/"])
def test_a_list_costs_the_same_for_one_and_for_three(cast, browse, path, django_assert_max_num_queries):
    lead, costs = browse("dongshiqiao"), []
    running(cast)
    service = {"basis": "《法律援助法》", "steps": "申请", "working_days": 3, "by": cast.fulian, "at": NOW}
    verbs.list_service(cast.fulian_org, title="一", **service)
    for n in range(2):
        with django_assert_max_num_queries(60) as captured:
            assert lead.get(f"/{path}").status_code == 200
        costs.append(len(captured))
        for m in range(2):
            fixed(cast)
            verbs.list_service(cast.fulian_org, title=f"另一项{n}{m}", **service)
    assert costs[0] == costs[1]
