"""Leadership: the lead nominates, each member has one voice, more than half let a post begin; a term ends by itself."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse

from alliances import transitions as verbs
from alliances.models import Alliance, Membership, Post, RuleSet
from alliances.notices import WRITERS
from alliances.tasks import keep_terms
from assessments.workbench import todos_of
from members.lifecycle import note
from members.models import Notice, Step
from members.notices import tell
from members.states import Refused
from tests.cast import NOW, again, alliance, join, person

TODAY = NOW.date()
UNTIL = TODAY + timedelta(days=900)


def nominated(cast, where=None, **words):
    given = {
        "kind": "deputy", "person": "王芳", "organization": cast.fulian_org, "since": TODAY, "until": UNTIL,
        "by": cast.dongshiqiao, "at": NOW,
    } | words  # fmt: skip
    return verbs.nominate(where or cast.alliance, **given)


def agree(cast, post, who="fulian", agrees=True, **words):
    own = getattr(cast, f"{who}_org")
    return verbs.consent(post, own, agrees=agrees, **({"by": again(getattr(cast, who)), "at": NOW} | words))


def standing(cast, until=UNTIL, **fields):
    given = {
        "kind": "deputy",
        "person": "刘强",
        "since": date(2018, 6, 1),
        "until": until,
        "state": "standing",
    } | fields
    post = Post.objects.create(alliance=cast.alliance, **given)
    note(post, "begin", at=NOW, to_state=post.state)
    return post


@pytest.fixture
def post(cast):
    return nominated(cast)


def test_the_leads_nomination_is_its_voice_and_one_more_of_two_members_is_needed(cast, post):
    assert [(c.organization, c.agrees) for c in post.consents.all()] == [(cast.dongshiqiao_org, True)]
    assert post.state == "nominated"
    agree(cast, post, remark="同意")
    assert post.state == "standing"
    assert (post.since, post.until) == (TODAY, UNTIL)
    said = post.consents.get(organization=cast.fulian_org)
    assert (said.by, said.at, said.remark) == (cast.fulian, NOW, "同意")
    assert [step.verb for step in Step.objects.of(post)] == ["nominate", "consent", "begin"]


@pytest.mark.parametrize(("agreeing", "against", "state"), [
    (0, 0, "nominated"), (1, 0, "nominated"), (2, 0, "standing"), (1, 1, "nominated"), (0, 2, "nominated"),
    (0, 3, "not_agreed"), (1, 2, "nominated"), (2, 1, "standing"),
])  # fmt: skip
def test_more_than_half_of_five_begin_and_half_against_fail(cast, agreeing, against, state):
    for own in (cast.lushan_org, cast.town_org, cast.banner_org):
        join(cast.alliance, own)
    post = nominated(cast)
    voices = [("fulian", cast.fulian_org), ("lushan", cast.lushan_org), ("lindong", cast.town_org)]
    for place, (who, own) in enumerate(voices[: agreeing + against]):
        if post.state == "nominated":
            verbs.consent(post, own, agrees=place < agreeing, by=again(getattr(cast, who)), at=NOW)
    assert post.state == state


def test_each_member_speaks_once_and_only_for_itself(cast, post):
    join(cast.alliance, cast.lushan_org)
    with pytest.raises(PermissionDenied):
        verbs.consent(post, cast.fulian_org, agrees=True, by=cast.dongshiqiao, at=NOW)
    with pytest.raises(PermissionDenied):
        verbs.consent(post, cast.fulian_org, agrees=True, by=cast.chifeng, at=NOW)
    with pytest.raises(Refused) as refused:
        agree(cast, post, "dongshiqiao")
    assert refused.value.code == "already_said"
    Membership.objects.filter(organization=cast.lushan_org).update(state="left")
    with pytest.raises(Refused) as refused:
        agree(cast, post, "lushan")
    assert refused.value.code == "not_member"


@pytest.mark.parametrize(("state", "verb", "after"), [
    ("nominated", "consent", "standing"), ("nominated", "retract", "retracted"), ("nominated", "relieve", None),
    ("standing", "consent", None), ("standing", "retract", None), ("standing", "relieve", "ended"),
    ("not_agreed", "consent", None), ("retracted", "consent", None), ("ended", "relieve", None),
    ("ended", "consent", None), ("retracted", "retract", None), ("not_agreed", "retract", None),
])  # fmt: skip
def test_a_post_moves_as_its_table_says(cast, post, state, verb, after):
    Post.objects.filter(pk=post.pk).update(state=state)
    post.refresh_from_db()

    def speak():
        if verb == "consent":
            return agree(cast, post)
        return getattr(verbs, verb)(post, by=cast.dongshiqiao, at=NOW, reason="工作调整")

    if after:
        speak()
    else:
        with pytest.raises(Refused):
            speak()
    post.refresh_from_db()
    assert post.state == (after or state)


def test_who_leaves_has_no_voice_and_the_calendar_counts_anew(cast, post):
    for own in (cast.lushan_org, cast.town_org):
        join(cast.alliance, own)
    agree(cast, post)
    assert post.state == "nominated"  # two of four
    leaving = Membership.objects.get(alliance=cast.alliance, organization=cast.lushan_org)
    verbs.leave(leaving, by=cast.lushan, at=NOW, reason="忙")
    assert verbs.keep_terms(TODAY, NOW) == 1
    post.refresh_from_db()
    assert post.state == "standing"  # two of three


def test_one_secretary_at_a_time_and_a_successor_relieves(cast):
    first = nominated(cast, kind="secretary", person="李书记", organization=cast.dongshiqiao_org)
    agree(cast, first)
    with pytest.raises(Refused) as refused:
        nominated(cast, kind="secretary", organization=cast.dongshiqiao_org)
    assert refused.value.code == "has_secretary"
    second = nominated(cast, kind="secretary", organization=cast.dongshiqiao_org, succeeds=first)
    agree(cast, second)
    first.refresh_from_db()
    assert (first.state, first.until, second.state) == ("ended", TODAY, "standing")
    assert cast.alliance.posts.standing().get(kind="secretary") == second


@pytest.mark.parametrize(("words", "field"), [
    ({"until": TODAY}, "until"), ({"since": UNTIL}, "until"), ({"until": date(9999, 12, 31)}, "until"),
    ({"since": date(1, 1, 1)}, "until"), ({"person": "字" * 10_000}, "person"), ({"person": "  "}, "person"),
    ({"kind": "emperor"}, "kind"), ({"kind": "secretary", "organization": None}, "organization"),
])  # fmt: skip
def test_an_odd_nomination_is_refused_by_the_name_of_its_field(cast, words, field):
    with pytest.raises(ValidationError) as wrong:
        nominated(cast, **words)
    assert field in wrong.value.message_dict
    assert not Post.objects.exists()


def test_nobody_succeeds_somebody_of_another_alliance(cast):
    other = alliance("别处联盟", cast.dongshiqiao_org, cast.town_org)
    theirs = Post.objects.create(alliance=other, person="甲", state="standing", since=TODAY, until=UNTIL)
    with pytest.raises(ValidationError):
        nominated(cast, succeeds=theirs)


def test_the_regions_rule_keeps_the_enterprise_side_from_heading_except_in_a_nested_branch_with_a_reason(cast):
    RuleSet.objects.create(region_id="1504", head_reserved=True)
    type(cast.fulian_org).objects.filter(pk=cast.fulian_org.pk).update(sector="private_enterprise")
    cast.fulian_org.refresh_from_db()
    with pytest.raises(Refused) as refused:
        nominated(cast, kind="secretary")
    assert refused.value.code == "head_reserved"
    assert nominated(cast, kind="part_time_member").state == "nominated"
    assert nominated(cast, kind="secretary", organization=cast.dongshiqiao_org, exemption="不留").exemption == "不留"
    nested = alliance(
        "营销党支部", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org], form="joint_branch", parent=cast.alliance
    )
    with pytest.raises(Refused):
        nominated(cast, nested, kind="secretary")
    assert nominated(cast, nested, kind="secretary", exemption="营销渠道在企业").exemption == "营销渠道在企业"


def test_a_party_member_of_that_name_is_found_and_stays_in_the_own_branch(cast):
    wang = person("王芳", cast.fulian_org)
    person("李四", cast.fulian_org), person("李四", cast.fulian_org)
    before = (cast.fulian_org.parent_id, wang.organization_id)
    post = nominated(cast)
    agree(cast, post)
    assert post.party_member == wang
    assert nominated(cast, person="李四", kind="grid_worker").party_member is None
    wang.refresh_from_db()
    cast.fulian_org.refresh_from_db()
    assert (cast.fulian_org.parent_id, wang.organization_id) == before


def test_a_term_is_warned_of_once_and_ends_on_its_day(cast):
    post = standing(cast, until=TODAY + timedelta(days=60))
    assert verbs.keep_terms(TODAY - timedelta(days=1), NOW) == 0
    assert verbs.keep_terms(TODAY, NOW) == 1
    assert verbs.keep_terms(TODAY, NOW) == 0
    assert [step.verb for step in Step.objects.of(post)] == ["begin", "term_ends"]
    assert verbs.keep_terms(post.until, NOW) == 0  # the last day is still one in office
    assert verbs.keep_terms(post.until + timedelta(days=1), NOW) == 1
    post.refresh_from_db()
    assert (post.state, Step.objects.of(post).last().verb) == ("ended", "expire")


def test_how_long_before_its_end_a_term_is_warned_of_is_the_regions_rule(cast):
    here = standing(cast, until=TODAY + timedelta(days=80))
    there = Post.objects.create(alliance=cast.nanyang_alliance, kind="deputy", person="乙", until=here.until,
                                since=here.since, state="standing")  # fmt: skip
    RuleSet.objects.create(region=None, term_notice_days=30)
    assert not Post.objects.ending(TODAY).exists()
    RuleSet.objects.create(region_id="1504", term_notice_days=90)
    assert list(Post.objects.ending(TODAY)) == [here]
    RuleSet.objects.create(region_id="150422", term_notice_days=79)
    assert not Post.objects.ending(TODAY).exists(), "the nearest region rules"
    RuleSet.objects.create(region_id="4113", term_notice_days=80)
    assert list(Post.objects.ending(TODAY)) == [there]


def test_task_and_command_keep_terms_alike(cast, capsys):
    standing(cast, until=date(2019, 1, 1))
    assert keep_terms() == 1
    standing(cast, until=date(2019, 1, 1), person="乙")
    call_command("keep_terms")
    assert "1 posts" in capsys.readouterr().out
    assert not Post.objects.standing().exists()


def test_a_reported_post_stands_without_term_or_consents_and_never_expires(cast):
    told = Post.objects.create(
        alliance=cast.alliance, person="任忠磊", kind="secretary", state="standing", source="PD1904"
    )
    assert told.reported
    assert verbs.keep_terms(date(2050, 1, 1), NOW) == 0
    note(told, "report", at=NOW, to_state="standing")
    verbs.relieve(told, by=cast.dongshiqiao, at=NOW, reason="换届")
    assert (told.state, told.since, told.until) == ("ended", None, TODAY)


def test_posts_end_with_their_alliance(cast, post):
    held = standing(cast)
    verbs.dissolve(cast.alliance, by=cast.chifeng, at=NOW, reason="任务完成")
    assert {Post.objects.get(pk=p.pk).state for p in (post, held)} == {"retracted", "ended"}


def test_one_person_several_posts_as_far_as_one_may_see(cast, browse):
    other = alliance("笤帚苗产业党建联合体", cast.fulian_org, cast.banner_org, [cast.dongshiqiao_org])
    far = cast.nanyang_alliance
    mine = {"person": "戴鹏飞", "organization": cast.fulian_org}
    posts = [standing(cast, **mine), standing(cast, **mine, kind="grid_worker")]
    for where in (other, far):
        posts.append(standing(cast, **mine))
        Post.objects.filter(pk=posts[-1].pk).update(alliance=where)
    page = browse("dongshiqiao").get(reverse("posts:person", args=[posts[0].pk])).content.decode()
    assert other.name in page
    assert far.name not in page
    seen = browse("fulian").get(f"/api/v1/posts/{posts[0].pk}/person/").json()
    assert {row["id"] for row in seen} == {p.pk for p in posts[:3]}
    many = browse("dongshiqiao").get(reverse("posts:list") + "?view=many").content.decode()
    assert many.count("戴鹏飞") >= 3


@pytest.mark.parametrize("who", ["chifeng", "lindong", "fulian", "lushan", "nanyang", "dongguan", "auditor"])
def test_only_the_lead_nominates_retracts_and_relieves(cast, post, who):
    user = again(getattr(cast, who))
    held = standing(cast)
    assert not Alliance.objects.nominable_by(user).filter(pk=cast.alliance.pk).exists()
    assert not Post.objects.retractable_by(user).filter(pk=post.pk).exists()
    assert not Post.objects.relievable_by(user).filter(pk=held.pk).exists()


def test_only_a_silent_current_member_may_speak(cast, post):
    able = {
        who for who in ("chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian", "lushan", "nanyang", "dongguan")
        if Post.objects.consentable_by(again(getattr(cast, who))).exists()
    }  # fmt: skip
    assert able == {"fulian"}
    agree(cast, post)
    assert not Post.objects.consentable_by(again(cast.fulian)).exists()


def last(post):
    step = Step.objects.of(post).exclude(to_state="").last()
    return step.verb, step.from_state, step.to_state, step.by, step.reason


def test_page_and_rest_take_the_same_step(cast, browse):
    member, lead = browse("fulian"), browse("dongshiqiao")
    voice = {"organization": cast.fulian_org.pk, "remark": "好"}
    one, two = nominated(cast, person="甲"), nominated(cast, person="乙")
    assert member.post(reverse("posts:consent", args=[one.pk]), voice | {"agrees": "yes"}).status_code == 302
    said = member.post(f"/api/v1/posts/{two.pk}/consent/", voice | {"agrees": True}, content_type="application/json")
    assert (said.status_code, said.json()["state"]) == (200, "standing")
    assert last(one) == last(two)
    reason = {"reason": "工作调整"}
    assert lead.post(reverse("posts:relieve", args=[one.pk]), reason).status_code == 302
    assert lead.post(f"/api/v1/posts/{two.pk}/relieve/", reason, content_type="application/json").status_code == 200
    assert last(one) == last(two)
    three, four = nominated(cast, person="丙"), nominated(cast, person="丁")
    assert lead.post(reverse("posts:retract", args=[three.pk]), reason).status_code == 302
    assert lead.post(f"/api/v1/posts/{four.pk}/retract/", reason, content_type="application/json").status_code == 200
    assert last(three) == last(four)
    assert member.post(f"/api/v1/posts/{four.pk}/retract/", reason, content_type="application/json").status_code == 403
    again_ = lead.post(f"/api/v1/posts/{four.pk}/retract/", reason, content_type="application/json")
    assert (again_.status_code, again_.json()["code"]) == (409, "move_refused")


def test_a_nomination_by_page_and_by_rest(cast, browse):
    lead = browse("dongshiqiao")
    url = reverse("alliances:nominate", args=[cast.alliance.pk])
    until = str(TODAY.replace(year=TODAY.year + 60))
    assert lead.get(url).status_code == 200
    words = {"kind": "deputy", "person": "王芳", "organization": cast.fulian_org.pk, "since": "2099-01-01"}
    refused = lead.post(url, words | {"until": "2098-01-01"})
    assert refused.status_code == 422
    assert "任期" in refused.content.decode()
    assert lead.post(url, words | {"until": until, "organization": cast.dongguan_org.pk}).status_code == 422
    rest = f"/api/v1/alliances/{cast.alliance.pk}/nominate/"
    strange = words | {"until": until, "organization": cast.dongguan_org.pk}
    assert lead.post(rest, strange, content_type="application/json").status_code == 404
    assert browse("nanyang").post(rest, words, content_type="application/json").status_code == 404
    assert browse("fulian").post(rest, words, content_type="application/json").status_code == 403
    assert not Post.objects.exists()


def test_who_hears_of_what(cast):
    tell(WRITERS, NOW)
    Notice.objects.all().delete()

    def heard():
        tell(WRITERS, NOW)
        found = {(n.user.username, n.text) for n in Notice.objects.select_related("user")}
        Notice.objects.all().delete()
        return found

    post = nominated(cast)
    assert heard() == {("fulian", "“五金小区基层治理共同体”提名王芳任副书记，请贵组织表态。")}
    agree(cast, post)
    assert {who for who, _ in heard()} == {"dongshiqiao"}
    Post.objects.filter(pk=post.pk).update(until=TODAY + timedelta(days=9))
    verbs.keep_terms(TODAY, NOW)
    assert {who for who, _ in heard()} == {"dongshiqiao"}
    post.refresh_from_db()
    verbs.relieve(post, by=cast.dongshiqiao, at=NOW, reason="调离")
    assert heard() == {("fulian", "王芳不再任“五金小区基层治理共同体”副书记：调离")}


def test_what_waits_stands_on_the_work_bench(cast, post):
    titles = lambda who: [t.title for t in todos_of(again(getattr(cast, who)), TODAY)[0]]  # noqa: E731
    assert titles("fulian") == ["王芳 · 副书记"]
    assert titles("nanyang") == titles("lushan") == []
    standing(cast, until=TODAY + timedelta(days=20))
    assert "刘强 · 副书记" in titles("dongshiqiao")
    nominated(cast, person="接班", succeeds=Post.objects.get(person="刘强"))
    assert "刘强 · 副书记" not in titles("dongshiqiao")


@pytest.mark.parametrize("odd", ["%00", "<script>", "x" * 5000, "-1", "9" * 40, "%F0%A0%AE%B7"])
def test_odd_questions_to_the_list_of_posts(cast, browse, post, odd):
    for query in (f"?q={odd}", f"?view={odd}&kind={odd}", f"?alliance={odd}&region={odd}"):
        assert browse("chifeng").get(reverse("posts:list") + query).status_code == 200
        assert browse("chifeng").get(f"/api/v1/posts/{query}").status_code in {200, 422}
    assert browse("dongshiqiao").get(
        reverse("alliances:nominate", args=[cast.alliance.pk]) + f"?succeeds={odd}"
    ).status_code == 200  # fmt: skip
