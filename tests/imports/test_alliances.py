"""联合体 from a spreadsheet: who has no voice yet is recorded as a member, everybody else decides for themselves."""

from itertools import pairwise

import pytest

from alliances.importing.alliance import AllianceImporter
from alliances.models import Alliance, Membership
from alliances.transitions import leave
from assessments import approvals, imports
from members.importing import runs
from members.models import ImportRun, Organization, Step
from members.spreadsheets import csv_lines
from members.states import Refused
from tests.cast import NOW, alliance, community, organization, user
from tests.imports.conftest import counts, faults, handed_in, loaded, taken_back

pytestmark = pytest.mark.django_db
IMPORTER = AllianceImporter()


@pytest.fixture
def linhuang(cast):
    """A community of the street that is in no alliance yet."""
    return community("临潢路社区党支部", "150422404001", cast.town_org)


def silent(cast, name, place):
    """An organisation of the street for which nobody can speak yet."""
    there = Organization.objects.filter(name=name).first()
    return there or organization(name, place, parent=cast.town_org)


def lead(cast):
    return silent(cast, "契丹街社区党支部", "150422404")


def school(cast):
    return silent(cast, "林东三小党支部", "150422404")


def row(cast, **fields):
    """临潢路: led by a branch under the street that has no account yet, running since 2019-04-01."""
    return {
        "name": "临潢路党建联合体", "region_id": "150422404", "form": "联合党委", "mode": "区域化共驻共建",
        "formation": "设立非建制性联合党组织", "lead_code": lead(cast).code,
        "supervising_code": cast.town_org.code, "document_number": "林党发〔2019〕3号", "activated_on": "2019-04-01",
        "chains": "治理链；服务链", "member_codes": school(cast).code, **fields,
    }  # fmt: skip


def test_who_has_no_voice_yet_is_recorded_and_everybody_else_is_asked(cast, linhuang):
    """妇联 lies in the banner's own subtree too: it has an account, so it decides itself."""
    codes = ";".join([school(cast).code, linhuang.code, cast.fulian_org.code, cast.nanyang_org.code])
    run = handed_in(IMPORTER, [row(cast, member_codes=codes)], cast.balinzuo)
    assert counts(run) == (1, 0, 0, 0), faults(run)
    assert "登记原有成员 3 个" in run.remarks[0]
    assert "发出邀请 2 个" in run.remarks[1]
    runs.order(run, by=cast.chifeng, at=NOW)
    runs.advance(run, IMPORTER, at=NOW)
    made = Alliance.objects.get(name="临潢路党建联合体")
    assert (made.state, str(made.activated_on), made.code[:10]) == ("active", "2019-04-01", "LHT-150422")
    joined = {m.organization: (m.state, str(m.joined_on)) for m in made.memberships.all()}
    member, asked = ("accepted", "2019-04-01"), ("invited", "None")
    assert joined == {
        lead(cast): member, school(cast): member, linhuang: member, cast.fulian_org: asked, cast.nanyang_org: asked,
    }  # fmt: skip
    assert [c.kind for c in made.chains.all()] == ["governance", "service"]


def test_the_street_speaks_for_its_own_subtree_only(cast, linhuang):
    """妇联 belongs to the banner: the street can only invite it."""
    run = loaded(IMPORTER, [row(cast, member_codes=f"{cast.fulian_org.code}；{linhuang.code}")], cast.lindong)
    assert run.state == "applied", faults(run)
    states = dict(Membership.objects.filter(alliance__name="临潢路党建联合体").values_list("organization", "state"))
    assert states[cast.fulian_org.pk] == "invited"
    assert states[linhuang.pk] == "accepted"


