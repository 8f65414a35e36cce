"""吹哨报到: a community calls departments, its head agrees, they sign, come and report, the community judges."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.workbench import todos_of
from listings import transitions as loop
from listings.models import Item, Whistle
from listings.notices import WRITERS
from listings.transitions import call as answers
from listings.transitions import whistle as verbs
from members.models import Notice
from members.notices import tell
from members.states import Refused
from tests.cast import NOW, again, user
from tests.listings.conftest import item_on
from tests.listings.projects import fixed
from tests.listings.whistles import WHY, answered, blown, call_of, evaluated, linked_organ, sounded

pytestmark = pytest.mark.django_db


def refused(code):
    return pytest.raises(Refused, check=lambda error: error.code == code)


def seen(whistle, account):
    return Whistle.objects.visible_to(again(account)).filter(pk=whistle.pk).exists()


def held(word, account, model=Whistle):
    return set(getattr(model.objects, word)(again(account)).values_list("pk", flat=True))


class TestTheWholeWay:
    def test_from_the_call_to_the_confirmation_of_whoever_asked(self, cast, problem):
        whistle = sounded(cast, problem)
        item = whistle.item
        problem.refresh_from_db()
        assert (problem.state, problem.answered_by, item.state) == ("linked", item, "open")
        answered(cast, whistle)
        whistle.refresh_from_db()
        item.refresh_from_db()
        assert (whistle.state, item.state) == ("reported", "in_hand")
        evaluated(cast, whistle)
        item.refresh_from_db()
        problem.refresh_from_db()
        assert (item.state, problem.state) == ("done", "linked"), "judged is not yet confirmed"
        loop.confirm(problem, by=cast.dongshiqiao, at=NOW)
        problem.refresh_from_db()
        assert problem.state == "confirmed"

    def test_problem_and_whistle_are_written_down_in_one_step(self, cast):
        said = WHY | {"title": "东侧污水外溢", "lead": cast.fulian_org}
        whistle = verbs.blow_anew(cast.alliance, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW, **said)
        assert (whistle.item.kind, whistle.item.title, whistle.item.asked_by) == (
            "problem", "东侧污水外溢", cast.dongshiqiao_org,
        )  # fmt: skip
        verbs.approve(whistle, by=cast.lindong, at=NOW)
        assert whistle.item.state == "open"
        assert whistle.item.answers.get().state == "linked"

    def test_every_stage_has_its_time(self, cast, item):
        whistle = sounded(cast, item)
        call = answered(cast, whistle)
        evaluated(cast, whistle)
        assert None not in (call.called_on, call.signed_at, call.arrived_at, call.reported_at)
        assert None not in (whistle.asked_at, whistle.sounded_on, whistle.evaluated_on)

    def test_unsolved_the_item_is_open_again_for_anybody(self, cast, item):
        whistle = sounded(cast, item)
        answered(cast, whistle)
        evaluated(cast, whistle, solved=False, satisfied=False)
        item.refresh_from_db()
        assert item.state == "open"
        assert blown(cast, item).state == "asked", "a further whistle may be blown"

    def test_not_content_with_what_the_departments_did_the_asker_opens_it_again(self, cast, item):
        whistle = sounded(cast, item)
        answered(cast, whistle)
        evaluated(cast, whistle)
        loop.send_back(Item.objects.get(pk=item.pk), by=cast.dongshiqiao, at=NOW, reason="又堵了")
        item.refresh_from_db()
        assert item.state == "open"

    def test_an_item_with_departments_at_work_is_not_done_by_its_claimant(self, cast, item):
        organ, voice = linked_organ(cast)
        whistle = sounded(cast, item, lead=organ)
        answered(cast, whistle, organ, voice, upto="sign_for")
        claim = loop.claim(item, cast.fulian_org, at=NOW)
        loop.finish(claim, at=NOW)
        item.refresh_from_db()
        assert (item.state, item.first_claimed_on) == ("in_hand", NOW.date()), "the claim counts"
        answers.arrive(call_of(whistle, organ), "到了", by=voice, at=NOW)
        answers.report(call_of(whistle, organ), "办了", by=voice, at=NOW)
        evaluated(cast, whistle)
        item.refresh_from_db()
        assert item.state == "done"

    def test_no_department_that_worked_on_it_confirms_it(self, cast, needs):
        item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org)
        whistle = sounded(cast, item)
        answered(cast, whistle)
        evaluated(cast, whistle)
        both = user("both", "branch", organization=cast.dongshiqiao_org)
        both.roles.create(role="branch", organization=cast.fulian_org, since="2018-01-01")
        assert item.pk not in held("confirmable_by", both, Item), "no button that is refused"
        with refused("own_claim"):
            loop.confirm(Item.objects.get(pk=item.pk), by=again(both), at=NOW)


class TestTheHead:
    def test_whom_it_calls_is_looked_at_again_before_it_sounds(self, cast, problem):
        whistle = blown(cast, problem)
        cast.alliance.memberships.filter(organization=cast.fulian_org).update(state="left", left_on=NOW.date())
        with refused("not_callable"):
            verbs.approve(whistle, by=cast.lindong, at=NOW)
        problem.refresh_from_db()
        assert Whistle.objects.get(pk=whistle.pk).state == "asked"

    def test_a_project_is_not_whistled_for(self, cast):
        project = fixed(cast)
        with refused("by_project"):
            blown(cast, project.item, lead=linked_organ(cast)[0])
        assert project.item_id not in held("whistleable_by", cast.dongshiqiao, Item)

    def test_departments_hear_of_nothing_before_the_head_agrees(self, cast, item):
        organ, voice = linked_organ(cast)
        whistle = blown(cast, item, lead=organ)
        assert not seen(whistle, voice)
        with refused("silent"):
            answers.sign_for(call_of(whistle, organ), by=voice, at=NOW)
        verbs.approve(whistle, by=cast.lindong, at=NOW)
        assert seen(whistle, voice)

    def test_who_blew_does_not_approve_nor_turn_down(self, cast, item):
        whistle = blown(cast, item)
        for verb, words in ((verbs.approve, {}), (verbs.turn_down, {"reason": "不"})):
            with refused("own_whistle"):
                verb(whistle, by=cast.dongshiqiao, at=NOW, **words)
        assert held("approvable_by", cast.dongshiqiao) == set()

    def test_the_head_is_another_account_of_the_caller_or_of_the_committee_above(self, cast, item):
        whistle = blown(cast, item)
        other = user("second", "branch", organization=cast.dongshiqiao_org)
        may = {a.username for a in (cast.lindong, cast.balinzuo, other) if whistle.pk in held("approvable_by", a)}
        assert may == {"lindong", "balinzuo", "second"}
        for account in (cast.chifeng, cast.fulian, cast.lushan, cast.nanyang, cast.dongshiqiao):
            assert whistle.pk not in held("headed_by", account), account

    def test_turned_down_the_item_stays_and_may_be_whistled_for_again(self, cast, item):
        whistle = blown(cast, item)
        verbs.turn_down(whistle, by=cast.lindong, at=NOW, reason="社区自己能办")
        item.refresh_from_db()
        assert (whistle.state, item.state, whistle.sounded_on) == ("turned_down", "open", None)
        assert blown(cast, item).state == "asked"


class TestWhomOneMayCall:
    def test_members_and_linked_organs_and_nobody_else_and_nobody_is_enrolled(self, cast, item):
        organ, _voice = linked_organ(cast)
        before = cast.alliance.memberships.count()
        sounded(cast, item, assistants=[organ])
        assert cast.alliance.memberships.count() == before
        for stranger in (cast.lushan_org, cast.nanyang_org, cast.dongshiqiao_org):
            with refused("not_callable"):
                blown(cast, item, lead=stranger)

    def test_whoever_asked_for_the_item_is_not_called_to_it(self, cast, needs):
        with refused("asker_called"):
            blown(cast, item_on(needs, cast.dongshiqiao, cast.fulian_org))

    def test_an_item_has_one_whistle_at_a_time(self, cast, item):
        blown(cast, item)
        with refused("already_blown"):
            blown(cast, item)

    def test_two_problems_of_one_item_do_not_sound_twice(self, cast, problems, item):
        asked = [item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title=title) for title in ("井盖", "污水")]
        for one in asked:
            loop.link(one, item, at=NOW)
        first, second = (blown(cast, one) for one in asked)
        verbs.approve(first, by=cast.lindong, at=NOW)
        with refused("already_blown"):
            verbs.approve(second, by=cast.lindong, at=NOW)

    @pytest.mark.parametrize("words", [{"reason": "because"}, {"need": " "}])
    def test_only_the_three_reasons_and_words_that_can_be_kept(self, cast, item, words):
        with pytest.raises(ValidationError):
            blown(cast, item, **words)

    def test_who_may_blow(self, cast, item):
        for account, may in (("dongshiqiao", True), ("lindong", True), ("fulian", False), ("lushan", False),
                             ("chifeng", False), ("nanyang", False), ("balinzuo", False)):  # fmt: skip
            assert (item.pk in held("whistleable_by", getattr(cast, account), Item)) is may, account


class TestTheAnswers:
    MOVES = {
        "called": {"sign_for", "refuse"},
        "signed_for": {"arrive", "refuse"},
        "arrived": {"report"},
        "reported": set(),
        "refused": set(),
    }

    @pytest.mark.parametrize("state", MOVES)
    @pytest.mark.parametrize("verb", ["sign_for", "arrive", "report", "refuse"])
    def test_every_state_and_every_verb(self, cast, item, state, verb):
        organ, _voice = linked_organ(cast)
        whistle = sounded(cast, item, assistants=[organ])
        upto = {"signed_for": "sign_for", "arrived": "arrive", "reported": "report"}.get(state)
        call = answered(cast, whistle, upto=upto) if upto else call_of(whistle, cast.fulian_org)
        said = {"refuse": {"reason": "不归我们", "where_next": "旗住建局"}}.get(verb, {})
        if state == "refused":
            answers.refuse(call, reason="不归我们", where_next="旗住建局", by=cast.fulian, at=NOW)
        given = (call,) if verb in ("sign_for", "refuse") else (call, "说明")
        if verb in self.MOVES[state]:
            getattr(answers, verb)(*given, by=cast.fulian, at=NOW, **said)
        else:
            with refused("move_refused"):
                getattr(answers, verb)(*given, by=cast.fulian, at=NOW, **said)

    def test_a_refusal_says_why_and_who_and_the_next_one_leads(self, cast, item):
        organ, voice = linked_organ(cast)
        whistle = sounded(cast, item)
        call = call_of(whistle, cast.fulian_org)
        for words in ({"reason": " ", "where_next": "住建局"}, {"reason": "不归我们", "where_next": " "}):
            with pytest.raises(ValidationError):
                answers.refuse(call, by=cast.fulian, at=NOW, **words)
        answers.refuse(call, reason="不归我们", where_next="住建局", by=cast.fulian, at=NOW)
        whistle.refresh_from_db()
        assert whistle.state == "sounded", "somebody is still to be called"
        assert verbs.call_in(whistle, organ, by=cast.dongshiqiao, at=NOW).role == "lead"
        answered(cast, whistle, organ, voice)
        whistle.refresh_from_db()
        assert whistle.state == "reported"

    def test_who_has_signed_and_passes_it_on_opens_the_item_again(self, cast, item):
        whistle = sounded(cast, item)
        call = answered(cast, whistle, upto="sign_for")
        answers.refuse(call, reason="不归我们", where_next="住建局", by=cast.fulian, at=NOW)
        item.refresh_from_db()
        assert item.state == "open"

    def test_the_caller_judges_each_who_reported_and_does_not_wait_for_the_silent(self, cast, item):
        organ, _voice = linked_organ(cast)
        whistle = sounded(cast, item, assistants=[organ])
        with refused("not_reported"):
            evaluated(cast, whistle)
        answered(cast, whistle)
        with pytest.raises(ValidationError):
            verbs.evaluate(whistle, solved=True, satisfied=True, departments={}, by=cast.dongshiqiao, at=NOW)
        evaluated(cast, whistle)
        assert call_of(whistle, organ).state == "called"
        with refused("silent"):
            answers.sign_for(call_of(whistle, organ), by=_voice, at=NOW)

    def test_a_called_organisation_does_not_judge_its_own_work(self, cast, item):
        whistle = sounded(cast, item, lead=cast.fulian_org)
        answered(cast, whistle)
        assert whistle.pk in held("evaluable_by", cast.lindong), "the street evaluates beneath it"
        both = user("both", "branch", organization=cast.dongshiqiao_org)
        both.roles.create(role="branch", organization=cast.fulian_org, since="2018-01-01")
        assert whistle.pk not in held("evaluable_by", both)


class TestTheEnd:
    @pytest.mark.parametrize("upto", [None, "sign_for", "report"])
    def test_called_off_the_item_stands_where_its_claims_put_it(self, cast, item, upto):
        whistle = sounded(cast, item)
        if upto:
            answered(cast, whistle, upto=upto)
        whistle.refresh_from_db()
        verbs.call_off(whistle, by=cast.dongshiqiao, at=NOW, reason="已自行解决")
        item.refresh_from_db()
        assert (whistle.state, item.state) == ("called_off", "open")

    def test_the_end_of_the_item_and_of_the_alliance_end_the_whistle(self, cast, needs, item):
        first = blown(cast, item)
        loop.refuse(item, by=cast.dongshiqiao, at=NOW, reason="重复", goes_to="原事项")
        second = sounded(cast, item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="另一件"))
        answered(cast, second, upto="sign_for")
        loop.close_down(cast.alliance, by=cast.chifeng, at=NOW, reason="空转")
        states = Whistle.objects.filter(pk__in=(first.pk, second.pk)).values_list("state", "item__state")
        assert set(states) == {("called_off", "refused")}


class TestWhoSeesIt:
    def test_nanyang_sees_nothing_and_the_alliance_everything(self, cast, item):
        whistle = sounded(cast, item)
        for account in (cast.chifeng, cast.balinzuo, cast.lindong, cast.dongshiqiao, cast.fulian):
            assert seen(whistle, account), account
        for account in (cast.nanyang, cast.dongguan, cast.lushan, cast.sysadmin):
            assert not seen(whistle, account), account

    def test_everybody_concerned_is_told_and_has_it_on_the_work_bench(self, cast, item):
        def told():
            tell(WRITERS, NOW)
            new = set(Notice.objects.filter(text__contains=item.title).values_list("user__username", flat=True))
            Notice.objects.all().delete()
            return new

        tell(WRITERS, NOW)
        Notice.objects.all().delete()
        whistle = blown(cast, item)
        assert told() == {"lindong"}, "the nearest committee, and never who asked"
        assert "whistles" in {k for k, n in todos_of(again(cast.lindong), NOW.date())[1].items() if n}
        verbs.approve(whistle, by=cast.lindong, at=NOW)
        assert told() == {"fulian"}
        assert todos_of(again(cast.fulian), NOW.date())[1]["called"] == 1
        answered(cast, whistle)
        assert told() == {"dongshiqiao"}
        assert todos_of(again(cast.dongshiqiao), NOW.date())[1]["evaluate"] == 1
        evaluated(cast, whistle)
        assert told() == {"fulian"}


class TestTheMouths:
    def test_lists_cost_the_same_with_one_whistle_and_with_three(self, cast, needs, client):
        def cost(url):
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            return len(asked)

        client.force_login(cast.chifeng)
        urls = ("/whistles/", "/api/v1/whistles/", "/api/v1/calls/")
        sounded(cast, item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org))
        before = [cost(url) for url in urls]
        for title in ("二", "三"):
            sounded(cast, item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=title))
        assert [cost(url) for url in urls] == before

    def test_page_and_rest_take_the_same_step(self, cast, problem, client):
        client.force_login(cast.dongshiqiao)
        said = {"item": problem.pk, "lead": cast.fulian_org.pk, **WHY}
        made = client.post("/api/v1/whistles/", said, content_type="application/json")
        assert made.status_code == 201, made.content
        client.force_login(cast.lindong)
        assert client.post(f"/whistles/{made.json()['id']}/approve/").status_code == 302
        call = made.json()["calls"][0]["id"]
        client.force_login(cast.fulian)
        assert client.post(f"/calls/{call}/sign-for/").status_code == 302
        assert client.post(f"/api/v1/calls/{call}/sign-for/").status_code == 409
        said = {"text": "急" * 10_001}
        assert client.post(f"/api/v1/calls/{call}/arrive/", said, content_type="application/json").status_code == 422
        assert client.post(f"/calls/{call}/arrive/", {"text": "到\0了"}).status_code == 422
        assert client.post(f"/calls/{call}/arrive/", {"text": "到了"}).status_code == 302
        assert client.get(f"/api/v1/calls/{call}/").json()["state"] == "arrived"

    def test_nobody_borrows_a_department_that_may_not_be_called(self, cast, problem, client):
        client.force_login(cast.dongshiqiao)
        for stranger in (cast.nanyang_org, cast.lushan_org, cast.dongshiqiao_org):
            said = {"item": problem.pk, "lead": stranger.pk, **WHY}
            assert client.post("/api/v1/whistles/", said, content_type="application/json").status_code == 404
            page = {"caller": cast.dongshiqiao_org.pk, "lead": stranger.pk, **WHY}
            assert client.post(f"/whistles/items/{problem.pk}/", page).status_code == 422
        assert not Whistle.objects.exists()
