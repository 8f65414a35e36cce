"""Where a year stands, its one reminder, and its results on paper and as a file."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliances.models import Alliance
from assessments import progress, transitions
from assessments.models import AllianceScore
from assessments.notices import WRITERS
from members.models import Notice
from members.notices import tell
from members.states import Refused
from tests.assessments.facts import many_alliances
from tests.assessments.running import raised, running, scoring, submitted, upheld, voted
from tests.assessments.years import AFTER_TERM, rate_as_members
from tests.cast import NOW, again, alliance

pytestmark = pytest.mark.django_db


def page(browser, name, *args, **query):
    return browser.get(reverse(name, args=args), query)


def lead_rates(cast, scheme, score="90"):
    transitions.rate(
        scheme, cast.alliance, cast.fulian_org, direction="alliance", score=Decimal(score), by=cast.dongshiqiao, at=NOW
    )


def test_where_a_year_stands_is_told_in_numbers(cast):
    scheme = running(cast)
    beside = many_alliances(cast, 1)[0]
    submitted(cast, scheme)
    rate_as_members(cast, scheme, [70, 80, 90])
    lead_rates(cast, scheme)
    voted(cast, scheme, 5, 4)
    alliances = progress.alliances_of(scheme, cast.chifeng)
    own, other = progress.standings(scheme, [cast.alliance, beside])
    assert (own.members, own.members_due, own.rated, own.superior, own.opinions, own.slips) == (3, 4, 1, False, 2, 2)
    assert own.silent == ["masses", "superior"]
    assert (other.report, other.silent) == (None, ["superior"])  # it has no member to be silent
    told = progress.totals(scheme, alliances)
    assert (told.alliances, told.reported, told.unreported, told.late) == (2, 1, 1, 0)
    assert (told.members, told.members_due, told.rated, told.superior) == (3, 4, 1, 0)
    assert (told.opinions, told.slips, told.silent_masses, told.silent_members) == (2, 2, 1, 0)


def test_everybody_sees_how_far_their_own_place_is(cast, client):
    scheme = running(cast)
    alliance("临潢路联盟", cast.lushan_org, cast.banner_org)
    seen = {}
    for who in ("chifeng", "lindong", "dongshiqiao", "nanyang"):
        client.force_login(getattr(cast, who))
        seen[who] = page(client, "assessments:progress", scheme.pk)
    assert [answer.status_code for answer in seen.values()] == [200, 200, 404, 404]
    assert "临潢路联盟" in seen["chifeng"].text
    assert "临潢路联盟" not in seen["lindong"].text
    client.force_login(cast.lindong)
    submitted(cast, scheme)
    assert cast.alliance.name not in page(client, "assessments:progress", scheme.pk, only="unreported").text
    assert cast.alliance.name in page(client, "assessments:progress", scheme.pk, only="unheard").text


def test_a_reminder_is_one_message_for_each_who_has_something_left_and_once_a_day(cast):
    scheme = running(cast)
    many_alliances(cast, 3)  # led by a community without an account, and all under 林东
    lead_rates(cast, scheme)
    tell(WRITERS, NOW)
    Notice.objects.all().delete()
    later = NOW + timedelta(days=1)
    transitions.remind(scheme, by=cast.chifeng, at=later)
    with pytest.raises(Refused) as refusal:
        transitions.remind(scheme, by=cast.chifeng2, at=later + timedelta(hours=3))
    assert refusal.value.code == "already_reminded"
    transitions.remind(scheme, by=cast.chifeng2, at=later + timedelta(days=1))
    Notice.objects.all().delete()
    tell(WRITERS, later)
    told = {notice.user.username: notice.text for notice in Notice.objects.filter(step__by=cast.chifeng)}
    assert "自评 1 份没有完成" in told["dongshiqiao"]
    assert "评价 1 项没有完成" in told["fulian"]
    assert "评价 4 项没有完成" in told["lindong"]
    assert set(told) == {"dongshiqiao", "fulian", "lindong"}


def test_a_lead_hears_of_its_preliminary_results_once(cast):
    scheme = running(cast)
    alliance("东石桥邻里联盟", cast.dongshiqiao_org, cast.town_org)
    scoring(cast, scheme)
    tell(WRITERS, NOW)
    assert Notice.objects.filter(user=cast.dongshiqiao, step__verb="close").count() == 1
    case = raised(cast, scheme)
    transitions.dismiss(case, reason="否", by=cast.chifeng, at=NOW)
    tell(WRITERS, NOW)
    heard = Notice.objects.filter(step__verb="appeal").values_list("user__username", flat=True)
    assert set(heard) == {"chifeng", "chifeng2", "lindong"}
    assert "申诉不成立" in Notice.objects.get(user=cast.dongshiqiao, step__verb="dismissed").text


@pytest.fixture
def out(cast):
    """Published, with a correction, a name that begins like a formula, and an alliance beside."""
    Alliance.objects.filter(pk=cast.alliance.pk).update(name="=1+1五金小区")
    scheme = running(cast)
    alliance("另一家联盟", cast.lushan_org, cast.banner_org)
    lead_rates(cast, scheme)
    upheld(cast, scoring(cast, scheme), "91")
    return transitions.publish(scheme, by=cast.chifeng2, at=AFTER_TERM, document_number="赤组通〔2019〕3号")


def sheets(browser, scheme):
    answer = page(browser, "assessments:export", scheme.pk)
    book = openpyxl.load_workbook(BytesIO(answer.content))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


def test_the_workbook_holds_the_rows_that_the_role_sees_with_their_working(cast, client, out):
    client.force_login(cast.chifeng)
    results, lines, members = sheets(client, out)
    assert [row[1] for row in results[1:]] == ["=1+1五金小区", "另一家联盟"]
    assert results[1][4:6] == (91, "优秀")
    corrected = next(row for row in lines if row[2] == "问题解决率" and row[1] == "=1+1五金小区")
    assert (corrected[8], corrected[12], corrected[14]) == (91, None, "台账有误")
    assert members[1][3:5] == ("巴林左旗妇联党支部", 90.4)  # 90 x 60 % + 91 x 40 %
    client.force_login(cast.dongshiqiao)
    assert [row[1] for row in sheets(client, out)[0][1:]] == ["=1+1五金小区"]
    client.force_login(cast.nanyang)
    assert page(client, "assessments:export", out.pk).status_code == 404


def test_no_cell_of_the_workbook_is_a_formula(cast, client, out):
    client.force_login(cast.chifeng)
    book = openpyxl.load_workbook(BytesIO(page(client, "assessments:export", out.pk).content))
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def test_the_notice_lists_by_grade_and_code_and_tells_no_score(cast, client, out):
    client.force_login(cast.chifeng)
    told = page(client, "assessments:notice", out.pk).text
    assert "赤组通〔2019〕3号" in told
    assert "91.00" not in told
    assert "另一家联盟" in told
    client.force_login(cast.fulian)
    told = page(client, "assessments:notice", out.pk).text
    assert "另一家联盟" not in told
    assert "本页只列您可以查看的联合体" in told


def test_one_result_goes_on_paper_with_the_correction(cast, client, out):
    client.force_login(cast.dongshiqiao)
    told = page(client, "assessments:paper", out.pk, cast.alliance.pk).text
    assert "经申诉由 — 更正：台账有误" in told
    assert AllianceScore.objects.get(alliance=cast.alliance).score == 91


def test_a_members_result_stands_in_its_own_record(cast, client, out):
    client.force_login(cast.fulian)
    for address in (
        reverse("organizations:detail", args=[cast.fulian_org.pk]),
        f"{reverse('organizations:year', args=[cast.fulian_org.pk])}?year=2019",
    ):
        assert "90.40" in client.get(address).text


@pytest.mark.parametrize("name", ["assessments:progress", "self_reports:list", "appeals:list"])
def test_pages_ask_as_often_for_many_alliances_as_for_one(cast, client, name):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            assert page(client, name, *args).status_code == 200
        return len(caught)

    scheme = running(cast)
    submitted(cast, scheme)
    voted(cast, scheme, 5)
    if name == "appeals:list":
        raised(cast, scoring(cast, scheme))
    args = [scheme.pk] if name == "assessments:progress" else []
    client.force_login(again(cast.chifeng))
    asked()
    one = asked()
    many_alliances(cast, 3)
    assert asked() <= min(one, 40)