def test_nobody_is_enrolled_into_an_alliance_that_the_system_knows(cast, linhuang):
    there = cast.alliance
    again = row(
        cast, code=there.code, name=there.name, region_id=there.region_id, activated_on=there.activated_on.isoformat(),
        chains="治理链", member_codes=f"{cast.fulian_org.code};{linhuang.code}", document_number="",
        lead_code=cast.dongshiqiao_org.code,
    )  # fmt: skip
    run = loaded(IMPORTER, [again], cast.chifeng)
    assert counts(run) == (0, 1, 0, 0), faults(run)
    assert there.memberships.get(organization=linhuang).state == "invited"
    assert there.memberships.get(organization=cast.fulian_org).state == "accepted"
    assert counts(handed_in(IMPORTER, [again], cast.chifeng)) == (0, 0, 1, 0)


def test_known_and_unknown_codes_outside_the_scope_answer_alike(cast):
    known, unknown = (
        handed_in(IMPORTER, [row(cast, member_codes=f"{school(cast).code};{code}")], cast.balinzuo)
        for code in (cast.nanyang_org.code, "ORG-999999")
    )
    assert (counts(known), known.remarks, faults(known)) == (counts(unknown), unknown.remarks, faults(unknown))
    for field in ("lead_code", "supervising_code"):
        known, unknown = (
            handed_in(IMPORTER, [row(cast, **{field: code})], cast.balinzuo)
            for code in (cast.nanyang_org.code, "ORG-999999")
        )
        assert [fault[1::2] for fault in faults(known)] == [fault[1::2] for fault in faults(unknown)]
        assert known.bad == 1


def test_who_comes_to_speak_for_a_recorded_member_may_leave(cast):
    loaded(IMPORTER, [row(cast)], cast.balinzuo)
    head = user("school", "branch", organization=school(cast))
    own = Membership.objects.get(alliance__name="临潢路党建联合体", organization=school(cast))
    assert Membership.objects.leavable_by(head).filter(pk=own.pk).exists()


def test_no_file_makes_a_lead_or_a_member_of_who_can_speak_for_itself(cast):
    """A member of staff cannot enrol an organisation, by a file neither."""
    leads = handed_in(IMPORTER, [row(cast, lead_code=cast.dongshiqiao_org.code)], cast.balinzuo)
    joins = handed_in(IMPORTER, [row(cast, member_codes=cast.fulian_org.code)], cast.balinzuo)
    assert faults(leads)[0][1] == "设立日期"
    assert faults(joins)[0][1] == "成员组织代码"


def test_a_second_person_agrees_before_anything_is_done(cast):
    run = handed_in(IMPORTER, [row(cast)], cast.balinzuo)
    waiting = imports.confirm(run, by=cast.balinzuo, at=NOW)
    assert not Alliance.objects.filter(name="临潢路党建联合体").exists()
    with pytest.raises(Exception, match="提出人"):
        approvals.approve(waiting, by=cast.balinzuo, at=NOW)
    approvals.approve(waiting, by=cast.chifeng, at=NOW)
    assert imports.sweep(at=NOW) == 1
    assert Alliance.objects.get(name="临潢路党建联合体").runs


def test_the_history_is_the_one_that_the_verbs_would_have_left(cast):
    rows = [
        row(cast), row(cast, name="二联合体", formation="签订共建协议"),
        row(cast, name="三联合体", activated_on="", document_number=""),
    ]  # fmt: skip
    loaded(IMPORTER, rows, cast.chifeng)
    for name, way in (
        ("临潢路党建联合体", ["draft", "submitted", "active"]),
        ("二联合体", ["draft", "active"]),
        ("三联合体", ["draft"]),
    ):  # fmt: skip
        made = Alliance.objects.get(name=name)
        steps = list(Step.objects.of(made))
        assert [step.to_state for step in steps] == way
        assert all(b in Alliance.MOVES[a] for a, b in pairwise(way))
        assert [step.until is None for step in steps] == [False] * (len(way) - 1) + [True]
    assert {m.state for m in made.memberships.all()} == {"invited"}


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"region_id": "4113"}, "服务区划代码"),
        ({"form": "委员会"}, "组织形式"),
        ({"activated_on": "2019-06-04"}, "设立日期"),
        ({"activated_on": "2019-02-30"}, "设立日期"),
        ({"activated_on": "0001-01-01"}, "设立日期"),
        ({"document_number": ""}, "批复文号"),
        ({"member_codes": ""}, "成员组织代码"),
        ({"member_codes": "不是代码"}, "成员组织代码"),
        ({"chains": "食物链"}, "链"),
        ({"code": "LHT-000000-000001"}, "编号"),
        ({"name": "x" * 10_000}, "名称"),
    ],
)
def test_a_bad_cell_is_named(cast, fields, column):
    run = handed_in(IMPORTER, [row(cast, **fields)], cast.chifeng)
    assert [fault[1] for fault in faults(run)] == [column]


