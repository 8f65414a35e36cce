"""The charter: drafted by the lead, put to the members, in force when nobody is silent or against it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from alliances import transitions as verbs
from alliances.models import Charter, RuleSet
from members.differences import changed, differences
from members.states import Refused
from tests.cast import NOW, join

FIRST = "第一条 自主自愿，不改变隶属关系。\n第二条 每月召开一次例会。"
SECOND = "第一条 自主自愿，不改变隶属关系。\n第二条 每季度召开一次例会。\n第三条 成员轮流主持。"
LATER = NOW + timedelta(days=1)


@pytest.fixture
def charter(cast):
    return verbs.draft_charter(cast.alliance, text=FIRST, by=cast.dongshiqiao, at=NOW)


@pytest.fixture
def put(cast, charter):
    return verbs.put_charter(charter, by=cast.dongshiqiao, at=NOW)


def test_the_last_assent_brings_it_into_force(cast, put):
    assert put.state == "consulting"
    assert [word.organization for word in put.assents.all()] == [cast.dongshiqiao_org]
    verbs.assent(put, cast.fulian_org, by=cast.fulian, at=LATER)
    assert (put.state, put.agreed_on) == ("in_force", LATER.date())


def test_silence_is_assent_when_the_term_of_the_region_is_over(cast, put):
    RuleSet.objects.create(region_id="150422", silence_days=3)
    term = NOW.date() + timedelta(days=3)
    assert verbs.complete_charters(term - timedelta(days=1)) == 0
    assert verbs.complete_charters(term + timedelta(days=9)) == 1
    assert verbs.complete_charters(term + timedelta(days=9)) == 0
    put.refresh_from_db()
    assert (put.state, put.agreed_on) == ("in_force", term)
    assert put.assents.get(organization=cast.fulian_org).silent


def test_an_objection_is_not_silence(cast, put):
    verbs.object_(put, cast.fulian_org, reason="例会太多", by=cast.fulian, at=LATER)
    assert verbs.complete_charters(date(2020, 1, 1)) == 0
    verbs.assent(put, cast.fulian_org, by=cast.fulian, at=LATER)
    assert put.state == "in_force"
    assert put.assents.get(organization=cast.fulian_org).reason == ""


def test_who_has_left_is_not_waited_for(cast, put):
    membership = cast.alliance.memberships.get(organization=cast.fulian_org)
    verbs.object_(put, cast.fulian_org, reason="例会太多", by=cast.fulian, at=LATER)
    verbs.leave(membership, by=cast.fulian, at=LATER, reason="精力不够")
    assert verbs.complete_charters(LATER.date() + timedelta(days=1)) == 1


def test_the_next_version_supersedes_the_one_before(cast, put):
    verbs.assent(put, cast.fulian_org, by=cast.fulian, at=NOW)
    second = verbs.draft_charter(cast.alliance, text=SECOND, by=cast.dongshiqiao, at=LATER)
    assert (second.version, second.previous) == (2, put)
    verbs.put_charter(second, by=cast.dongshiqiao, at=LATER)
    put.refresh_from_db()
    assert put.state == "in_force", "the old one holds until the new one does"
    verbs.assent(second, cast.fulian_org, by=cast.fulian, at=LATER)
    put.refresh_from_db()
    assert (put.state, second.state) == ("superseded", "in_force")


def test_one_version_to_come_at_a_time(cast, charter):
    with pytest.raises(Refused) as refused:
        verbs.draft_charter(cast.alliance, text=SECOND, by=cast.dongshiqiao, at=NOW)
    assert refused.value.code == "already_drafted"
    verbs.withdraw_charter(charter, reason="重写", by=cast.dongshiqiao, at=NOW)
    assert verbs.draft_charter(cast.alliance, text=SECOND, by=cast.dongshiqiao, at=NOW).version == 2


def test_who_joins_later_assents_to_what_is_in_force(cast, put):
    verbs.assent(put, cast.fulian_org, by=cast.fulian, at=NOW)
    with pytest.raises(Refused):
        verbs.assent(put, cast.lushan_org, by=cast.lushan, at=NOW)
    join(cast.alliance, cast.lushan_org)
    assert Charter.objects.assentable_by(cast.lushan).get() == put
    verbs.assent(put, cast.lushan_org, by=cast.lushan, at=NOW)
    assert put.assents.count() == 3
    assert not Charter.objects.assentable_by(cast.lushan).exists()


def speak(cast, charter, verb):
    words = {
        "amend": (verbs.amend_charter, {"text": SECOND}),
        "put": (verbs.put_charter, {}),
        "withdraw": (verbs.withdraw_charter, {"reason": "重写"}),
    }
    if verb in words:
        call, given = words[verb]
        return call(charter, by=cast.dongshiqiao, at=NOW, **given)
    if verb == "object":
        return verbs.object_(charter, cast.fulian_org, reason="不妥", by=cast.fulian, at=NOW)
    return verbs.assent(charter, cast.fulian_org, by=cast.fulian, at=NOW)


MOVES = {
    "draft": {"amend": "draft", "put": "consulting", "withdraw": "withdrawn"},
    "consulting": {"assent": "in_force", "object": "consulting", "withdraw": "withdrawn"},
    "in_force": {"assent": "in_force"},
    "superseded": {},
    "withdrawn": {},
}


@pytest.mark.parametrize("state", MOVES)
@pytest.mark.parametrize("verb", ["amend", "put", "assent", "object", "withdraw"])
def test_a_charter_moves_as_its_table_says(cast, put, state, verb):
    Charter.objects.filter(pk=put.pk).update(state=state, agreed_on=NOW.date())
    put.refresh_from_db()
    if verb in MOVES[state]:
        speak(cast, put, verb)
    else:
        with pytest.raises(Refused):
            speak(cast, put, verb)
    put.refresh_from_db()
    assert put.state == MOVES[state].get(verb, state)


def test_with_the_alliance_ends_what_was_being_considered(cast, put):
    verbs.dissolve(cast.alliance, by=cast.chifeng, at=NOW, reason="任务完成")
    put.refresh_from_db()
    assert put.state == "withdrawn"
    with pytest.raises(Refused):
        verbs.draft_charter(cast.alliance, text=FIRST, by=cast.dongshiqiao, at=NOW)


@pytest.mark.parametrize("text", ["", "  \r\n ", "字" * 20_001])
def test_a_text_that_nobody_reads_is_no_charter(cast, text):
    with pytest.raises(ValidationError):
        verbs.draft_charter(cast.alliance, text=text, by=cast.dongshiqiao, at=NOW)


def test_a_draft_is_the_leads_affair_until_it_is_put(cast, charter):
    seen = {name for name in ("dongshiqiao", "fulian", "chifeng", "lindong", "nanyang", "lushan")
            if Charter.objects.visible_to(getattr(cast, name)).exists()}  # fmt: skip
    assert seen == {"dongshiqiao"}
    verbs.put_charter(charter, by=cast.dongshiqiao, at=NOW)
    seen = {name for name in ("dongshiqiao", "fulian", "chifeng", "lindong", "nanyang", "lushan")
            if Charter.objects.visible_to(getattr(cast, name)).exists()}  # fmt: skip
    assert seen == {"dongshiqiao", "fulian", "chifeng", "lindong"}


def test_the_adjectives_hold_whom_the_verbs_take(cast, put):
    awaited = [name for name in ("dongshiqiao", "fulian", "lushan", "nanyang", "chifeng")
               if Charter.objects.assentable_by(getattr(cast, name)).exists()]  # fmt: skip
    assert awaited == ["fulian"]
    assert Charter.objects.objectable_by(cast.fulian).exists()
    assert Charter.objects.withdrawable_by(cast.dongshiqiao).exists()
    assert not Charter.objects.withdrawable_by(cast.chifeng).exists()
    verbs.object_(put, cast.fulian_org, reason="不妥", by=cast.fulian, at=NOW)
    assert Charter.objects.assentable_by(cast.fulian).exists()
    assert not Charter.objects.objectable_by(cast.fulian).exists()


def test_what_changed_is_shown_word_by_word():
    found = differences(FIRST, SECOND)
    assert [piece.how for piece in found[0]] == ["same"]
    assert [tuple(piece) for piece in found[1]] == [
        ("same", "第二条 每"), ("del", "月"), ("ins", "季度"), ("same", "召开一次例会。"),
    ]  # fmt: skip
    assert [tuple(piece) for piece in found[2]] == [("ins", "第三条 成员轮流主持。")]
    assert not changed(differences(FIRST, FIRST + "\n\n"))


def test_an_article_put_in_between_leaves_the_others_as_they_were():
    before = "第一条 自愿。\n第二条 可以退出，先办结。"
    found = differences(before, "第一条 自愿。\n第二条 轮流主持。\n第三条 可以退出，先办结。")
    assert [[tuple(piece) for piece in paragraph] for paragraph in found[1:]] == [
        [("ins", "第二条 轮流主持。")], [("del", "第二"), ("ins", "第三"), ("same", "条 可以退出，先办结。")],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n".join(str(n % 100) for n in range(7000)), "\n".join(str(n * 7 % 101) for n in range(7000))),
        ("。".join(str(n % 100) for n in range(7000)), "。".join(str(n * 7 % 101) for n in range(7000))),
    ],
)
def test_texts_made_to_be_slow_are_not(old, new):
    """Seven thousand short lines without an end: whole seconds, if each were compared with each."""
    found = differences(old, new)
    assert "".join(piece.text for part in found for piece in part if piece.how != "del") == new.replace("\n", "")
