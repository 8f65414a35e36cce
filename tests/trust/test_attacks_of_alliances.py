"""Attacks on what alliances do together: after their end, after leaving, in another's name, from beside, moved away."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from alliances import transitions as together
from alliances.models import (
    Alliance,
    Booking,
    Decision,
    Distribution,
    DistributionScheme,
    Membership,
    Partner,
    Staff,
    Venue,
)  # fmt: skip
from listings import transitions as verbs
from members.importing import runs
from members.importing.organizations import OrganizationImporter
from members.models import ImportRun, Organization, Role
from members.spreadsheets import csv_lines
from tests.alliances.means import divided
from tests.cast import FOUNDED, NOW, SINCE, again
from tests.matrix.grammar import EVERYBODY, LEAD, MEMBER
from tests.matrix.rest import ROUTES
from tests.matrix.test_rest import address, ask

pytestmark = pytest.mark.django_db

ELSEWHERE = {
    "alliance-list", "alliance-revoke", "alliance-accept", "alliance-decline", "alliance-approve", "alliance-return",
    "alliance-submit", "alliance-activate", "alliance-withdraw", "alliance-put-forward", "participant-take-in",
    "participant-turn-down", "participant-step-out", "charter-amend", "charter-put", "rotation-arrange",
    "rotation-set", "scheme-ratings", "registration-list", "registration-keep-skills", "registration-end",
    "item-bulk",  # answers each item for itself
    "rectification-finish-part", "rectification-plan", "rectification-report-progress", "rectificationappeal-withdraw",
    "selfreport-submit",
}
"""Of another alliance of the world, or of none: their things have not ended."""

OTHER_NOUNS = {
    "organlink", "servicepost", "team", "instructor", "rule", "approval", "proposal", "organization", "complaint",
    "delivery", "key", "notice", "robot", "webhook", "savedview", "service",
}  # fmt: skip
"""What no alliance owns."""

STAY = {
    "meeting-minutes",  # the lead may still write down what was said
    "activity-serve",  # who served on a day on which the alliance ran
    "item-confirm",  # who asked confirms what was done
    "item-send-back",
    "case-close",
    "idea-study",  # who handed in an idea gets an answer
    "idea-decline",
    "ideacall-cancel",
    "ideacall-close",
    "ideacall-publish",
}
"""What an ended alliance still allows, because it completes the record of what was."""


@pytest.fixture(scope="module")
def browsers(world):
    """Everybody of the cast, logged in once."""
    found = {name: Client(raise_request_exception=False) for name in sorted(EVERYBODY - {"member"})}
    for name, browser in found.items():
        browser.force_login(getattr(world.cast, name))
    return found


@pytest.fixture
def enter(browsers):
    return browsers.__getitem__


@pytest.fixture
def ended(world):
    """The world, after 五金小区 has ended by the verb."""
    with transaction.atomic():
        gone = Alliance.objects.get(pk=world.cast.alliance.pk)
        verbs.close_down(gone, by=world.cast.balinzuo, at=timezone.now(), reason="任务完成")
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def left(world):
    """The world, after 妇联 has left 五金小区."""
    with transaction.atomic():
        there = Membership.objects.get(alliance=world.cast.alliance, organization=world.cast.fulian_org)
        verbs.leave(there, by=world.cast.fulian, at=timezone.now(), reason="撤并")
        yield world
        transaction.set_rollback(True)


def of_alliance(who):
    """The verbs that the matrix gives to ``who``, in the alliance or on what is its own."""
    for (name, method), row in sorted(ROUTES.items()):
        if method == "POST" and row.can & who and name not in ELSEWHERE and name.partition("-")[0] not in OTHER_NOUNS:
            yield name, row


def answers(world, enter, name, row, people):
    """What the route's verb answers to each of them: (who, status, what it said)."""
    url = address(name, world.things[row.thing] if row.thing else 1)
    for who in sorted(row.can & people):
        got = ask(enter(who), "POST", url, row.body(world, who))
        yield who, got.status_code, got.content.decode()[:150]


def test_nothing_more_is_done_in_an_alliance_that_has_ended(ended, enter):
    wrong = [
        (name, who, status, said)
        for name, row in of_alliance(LEAD | MEMBER)
        for who, status, said in answers(ended, enter, name, row, LEAD | MEMBER)
        if status >= 500 or (status < 300 and name not in STAY | OF_THE_LEAVER)
    ]
    assert not wrong, "\n".join(map(str, wrong))