def test_the_committee_stands_above_the_lead_and_the_place(cast):
    run = handed_in(IMPORTER, [row(cast, supervising_code=cast.lushan_org.code)], cast.chifeng)
    assert faults(run)[0][1] == "上级组织代码"


def test_the_street_does_not_register_as_running_what_its_superior_leads_or_what_it_leads_itself(cast):
    above = handed_in(IMPORTER, [row(cast, supervising_code=cast.banner_org.code)], cast.lindong)
    itself = handed_in(
        IMPORTER, [row(cast, lead_code=cast.town_org.code, supervising_code=cast.banner_org.code)], cast.lindong
    )
    assert faults(above)[0][1] == faults(itself)[0][1] == "设立日期"


@pytest.mark.parametrize("word", ["五金小区党建融合体", "五金小区联合体", "五金小区基层治理共同体", "五金小区党建联盟"])
def test_a_synonym_of_the_form_names_the_same_alliance_which_keeps_its_name(cast, word):
    known = alliance("五金小区党建联合体", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org], region="150422404")
    fields = {"name": word, "chains": "", "activated_on": "2019-03-01", "document_number": "", "mode": ""}
    fields |= {"lead_code": cast.dongshiqiao_org.code, "member_codes": cast.fulian_org.code}
    run = handed_in(IMPORTER, [row(cast, **fields)], cast.chifeng)
    assert counts(run) == (0, 0, 1, 0), faults(run)
    known.refresh_from_db()
    assert known.name == "五金小区党建联合体"


def test_undone_an_import_leaves_nothing_but_its_trail(cast, linhuang):
    run = loaded(IMPORTER, [row(cast, member_codes=f"{school(cast).code};ORG-999999")], cast.chifeng)
    made = Alliance.objects.get(name="临潢路党建联合体")
    taken_back(run)
    assert not Alliance.objects.filter(pk=made.pk).exists()
    assert not Membership.objects.filter(alliance_id=made.pk).exists()
    assert not Step.objects.of(made).filter(until=None).exclude(to_state="").exists()
    assert Step.objects.of(made).count() == 4


def test_once_a_member_has_answered_it_cannot_be_undone(cast):
    run = loaded(IMPORTER, [row(cast)], cast.chifeng)
    own = Membership.objects.get(alliance__name="临潢路党建联合体", organization=school(cast))
    leave(own, by=user("school", "branch", organization=school(cast)), at=NOW, reason="我们不是成员")
    with pytest.raises(Refused) as held:
        taken_back(run)
    assert "又有办理" in held.value.message


def test_exported_and_imported_again_nothing_changes(cast, linhuang):
    loaded(IMPORTER, [row(cast, purpose="一家\n办不成"), row(cast, name="草稿联合体", activated_on="")], cast.chifeng)
    things = Alliance.objects.governed_by(cast.chifeng).order_by("pk")
    before = "".join(csv_lines(IMPORTER.heads, IMPORTER.exported(things)))
    run = handed_in(IMPORTER, before.encode(), cast.chifeng)
    assert (run.bad, run.good, run.same) == (0, 0, 3), faults(run)
    assert "".join(csv_lines(IMPORTER.heads, IMPORTER.exported(things.all()))) == before


def test_affiliations_stay_what_they_were(cast):
    words = row(cast)
    before = dict(Organization.objects.values_list("pk", "parent"))
    loaded(IMPORTER, [words], cast.chifeng)
    assert dict(Organization.objects.values_list("pk", "parent")) == before
    assert ImportRun.objects.get().state == "applied"
