"""红山区社会组织金点子, as reported: needs are raised, projects fixed, a provider chosen, supervision throughout."""

from decimal import Decimal

from alliances.models import Alliance
from assessments.published import compared, published
from assessments.statistics import METRICS
from listings.models import IdeaCall, Item, Project
from listings.projects.account import account_of
from listings.projects.figures import figures_of
from members.models import Organization, User
from tests.cases.stories.test_cases import account, case

LEAGUE = "CF-SH-01"


def project(idea):
    return Project.objects.select_related("item", "idea", "alliance", "provider").get(item__title=idea)


def shown(client, path, name="chifeng"):
    client.force_login(User.objects.get(username=name))
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


class TestHongshan:
    def test_needs_are_raised_and_every_one_is_answered(self, cases, client):
        call = IdeaCall.objects.get(alliance=case(LEAGUE))
        assert call.state == "published"
        assert all(idea.answer for idea in call.ideas.all())
        page = shown(client, call.get_absolute_url())
        assert "独居老人每周探访" in page
        client.force_login(account("nanyang"))
        assert client.get(call.get_absolute_url()).status_code == 404

    def test_three_become_projects_on_the_alliances_project_list(self, cases):
        items = Item.objects.filter(alliance=case(LEAGUE), project__isnull=False)
        assert items.count() == 3
        assert {item.listing.kind for item in items} == {"project"}
        assert set(items.values_list("state", flat=True)) == {"studied", "in_hand", "confirmed"}

    def test_a_social_organisation_carries_it_out_and_another_one_confirms(self, cases):
        done = project("独居老人每周探访")
        assert done.provider.sector == Organization.Sector.SOCIAL
        assert done.item.claims.get().organization == done.provider != done.item.asked_by
        assert (done.state, done.item.state) == ("accepted", "confirmed")

    def test_what_it_cost_stands_in_the_fund_ledger_and_nowhere_else(self, cases, client):
        league: Alliance = case(LEAGUE)
        done = project("独居老人每周探访")
        account = account_of(done)
        assert (account.reached, account.in_time, account.visits) == (2, 2, 1)
        assert account.paid == Decimal("12000.00") <= account.budget
        spent = -sum(line.amount for line in league.funds.filter(payment__isnull=False))
        assert figures_of(IdeaCall.objects.filter(alliance=league)).paid == spent
        assert "12,000.00" in shown(client, done.get_absolute_url())

    def test_what_supervision_asked_for_keeps_a_project_from_being_accepted(self, cases):
        running = project("放学后课业陪伴")
        assert running.visits.open().count() == 1
        assert not Project.objects.acceptable_by(account("chifeng")).filter(pk=running.pk).exists()

    def test_the_reported_totals_can_be_counted_and_stand_beside_no_invention(self, cases):
        told = [one for one in published() if one.place == "150402" and one.figure]
        assert [(one.value, one.figure) for one in told] == [
            (526, "projects_fixed"), (273, "project_organizations"), (2_520_000, "project_money"),
        ]  # fmt: skip
        assert all(one.figure in METRICS for one in told)
        beside = compared(lambda place: place == "150402", "cases")
        assert {row.missing for row in beside} == {"not_in_demo"}
        assert all(row.number is not None for row in compared(lambda place: place == "150402", ""))