def test_who_has_left_does_nothing_more_in_the_alliance(left, enter):
    wrong = [
        (name, *got)
        for name, row in of_alliance(MEMBER)
        for got in answers(left, enter, name, row, MEMBER)
        if not 400 <= got[1] < 500 and name not in OF_THE_LEAVER
    ]
    assert not wrong, "\n".join(map(str, wrong))


OF_THE_LEAVER = {
    "item-dispute",  # about what it had finished and who asked does not confirm
    "dispute-withdraw",
    "idea-withdraw",
    "appeal-withdraw",
    "claim-strike-helper",  # a person named by mistake is taken back by who named it
}
"""What stays with who has left and with who was in an alliance that has ended: the fate of its own work and word."""


# In another's name ------------------------------------------------------------------------------------------------

OF_OTHERS = {
    "alliance-leave": {"reason": "替你退出"}, "alliance-vote-on": {"agrees": True}, "post-consent": {"agrees": True},
    "charter-assent": {}, "charter-object": {"reason": "不同意"}, "agreement-sign": {},
    "meeting-propose": {"title": "路灯"}, "decision-vote": {"choice": "for"}, "venue-list": {}, "venue-book": {},
    "distribution-confirm": {}, "distribution-agree-reversal": {}, "distribution-keep": {"reason": "不同意"},
    "item-claims": {},
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(OF_OTHERS))
def test_nobody_speaks_in_the_name_of_another_member(name, world, enter):
    row = ROUTES[name, "POST"]
    for who, other in (("fulian", world.cast.dongshiqiao_org), ("dongshiqiao", world.cast.fulian_org)):
        if who in row.can:
            body = row.body(world, who) | OF_OTHERS[name] | {"organization": other.pk}
            got = ask(enter(who), "POST", address(name, world.things[row.thing] if row.thing else 1), body)
            # 409 is told before the body is read: the lead has spoken already, or nothing is asked
            assert got.status_code in {403, 404, 409}, (who, got.status_code, got.content.decode()[:200])


# Borrowed ids -----------------------------------------------------------------------------------------------------


def borrowed(world):
    """Route, who, and a body that names what belongs elsewhere."""
    cast, things = world.cast, world.things
    beside = things["beside"]
    activity = together.plan(
        beside, kind="other", title="别处的活动", host=cast.dongshiqiao_org, planned_on=timezone.localdate(),
        by=cast.dongshiqiao, at=timezone.now(),
    )  # fmt: skip
    strange = together.convene(
        beside, kind="regular", title="别处的会", host=cast.dongshiqiao_org, planned_on=timezone.localdate(),
        topics=["别处的议题"], by=cast.dongshiqiao, at=timezone.now(),
    )  # fmt: skip
    calendar = together.draw_up_rotation(
        beside, starts_on=timezone.localdate() + timedelta(days=9), by=cast.dongshiqiao, at=timezone.now()
    )
    together.set_rotation(calendar, by=cast.dongshiqiao, at=timezone.now())
    turn, topic = calendar.turns.get(organization=cast.dongshiqiao_org).pk, strange.topics.get().pk
    money = {"amount": "1.00", "on": "2019-06-03", "purpose": "工具", "alliance": cast.alliance.pk}
    yield "fundentry-spend", None, "dongshiqiao", money | {"activity": activity.pk}
    yield "fundentry-receive", None, "dongshiqiao", money | {"source": "pooled", "member": cast.lushan_org.pk}
    yield "meeting-advance", "meeting", "dongshiqiao", {"topic": topic}
    yield "meeting-strike", "meeting", "dongshiqiao", {"topic": topic, "reason": "不议"}
    yield "meeting-decide", "held_meeting", "dongshiqiao", {"title": "定了", "topic": topic}
    yield "meeting-hold", "meeting", "dongshiqiao", {"held_on": "2019-06-03", "organizations": [cast.lushan_org.pk]}
    yield "hostturn-swap", "turn", "fulian", {"other": turn, "reason": "培训"}
    yield "rotation-arrange", "rotation_draft", "dongshiqiao", {"order": [cast.lushan_org.pk]}
    for parties in ([cast.lushan_org.pk], [cast.nanyang_org.pk, cast.fulian_org.pk]):
        body = {"title": "协议", "text": "一", "valid_from": "2030-01-01", "valid_to": "2030-12-31", "parties": parties}
        yield "agreement-amend", "agreement_draft", "dongshiqiao", body
        yield "agreement-list", None, "dongshiqiao", body | {"alliance": cast.alliance.pk}
    term = {"since": world.today(), "until": world.later(), "person": "王芳", "kind": "deputy"}
    yield "alliance-nominate", "alliance", "dongshiqiao", term | {"organization": cast.lushan_org.pk}
    yield "alliance-nominate", "joint", "dongshiqiao", term | {"succeeds": things["held_post"].pk}
    yield "alliance-mark", "alliance", "dongshiqiao", {"row": 987654321, "standing": "in_place"}
    yield "alliance-put-forward", "joint", "fulian", {"person": things["person"].pk}
    yield "servicepost-take", "post", "fulian", {"person": things["person"].pk}
    yield "servicepost-thank", "post", "dongshiqiao", {"person": things["person"].pk}
    yield "team-list", None, "dongshiqiao", {
        "community": cast.dongshiqiao_org.pk, "name": "队", "captain": things["person"].pk,
    }  # fmt: skip
    yield "registration-list", None, "fulian", {
        "people": [things["person"].pk], "community": cast.dongshiqiao_org.pk,
    }  # fmt: skip
    yield "registration-list", None, "fulian", {"people": [things["clerk"].pk], "community": cast.dongguan_org.pk}
    yield "alliance-split", "alliance", "fulian", {
        "name": "分出", "purpose": "", "form": "league", "formation": "convened", "lead": cast.fulian_org.pk,
        "supervising": cast.nanyang_org.pk, "organizations": [cast.dongshiqiao_org.pk],
    }  # fmt: skip
    yield "alliance-merge", "alliance", "chifeng", {"into": cast.nanyang_alliance.pk, "reason": "并入"}
    yield "alliance-place-under", "alliance", "chifeng", {"supervising": cast.nanyang_org.pk, "reason": "调整"}
    yield "organization-merge", "organization", "chifeng", {"into": cast.nanyang_org.pk, "reason": "重复"}
    yield "staff-list", None, "dongshiqiao", {
        "alliance": cast.alliance.pk, "kind": "volunteer", "person": things["clerk"].pk, "task": "巡查",
        "since": "2019-06-03",
    }  # fmt: skip


