"""申诉: the lead objects to one line within the term, a superior may forward, the department decides, never its own."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from assessments import scoring as scores
from assessments import transitions
from assessments.models import AllianceScore, Appeal
from members.models import Approval, Role, Step
from members.states import MoveRefused, Refused
from tests.assessments.facts import many_alliances, solved
from tests.assessments.running import (
    dismissed,
    forwarded,
    indicator,
    raised,
    running,
    scoring,
    upheld,
    withdrawn,
)
from tests.assessments.years import AFTER_TERM
from tests.cast import NOW, SINCE, again, at

pytestmark = pytest.mark.django_db

STATES = {"submitted": raised, "forwarded": forwarded, "upheld": upheld, "dismissed": dismissed, "withdrawn": withdrawn}
VERBS = {
    "forwarded": lambda case, cast: transitions.forward(case, opinion="属实", by=cast.lindong, at=NOW),
    "upheld": lambda case, cast: transitions.uphold(case, points=Decimal(80), reason="是", by=cast.chifeng, at=NOW),
    "dismissed": lambda case, cast: transitions.dismiss(case, reason="否", by=cast.chifeng, at=NOW),
    "withdrawn": lambda case, cast: transitions.withdraw(case, by=cast.dongshiqiao, at=NOW),
}


def line(scheme, cast, source="metric"):
    work = scores.workings(scheme, [cast.alliance])[cast.alliance.pk]
    return next(line for line in work["lines"] if line["source"] == source), work


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("to", VERBS)
def test_every_verb_from_every_state(cast, state, to):
    case = STATES[state](cast, scoring(cast))
    if to in Appeal.MOVES.get(state, ()):
        assert VERBS[to](case, cast).state == to
    else:
        with pytest.raises(MoveRefused):
            VERBS[to](case, cast)
        assert Appeal.objects.get().state == state


def test_an_upheld_appeal_corrects_one_line_and_the_working_says_so(cast):
    scheme = running(cast)
    solved(cast.alliance, 1, day=date(2019, 5, 6))
    transitions.rate(
        scheme, cast.alliance, cast.town_org, direction="superior", score=Decimal(60), by=cast.lindong, at=NOW
    )
    case = upheld(cast, scoring(cast, scheme), "90")
    corrected, work = line(case.scheme, cast)
    assert (case.before, corrected["points"]) == (Decimal(100), "90.00")
    assert corrected["corrected"] == {"from": "100.00", "reason": "台账有误"}
    assert work["total"] == "80.00"  # (90 x 40 + 60 x 20) / 60: the silent groups' weights are spread
    assert "corrected" not in line(case.scheme, cast, "superior")[0]


def test_a_gap_that_is_corrected_by_hand_counts(cast):
    scheme = scoring(cast)
    assert line(scheme, cast)[1]["total"] is None
    upheld(cast, scheme, "70")
    assert line(scheme, cast)[1]["total"] == "70.00"


@pytest.mark.parametrize("case", [dismissed, withdrawn, forwarded])
def test_what_is_not_upheld_changes_nothing(cast, case):
    scheme = scoring(cast)
    before = transitions.digest_now(scheme)
    case(cast, scheme)
    assert transitions.digest_now(scheme) == before


@pytest.mark.parametrize("who", ["fulian", "lindong", "chifeng", "nanyang"])
def test_only_the_lead_appeals(cast, who):
    scheme = scoring(cast)
    with pytest.raises(PermissionDenied):
        transitions.appeal(
            scheme, cast.alliance, indicator(scheme), reason="漏", by=getattr(cast, who), at=NOW
        )


def test_an_appeal_comes_within_the_term_of_working_days(cast):
    scheme = scoring(cast)  # closed on Monday 3 June; Friday the 7th was a holiday
    assert scheme.appeals_until == date(2019, 6, 11)
    words = {"reason": "漏", "by": cast.dongshiqiao}
    with pytest.raises(Refused) as refusal:
        transitions.appeal(scheme, cast.alliance, indicator(scheme), at=at(date(2019, 6, 12)), **words)
    assert refusal.value.code == "term_over"
    transitions.appeal(scheme, cast.alliance, indicator(scheme), at=at(date(2019, 6, 11), 23), **words)


def test_one_appeal_an_indicator_also_when_sent_twice(cast):
    scheme = scoring(cast)
    dismissed(cast, scheme)
    with pytest.raises(Refused) as refusal:
        raised(cast, scheme)
    assert refusal.value.code == "already_appealed"
    raised(cast, scheme, "members")


def test_what_was_withdrawn_may_be_raised_again(cast):
    scheme = scoring(cast)
    withdrawn(cast, scheme)
    assert raised(cast, scheme).state == "submitted"


def test_neither_before_the_scoring_nor_for_an_indicator_of_another_scheme(cast):
    scheme = running(cast)
    with pytest.raises(Refused) as refusal:
        raised(cast, scheme)
    assert refusal.value.code == "not_scoring"
    with pytest.raises(ValidationError):
        transitions.appeal(
            scoring(cast, scheme), cast.alliance, type(indicator(scheme))(pk=987654321), reason="漏",
            by=cast.dongshiqiao, at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("who", ["balinzuo", "lindong", "nanyang", "dongshiqiao", "fulian"])
def test_only_the_department_whose_scheme_it_is_decides(cast, who):
    case = raised(cast, scoring(cast))
    with pytest.raises(PermissionDenied):
        transitions.dismiss(case, reason="否", by=getattr(cast, who), at=NOW)
    assert not Appeal.objects.decidable_by(getattr(cast, who)).exists()


def test_nobody_of_a_member_of_the_alliance_decides_its_appeal(cast):
    case = raised(cast, scoring(cast))
    Role.objects.create(user=cast.chifeng, role="branch", organization=cast.fulian_org, since=SINCE)
    member = again(cast.chifeng)
    assert not Appeal.objects.decidable_by(member).exists()
    with pytest.raises(PermissionDenied):
        transitions.uphold(case, points=Decimal(100), reason="自家人", by=member, at=NOW)
    assert Appeal.objects.decidable_by(cast.chifeng2).exists()


def test_the_database_knows_no_decision_without_judge_or_points(cast):
    case = raised(cast, scoring(cast))
    for fields in ({"state": "upheld", "decided_by": cast.chifeng}, {"state": "dismissed"}, {"points": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Appeal.objects.filter(pk=case.pk).update(**fields)


def test_nothing_is_published_while_an_appeal_is_open_or_its_term_runs(cast):
    scheme = scoring(cast)
    for moment, code in ((NOW, "appeal_term"), (AFTER_TERM, "appeals_open")):
        case = Appeal.objects.first() or raised(cast, scheme)
        for deed in (transitions.propose_publication, transitions.publish):
            with pytest.raises(Refused) as refusal:
                deed(scheme, by=cast.chifeng2, at=moment, reason="可")
            assert refusal.value.code == code
    transitions.dismiss(case, reason="否", by=cast.chifeng, at=NOW)
    assert transitions.publish(scheme, by=cast.chifeng2, at=AFTER_TERM, document_number="赤组通〔2019〕3号")
    assert AllianceScore.objects.get().working["lines"]
    assert type(scheme).objects.get().document_number == "赤组通〔2019〕3号"


def test_who_decided_an_appeal_cannot_approve_the_publication(cast):
    scheme = scoring(cast)
    dismissed(cast, scheme)
    with pytest.raises(PermissionDenied):
        transitions.publish(scheme, by=cast.chifeng, at=AFTER_TERM)
    assert transitions.publish(scheme, by=cast.chifeng2, at=AFTER_TERM).state == "published"


def test_an_appeal_upheld_after_the_proposal_stops_the_publication(cast):
    scheme = scoring(cast)
    case = raised(cast, scheme)
    Appeal.objects.update(state="withdrawn")
    asked = transitions.propose_publication(scheme, by=cast.chifeng, at=AFTER_TERM, reason="可")
    Appeal.objects.update(state="submitted")
    case.refresh_from_db()
    transitions.uphold(case, points=Decimal(80), reason="是", by=cast.chifeng, at=AFTER_TERM)
    with pytest.raises(Refused) as refusal:
        transitions.publish(scheme, by=cast.chifeng2, at=AFTER_TERM, **asked.arguments)
    assert refusal.value.code == "figures_changed"
    assert not AllianceScore.objects.exists()


def test_a_lead_sees_its_own_preliminary_result_and_nobody_elses(cast, client):
    scheme = scoring(cast)
    other = many_alliances(cast, 1)[0]
    own, others = (reverse("assessments:result", args=[scheme.pk, one.pk]) for one in (cast.alliance, other))
    seen = {name: [] for name in ("dongshiqiao", "fulian", "lindong", "balinzuo", "nanyang", "chifeng")}
    for name, statuses in seen.items():
        client.force_login(getattr(cast, name))
        statuses.extend(client.get(page).status_code for page in (own, others))
    nothing = [404, 404]
    assert seen.pop("chifeng") == [200, 200]
    assert seen.pop("dongshiqiao") == [200, 404]
    assert all(statuses == nothing for statuses in seen.values()), seen
    raised(cast, scheme)
    client.force_login(cast.lindong)
    assert [client.get(page).status_code for page in (own, others)] == [200, 404]


def test_pages_and_rest_take_the_same_steps(cast, client):
    def steps():
        return list(Step.objects.of(Appeal.objects.get()).values_list("verb", "from_state", "to_state", "by", "reason"))

    scheme = scoring(cast)
    type(scheme).objects.update(appeals_until=date(2099, 1, 1))
    words = {"indicator": indicator(scheme).pk, "reason": "漏计一件"}
    client.force_login(cast.dongshiqiao)
    made = client.post(reverse("assessments:appeal", args=[scheme.pk, cast.alliance.pk]), words)
    assert made.url == Appeal.objects.get().get_absolute_url()
    client.force_login(cast.lindong)
    client.post(reverse("appeals:forward", args=[Appeal.objects.get().pk]), {"opinion": "属实"})
    client.force_login(cast.chifeng)
    decision = {"points": "80", "reason": "是" * 500}
    assert client.post(reverse("appeals:uphold", args=[Appeal.objects.get().pk]), decision).status_code == 302
    by_pages = steps()
    Appeal.objects.all().delete()
    client.force_login(cast.dongshiqiao)
    body = {"alliance": cast.alliance.pk, **words}
    made = client.post(f"/api/v1/assessments/{scheme.pk}/appeals/", body, "application/json").json()
    client.force_login(cast.lindong)
    client.post(f"/api/v1/appeals/{made['id']}/forward/", {"opinion": "属实"}, "application/json")
    client.force_login(cast.chifeng)
    too_long = client.post(f"/api/v1/appeals/{made['id']}/dismiss/", {"reason": "长" * 10_000}, "application/json")
    assert too_long.status_code == 422
    client.post(f"/api/v1/appeals/{made['id']}/uphold/", decision, "application/json")
    assert steps() == by_pages


def test_publishing_on_the_page_gives_the_notice_its_number(cast, client):
    scheme = scoring(cast)
    client.force_login(cast.chifeng)
    said = {"reason": "核对无误", "document_number": "赤组通〔2019〕3号"}
    client.post(reverse("assessments:publish", args=[scheme.pk]), said)
    client.force_login(cast.chifeng2)
    client.post(reverse("approvals:approve", args=[Approval.objects.get().pk]))
    told = client.get(reverse("assessments:notice", args=[scheme.pk])).text
    assert "赤组通〔2019〕3号" in told
    assert "中共赤峰市委员会组织部" in told
    client.force_login(cast.nanyang)
    assert client.get(reverse("assessments:notice", args=[scheme.pk])).status_code == 404
