"""Idea calls and projects: whose idea becomes a project, who carries it out, what it costs, when it is done."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from alliances.transitions.fund import reverse_entry
from listings import transitions as verbs
from listings.models import Candidate, Claim, Idea, IdeaCall, Item, Milestone, Project
from listings.projects.account import account_of
from members.models import Step
from members.states import MoveRefused, Refused
from tests.cast import NOW
from tests.listings.projects import DAY, LATER, call_of, fixed, granted, helpers, idea_in, reach, running


def code_of(verb, *things, **words):
    with pytest.raises(Refused) as refused:
        verb(*things, **words)
    return refused.value.code


class TestTheCall:
    def test_an_idea_is_handed_in_within_the_days_of_the_call_only(self, cast):
        call = call_of(cast, opens_on=DAY + timedelta(days=1), closes_on=DAY + timedelta(days=5))
        words = {"title": "点子", "proposed_by": cast.fulian_org, "by": cast.fulian}
        assert code_of(verbs.propose_idea, call, **words, at=NOW) == "not_open"
        assert verbs.propose_idea(call, **words, at=NOW + timedelta(days=5)).state == "submitted"
        assert code_of(verbs.propose_idea, call, **words, at=NOW + timedelta(days=6)) == "not_open"

    def test_nothing_is_selected_before_everybodys_idea_is_in(self, cast):
        idea = idea_in(call_of(cast), cast)
        for verb in (verbs.choose, verbs.decline_idea):
            assert code_of(verb, idea, reason="好", by=cast.dongshiqiao, at=NOW) == "not_selecting"
        idea.refresh_from_db()
        assert (idea.state, Project.objects.count()) == ("submitted", 0)

    def test_a_chosen_idea_stands_on_the_project_list_in_one_step(self, cast):
        project = fixed(cast)
        item = project.item
        assert (item.kind, item.state, item.asked_by, item.listing.kind) == (
            "project", "studied", cast.fulian_org, "project",
        )  # fmt: skip
        assert (project.state, project.idea.state, project.idea.answer) == ("seeking", "chosen", "居民反映集中")

    def test_whoever_is_refused_reads_why_and_a_reason_there_must_be(self, cast):
        call = call_of(cast)
        idea = idea_in(call, cast)
        verbs.close_call(call, by=cast.dongshiqiao, at=LATER)
        idea.refresh_from_db()
        with pytest.raises(ValidationError):
            verbs.decline_idea(idea, reason="  ", by=cast.dongshiqiao, at=LATER)
        verbs.decline_idea(idea, reason="已列入旧改计划", by=cast.dongshiqiao, at=LATER)
        assert (idea.state, idea.answer) == ("declined", "已列入旧改计划")

    def test_it_is_published_when_every_idea_has_its_answer(self, cast):
        call = call_of(cast)
        one, other = idea_in(call, cast), idea_in(call, cast, title="另一个")
        verbs.withdraw_idea(other, reason="重复", by=cast.fulian, at=NOW)
        verbs.close_call(call, by=cast.dongshiqiao, at=NOW)
        assert code_of(verbs.publish_call, call, by=cast.dongshiqiao, at=NOW) == "undecided"
        one.refresh_from_db()
        verbs.decline_idea(one, reason="暂无条件", by=cast.dongshiqiao, at=NOW)
        verbs.publish_call(call, by=cast.dongshiqiao, at=NOW)
        assert (call.state, call.published_on) == ("published", DAY)

    def test_a_call_that_was_answered_is_not_taken_back_and_an_empty_one_is_not_selected(self, cast):
        call, empty = call_of(cast), call_of(cast)
        idea_in(call, cast)
        assert code_of(verbs.cancel_call, call, reason="不办了", by=cast.dongshiqiao, at=NOW) == "answered"
        assert code_of(verbs.close_call, empty, by=cast.dongshiqiao, at=NOW) == "no_ideas"
        assert verbs.cancel_call(empty, reason="改期", by=cast.dongshiqiao, at=NOW).state == "cancelled"

    def test_withdrawn_ideas_hold_up_nothing_and_an_answer_is_owed_when_the_alliance_has_ended(self, cast):
        call, other = call_of(cast), call_of(cast)
        verbs.withdraw_idea(idea_in(call, cast), reason="重复", by=cast.fulian, at=NOW)
        assert IdeaCall.objects.cancellable_by(cast.dongshiqiao).filter(pk=call.pk).exists()
        assert not IdeaCall.objects.due_for_selection(DAY + timedelta(days=30)).exists()
        assert verbs.cancel_call(call, reason="改期", by=cast.dongshiqiao, at=NOW).state == "cancelled"
        idea = idea_in(other, cast)
        verbs.close_call(other, by=cast.dongshiqiao, at=NOW)
        verbs.close_down(cast.alliance, by=cast.chifeng, at=NOW, reason="任务完成")
        idea = Idea.objects.get(pk=idea.pk)
        assert code_of(verbs.choose, idea, reason="好", by=cast.lindong, at=NOW) == "not_running"
        verbs.decline_idea(Idea.objects.get(pk=idea.pk), reason="联合体已终止", by=cast.lindong, at=NOW)
        assert verbs.publish_call(IdeaCall.objects.get(pk=other.pk), by=cast.lindong, at=NOW).state == "published"

    @pytest.mark.parametrize("words", [
        {"theme": ""}, {"theme": "字" * 81},
        {"closes_on": DAY - timedelta(days=1)}, {"opens_on": DAY + timedelta(days=30)},
    ])  # fmt: skip
    def test_a_call_without_sense_is_refused_field_by_field(self, cast, words):
        with pytest.raises(ValidationError) as refused:
            call_of(cast, **words)
        assert set(refused.value.message_dict) <= {"theme", "about", "closes_on"}


class TestTheProvider:
    def test_neither_the_lead_nor_whoever_had_the_idea_carries_it_out(self, cast):
        project = fixed(cast)
        for org in (cast.dongshiqiao_org, cast.fulian_org):
            words = {"organization": org, "plan": "我来", "by": cast.fulian, "at": NOW}
            assert code_of(verbs.bid, project, **words) == "own_project"
        outsider = {"organization": cast.lushan_org, "plan": "我来", "by": cast.lushan, "at": NOW}
        assert code_of(verbs.bid, project, **outsider) == "not_member"

    def test_one_of_several_is_chosen_and_the_others_read_why(self, cast):
        project = fixed(cast)
        (one, head), (other, second) = helpers(cast), helpers(cast, "左旗老年协会党支部", "laonian")
        asked = [
            verbs.bid(project, organization=org, plan="方案", by=by, at=NOW)
            for org, by in ((one, head), (other, second))
        ]
        assert code_of(verbs.bid, project, organization=one, plan="x", by=head, at=NOW) == "already_bid"
        verbs.appoint(asked[1], reason="离得近", by=cast.dongshiqiao, at=NOW)
        project.refresh_from_db()
        project.item.refresh_from_db()
        assert (project.provider, project.state, project.item.state) == (other, "running", "claimed")
        assert project.item.claims.get().organization == other
        declined = Candidate.objects.get(pk=asked[0].pk)
        assert (declined.state, "离得近" in declined.answer) == ("declined", True)
        assert code_of(verbs.appoint, asked[0], reason="x", by=cast.dongshiqiao, at=NOW) == "not_seeking"

    def test_nobody_chooses_their_own_organisation_with_another_post(self, cast):
        project = fixed(cast)
        org, head = helpers(cast)
        offered = verbs.bid(project, organization=org, plan="方案", by=head, at=NOW)
        assert code_of(verbs.appoint, offered, reason="x", by=head, at=NOW) == "own_project"

    def test_a_projects_item_is_not_claimed_past_the_choice(self, cast):
        project = fixed(cast)
        org, head = helpers(cast)
        assert code_of(verbs.claim, project.item, org, by=head, at=NOW) == "by_project"
        assert not Item.objects.openable_by(cast.dongshiqiao).filter(pk=project.item_id).exists()

    def test_who_gives_the_claim_back_leaves_the_project_to_another(self, cast):
        project, head = running(cast)
        claim = Claim.objects.get(item=project.item)
        verbs.release(claim, by=head, at=NOW, reason="人手不够")
        project.refresh_from_db()
        assert (project.state, project.provider) == ("seeking", None)
        other, second = helpers(cast, "左旗老年协会党支部", "laonian")
        again = verbs.bid(project, organization=other, plan="接着做", by=second, at=NOW)
        verbs.appoint(again, reason="接手", by=cast.dongshiqiao, at=NOW)
        project.item.refresh_from_db()
        assert project.item.state == "claimed"

    def test_a_stopped_project_refuses_its_item_and_a_carried_out_one_is_not_stopped(self, cast):
        project, _head = running(cast)
        with pytest.raises(MoveRefused):
            verbs.stop_project(project, reason="没钱了", by=cast.dongshiqiao, at=NOW)
        sought = Project.objects.create(
            item=fresh_item(cast), idea=Idea.objects.exclude(project=project).first() or second_idea(cast),
            alliance=cast.alliance, region_id=cast.alliance.region_id, fixed_on=DAY,
        )  # fmt: skip
        verbs.stop_project(sought, reason="没有单位承接", by=cast.dongshiqiao, at=NOW)
        sought.item.refresh_from_db()
        assert (sought.state, sought.item.state) == ("stopped", "refused")


def fresh_item(cast):
    listing = cast.alliance.listings.get(kind="project")
    return verbs.collect(listing, title="另一个项目", asked_by=cast.fulian_org, by=cast.dongshiqiao, at=NOW)


def second_idea(cast):
    return idea_in(call_of(cast), cast, title="另一个")


class TestMilestonesAndMoney:
    def test_reported_in_hand_accepted_paid(self, cast):
        project, head = running(cast)
        granted(cast, "5000.00")
        first = project.milestones.first()
        assert code_of(pay, first, cast, "1000.00") == "not_accepted"
        reach(first, cast, head)
        project.item.refresh_from_db()
        assert project.item.state == "in_hand"
        assert project.item.due_on >= max(part.due_on for part in project.milestones.all())
        entry = pay(first, cast, "3000.00")
        assert entry.amount == Decimal("-3000.00")
        assert cast.alliance.funds.balance() == Decimal("2000.00")
        assert account_of(project).paid == Decimal("3000.00")

    def test_neither_more_than_was_granted_nor_more_than_has_come_in(self, cast):
        project, head = running(cast, budget="4000.00")
        granted(cast, "3000.00")
        first = reach(project.milestones.first(), cast, head)
        assert code_of(pay, first, cast, "4000.01") == "over_budget"
        assert code_of(pay, first, cast, "3000.01") == "not_enough"
        pay(first, cast, "3000.00")
        assert code_of(pay, first, cast, "1000.01") == "over_budget"

    def test_a_payment_taken_back_in_the_ledger_is_not_counted(self, cast):
        project, head = running(cast)
        granted(cast, "5000.00")
        first = reach(project.milestones.first(), cast, head)
        entry = pay(first, cast, "3000.00")
        reverse_entry(entry, reason="付错", by=cast.dongshiqiao, at=NOW)
        assert account_of(project).paid == 0
        assert Project.objects.with_figures().get(pk=project.pk).paid == 0
        assert Milestone.objects.with_paid().get(pk=first.pk).paid == 0

    def test_a_new_provider_is_granted_at_least_what_was_paid_before(self, cast):
        project, head = running(cast)
        granted(cast, "5000.00")
        pay(reach(project.milestones.first(), cast, head), cast, "3000.00")
        verbs.release(Claim.objects.get(item=project.item), by=head, at=NOW, reason="人手不够")
        other, second = helpers(cast, "左旗老年协会党支部", "laonian")
        offered = verbs.bid(Project.objects.get(pk=project.pk), organization=other, plan="接着做", by=second, at=NOW)
        words = {"reason": "接手", "by": cast.dongshiqiao, "at": NOW}
        with pytest.raises(ValidationError, match="此前已支付"):
            verbs.appoint(offered, budget=Decimal("2999.99"), **words)
        again = Candidate.objects.get(pk=offered.pk)
        assert verbs.appoint(again, budget=Decimal("3000.00"), **words).project.budget == 3000

    def test_a_milestone_of_another_century_is_a_slip_of_the_pen(self, cast):
        project, _head = running(cast, milestones=0)
        with pytest.raises(ValidationError, match="五年"):
            verbs.set_milestone(project, title="一", due_on=DAY.replace(year=2119), by=cast.dongshiqiao, at=NOW)

    @pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "1e15"])
    def test_an_amount_that_is_none_is_refused(self, cast, amount):
        project, head = running(cast)
        first = reach(project.milestones.first(), cast, head)
        with pytest.raises(ValidationError):
            pay(first, cast, amount)

    def test_the_provider_neither_accepts_nor_watches_nor_pays(self, cast):
        project, head = running(cast)
        first = project.milestones.first()
        verbs.report_milestone(first, text="已完成", by=head, at=NOW)
        assert code_of(verbs.accept_milestone, first, by=head, at=NOW) == "own_project"
        log = {"visited_on": DAY, "seen": "现场", "by": head, "at": NOW}
        assert code_of(verbs.visit, project, **log) == "own_project"
        for word in ("acceptable_by", "payable_by", "droppable_by"):
            assert not getattr(Milestone.objects, word)(head).exists(), word

    def test_what_is_given_back_is_reported_anew_and_its_day_is_the_later_one(self, cast):
        project, head = running(cast, milestones=1)
        first = project.milestones.get()
        verbs.report_milestone(first, text="差不多了", by=head, at=NOW)
        verbs.return_milestone(first, reason="少一块顶棚", by=cast.fulian, at=NOW)
        late = NOW + timedelta(days=30)
        reach(first, cast, head, at=late)
        account = account_of(project)
        assert (account.milestones, account.reached, account.in_time) == (1, 1, 0)


def pay(milestone, cast, amount):
    return verbs.pay(milestone, amount=Decimal(amount), on=DAY, by=cast.dongshiqiao, at=NOW)


class TestTheEnd:
    def test_accepted_only_when_every_part_is_and_nothing_is_left_to_follow(self, cast):
        project, head = running(cast, milestones=0)
        accept = {"by": cast.dongshiqiao, "at": NOW}
        assert code_of(verbs.accept_project, project, **accept) == "no_milestones"
        part = verbs.set_milestone(project, title="搭棚", due_on=DAY, **accept)
        assert code_of(verbs.accept_project, project, **accept) == "milestones_left"
        reach(part, cast, head)
        seen = verbs.visit(project, visited_on=DAY, seen="电线裸露", findings="裸线", follow_up="套管", **accept)
        assert code_of(verbs.accept_project, project, **accept) == "to_follow"
        verbs.follow_up(seen, text="已套管", by=head, at=NOW)
        assert code_of(verbs.follow_up, seen, text="再说一遍", by=head, at=NOW) == "followed"
        verbs.accept_project(project, **accept)
        account = account_of(project)
        assert (project.state, account.visits, account.findings, account.followed) == ("accepted", 1, 1, 1)

    def test_done_with_the_acceptance_solved_with_the_askers_word(self, cast):
        project, head = running(cast, milestones=1)
        claim = Claim.objects.get(item=project.item)
        assert code_of(verbs.finish, claim, by=head, at=NOW) == "by_project"
        assert not Claim.objects.finishable_by(head).exists()
        reach(project.milestones.get(), cast, head)
        verbs.accept_project(project, by=cast.lindong, at=NOW)
        item = Item.objects.get(pk=project.item_id)
        assert item.state == "done"
        verbs.confirm(item, by=cast.fulian, at=NOW)
        assert (item.state, Claim.objects.get(pk=claim.pk).state) == ("confirmed", "confirmed")

    def test_an_asker_who_is_not_content_lets_it_run_again(self, cast):
        project, head = running(cast, milestones=1)
        reach(project.milestones.get(), cast, head)
        verbs.accept_project(project, by=cast.dongshiqiao, at=NOW)
        item = Item.objects.get(pk=project.item_id)
        verbs.send_back(item, reason="充电口不通电", by=cast.fulian, at=NOW)
        project.refresh_from_db()
        assert (project.state, project.accepted_on, item.state) == ("running", None, "in_hand")
        part = verbs.set_milestone(project, title="接电", due_on=DAY, by=cast.dongshiqiao, at=NOW)
        reach(part, cast, head)
        verbs.accept_project(project, by=cast.dongshiqiao, at=NOW)
        assert Item.objects.get(pk=project.item_id).state == "done"

    def test_an_ended_alliance_stops_what_nobody_carries_out(self, cast):
        project, _head = running(cast)
        verbs.close_down(cast.alliance, by=cast.chifeng, at=NOW, reason="任务完成")
        project.refresh_from_db()
        assert project.state == "stopped"


@pytest.mark.parametrize("model", [IdeaCall, Idea, Project, Candidate, Milestone])
def test_every_move_is_in_the_table_and_leaves_one_step(cast, model):
    project, head = running(cast)
    reach(project.milestones.first(), cast, head)
    for thing in model.objects.all():
        steps = list(Step.objects.of(thing).exclude(to_state="").order_by("pk"))
        assert steps[-1].to_state == thing.state
        assert all(s.from_state == "" or s.to_state in model.MOVES[s.from_state] for s in steps)