def test_ids_of_elsewhere_in_a_body_name_nothing(world, enter):
    wrong = []
    with transaction.atomic():
        for name, thing, who, body in borrowed(world):
            got = ask(enter(who), "POST", address(name, world.things[thing] if thing else 1), body)
            if got.status_code not in {404, 422}:
                wrong.append((name, who, body, got.status_code, got.content.decode()[:150]))
        transaction.set_rollback(True)
    assert not wrong, "\n".join(map(str, wrong))


# Days that no calendar has ----------------------------------------------------------------------------------------

DAYS = {
    "alliance-nominate": ("since", "until"), "alliance-convene": ("planned_on",), "alliance-plan": ("planned_on",),
    "activity-repeat": ("until",), "activity-hold": ("held_on",), "meeting-hold": ("held_on",),
    "agreement-list": ("valid_from", "valid_to"), "agreement-amend": ("valid_from", "valid_to"),
    "agreement-renew": ("valid_from", "valid_to"), "rotation-list": ("starts_on",), "rotation-arrange": ("starts_on",),
    "fundentry-receive": ("on",), "fundentry-spend": ("on",), "reserveentry-draw": ("on",), "staff-list": ("since",),
    "partner-list": ("since",), "venue-book": ("starts_at", "ends_at"), "distributionscheme-distribute": ("on",),
    "instructor-list": ("since",), "item-claims": ("promised_on",), "item-list": ("due_on",),
    "listing-list": ("period_from", "period_to"),
}  # fmt: skip
ENDS = ("0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31")


@pytest.mark.parametrize("name", sorted(DAYS))
def test_the_ends_of_the_calendar_break_no_verb(name, world, enter):
    row, fields = ROUTES[name, "POST"], DAYS[name]
    who = sorted(row.can & (LEAD | MEMBER))[0]
    url = address(name, world.things[row.thing] if row.thing else 1)
    for first in ENDS:
        for last in ENDS if len(fields) == 2 else ENDS[:1]:
            days = dict(zip(fields, (first, last), strict=False))
            if name == "venue-book":
                days = {field: f"{day}T23:59:59" for field, day in days.items()}
            got = ask(enter(who), "POST", url, row.body(world, who) | days)
            assert got.status_code < 500, (days, got.content.decode()[:200])


def test_an_agreement_does_not_begin_where_nobody_will_be(world, enter):
    """An agreement up to the last day of the calendar had no next day on which to expire or to be renewed."""
    body = ROUTES["agreement-list", "POST"].body(world, "dongshiqiao")
    days = {"valid_from": "9999-01-01", "valid_to": "9999-12-31"}
    got = ask(enter("dongshiqiao"), "POST", "/api/v1/agreements/", body | days)
    assert (got.status_code, list(got.json()["errors"])) == (422, ["valid_from"])


# One person, two posts --------------------------------------------------------------------------------------------


def test_with_a_second_post_one_is_still_one_person(world):
    """东石桥's head also speaks for 妇联: what the one has drawn up or recorded the other cannot agree to."""
    cast = world.cast
    Role.objects.create(user=cast.dongshiqiao, role="branch", organization=cast.fulian_org, since=SINCE)
    Role.objects.create(user=cast.dongshiqiao, role="town", region_id="150422404", since=SINCE)
    both = again(cast.dongshiqiao)
    made = divided(cast, "100.00", of=world.things["distribution_scheme"])
    browser = Client(raise_request_exception=False)
    browser.force_login(both)

    def say(path, **body):
        return browser.post(f"/api/v1/{path}", json.dumps(body), content_type="application/json").status_code

    assert say(f"distributions/{made.pk}/confirm/", organization=cast.fulian_org.pk) in {403, 409}
    assert Distribution.objects.get(pk=made.pk).state == "draft"
    late = together.convene(
        cast.alliance, kind="regular", title="早先的会", host=cast.dongshiqiao_org, planned_on=FOUNDED, by=both, at=NOW
    )
    together.hold_meeting(late, held_on=FOUNDED, organizations=[cast.dongshiqiao_org], by=both, at=NOW)
    assert say(f"meetings/{late.pk}/confirm/") == 403
    applied = together.found(
        name="二岗联合体", region=cast.alliance.region, form="joint_committee", formation="non_established",
        lead=cast.dongshiqiao_org, supervising=cast.town_org, purpose="一家办不成", by=both, at=NOW,
    )  # fmt: skip
    together.submit(applied, by=both, at=NOW)
    assert say(f"alliances/{applied.pk}/approve/") == 403


# Where one is no longer -------------------------------------------------------------------------------------------


def test_who_has_moved_to_another_post_does_nothing_more_about_an_import(world, tmp_path, settings):
    settings.DATA_DIR, cast = tmp_path, world.cast
    rows = [["H-9", "林东学校党支部", "党支部", "事业单位", "旗县级", "150422"]]
    body = "".join(csv_lines(["组织代码", "全称", "组织类别", "领域", "层级", "区划代码"], rows)).encode()
    importer = OrganizationImporter()
    run = runs.advance(runs.receive(importer, "表.csv", iter([body]), by=cast.balinzuo, at=NOW), importer, at=NOW)
    assert ImportRun.objects.confirmable_by(again(cast.balinzuo)).filter(pk=run.pk).exists()
    cast.balinzuo.roles.update(region="411302")
    moved = again(cast.balinzuo)
    assert ImportRun.objects.visible_to(moved).filter(pk=run.pk).exists()
    assert not ImportRun.objects.own_of(moved).exists()
    for verb in ("confirm", "undo", "resume", "marked"):
        browser = Client(raise_request_exception=False)
        browser.force_login(moved)
        assert browser.post(f"/imports/{run.pk}/{verb}/").status_code in {403, 404, 405}


def test_with_the_alliance_end_its_places_bookings_people_and_open_questions(ended):
    of = {"alliance": ended.cast.alliance}
    assert not Venue.objects.present().filter(**of).exists()
    assert ended.things["booking"].pk in Booking.objects.filter(state="refused").values_list("pk", flat=True)
    for model in (Staff, Partner, DistributionScheme):
        assert not model.objects.present().filter(**of).exists()
    assert not Distribution.objects.filter(state__in=("draft", "confirmed", "reversing"), **of).exists()
    assert not Decision.objects.filter(state="voting", **of).exists()


def test_who_leaves_gives_back_what_is_booked(left):
    booking = Booking.objects.get(pk=left.things["booking"].pk)
    assert booking.state == "released"
    assert booking.venue.until is None


# Affiliation ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(name for name, method in ROUTES if method == "POST"))
def test_no_verb_of_rest_changes_an_affiliation(name, world, enter):
    row = ROUTES[name, "POST"]
    everybody = Organization.objects.order_by("pk").values_list("pk", "parent_id", "region_id")
    for who in sorted(row.can - {"member"})[:1]:
        with transaction.atomic():
            before = list(everybody)
            body = json.dumps(row.body(world, who) | {"parent": world.cast.nanyang_org.pk})
            url = address(name, world.things[row.thing] if row.thing else 1)
            enter(who).post(url, body, content_type="application/json")
            assert list(everybody) == before
            transaction.set_rollback(True)
